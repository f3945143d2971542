import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { JsonDocument } from "../document/json-document.ts";
import { privatePath } from "../document/private-path.ts";
import { tokenize } from "../document/tokenize.ts";
import { ENTITY_TYPES, type EntityType, HARD_BLOCK_TYPES } from "./entity-type.ts";
import type { Finding } from "./finding.ts";
import { type AllowlistEntry, applyPrecision, applyTextPrecision, compileAllowlist } from "./precision.ts";

const document = tokenize(new TextEncoder().encode('{"to":"a\\u0040b.example","cc":["c@d.example"]}'), { depthMax: 8 });
const [to, cc] = [1, 3];

function whole(document: JsonDocument, leaf: number, entityType: EntityType, confidence = 0.7): Finding {
  const start = document.leaves.start[leaf]!;
  return { leaf, entityType, ruleId: "rule", confidence, start, end: document.leaves.end[leaf]! };
}

function sifted(allowlist: readonly AllowlistEntry[], minConfidence: number, ...findings: Finding[]) {
  const result = applyPrecision(findings, document, { minConfidence, allowlist: compileAllowlist(allowlist) });
  return { ...result, kept: result.kept.map(({ leaf }) => leaf) };
}

const emails = [whole(document, to, "email"), whole(document, cc, "email")];

test("without dials everything stays", () => {
  assert.deepEqual(sifted([], 0, ...emails), { kept: [to, cc], suppressedByType: {}, droppedByType: {} });
});

test("a value is excepted by the text it spells, others still hit", () => {
  for (const entry of ["a@b.example", { value: "a@b.example" }]) {
    assert.deepEqual(sifted([entry], 0, ...emails), {
      kept: [cc],
      suppressedByType: { email: 1 },
      droppedByType: {},
    });
  }
});

test("a value that is only part of the finding excepts nothing", () => {
  assert.deepEqual(sifted(["b.example", "a\\u0040b.example", ""], 0, ...emails).kept, [to, cc]);
});

test("a path is excepted in its private form", () => {
  assert.deepEqual(sifted([{ path: privatePath(document, cc) }], 0, ...emails).kept, [to]);
  assert.deepEqual(sifted([{ path: "cc.[0]" }], 0, ...emails).kept, [to, cc]);
});

test("with value and path, both must match", () => {
  const path = privatePath(document, to);
  assert.deepEqual(sifted([{ value: "a@b.example", path }], 0, ...emails).kept, [cc]);
  assert.deepEqual(sifted([{ value: "c@d.example", path }], 0, ...emails).kept, [to, cc]);
});

test("an entry with neither value nor path excepts nothing", () => {
  assert.deepEqual(sifted([{}], 0, ...emails).kept, [to, cc]);
});

test("a finding strictly below the minimum confidence is dropped", () => {
  const phones = [whole(document, to, "phone", 0.79), whole(document, cc, "phone", 0.8)];
  assert.deepEqual(sifted([], 0.8, ...phones), { kept: [cc], suppressedByType: {}, droppedByType: { phone: 1 } });
});

test("the allow-list comes before the minimum confidence", () => {
  assert.deepEqual(sifted(["a@b.example"], 1, ...emails), {
    kept: [],
    suppressedByType: { email: 1 },
    droppedByType: { email: 1 },
  });
});

test("the allow-list takes an e-mail address away, not the key inside it", () => {
  const both = [whole(document, to, "email"), whole(document, to, "api_key")];
  assert.deepEqual(sifted(["a@b.example"], 0, ...both), {
    kept: [to],
    suppressedByType: { email: 1 },
    droppedByType: {},
  });
});

test("no dial removes a type that must not be removed, and every dial removes the others", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ENTITY_TYPES, "custom", "__proto__"),
      fc.constantFrom<[AllowlistEntry[], number]>(
        [["a@b.example"], 0],
        [[{ path: privatePath(document, to) }], 0],
        [[], 1],
      ),
      (type, [allowlist, minConfidence]) => {
        const result = sifted(allowlist, minConfidence, whole(document, to, type, 0.99));
        assert.equal(result.kept.length, HARD_BLOCK_TYPES.has(type) ? 1 : 0);
        const counted = [...Object.entries(result.suppressedByType), ...Object.entries(result.droppedByType)];
        assert.deepEqual(counted, HARD_BLOCK_TYPES.has(type) ? [] : [[type, 1]]);
      },
    ),
  );
});

test("findings in a growing text are sifted by the same rules", () => {
  const text = "😀 to a@b.example";
  const found = [
    { entityType: "email", confidence: 0.7, start: 6, end: 17 },
    { entityType: "secret", confidence: 0.1, start: 6, end: 17 },
    { entityType: "phone", confidence: 0.1, start: 0, end: 2 },
  ];
  const allowlist = compileAllowlist([{ value: "a@b.example", path: "key_00" }]);
  assert.deepEqual(applyTextPrecision(found, text, "key_00", { minConfidence: 0.5, allowlist }), {
    kept: [found[1]],
    suppressedByType: { email: 1 },
    droppedByType: { phone: 1 },
  });
  assert.equal(applyTextPrecision(found, text, "key_01", { minConfidence: 0, allowlist }).kept.length, 3);
});
