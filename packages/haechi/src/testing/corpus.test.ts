import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ENTITY_TYPES } from "../core/detect/entity-type.ts";
import { loadCorpus } from "./corpus.ts";
import { fillTemplates } from "./corpus-template.ts";

const cases = await loadCorpus(fileURLToPath(new URL("../../../../corpus/detection", import.meta.url)));

test("every case has a reason, and spans inside its text that do not overlap", () => {
  for (const { text, expect, why } of cases) {
    assert.ok(why.length > 0, text);
    let from = 0;
    for (const { start, end } of expect) {
      assert.ok(start >= from && end > start && end <= text.length, text);
      from = end;
    }
  }
});

test("no text stands twice under one type", () => {
  const seen = cases.map(({ entityType, text }) => `${entityType} ${text}`);
  assert.equal(new Set(seen).size, seen.length);
});

test("every type has places to find and texts without any", () => {
  for (const type of ENTITY_TYPES) {
    const ofType = cases.filter(({ entityType }) => entityType === type);
    assert.ok(
      ofType.some(({ expect }) => expect.length > 0),
      type,
    );
    assert.ok(
      ofType.some(({ expect }) => expect.length === 0),
      type,
    );
  }
});

test("fills templates, always in the same way", () => {
  assert.equal(fillTemplates("{{repeat:ab:3}}-{{join:x:y}}"), "ababab-xy");
  assert.match(fillTemplates("{{base62:40}}"), /^[A-Za-z0-9]{40}$/);
  assert.match(fillTemplates("{{hex:32}}"), /^[a-f0-9]{32}$/);
  assert.equal(fillTemplates("{{hex:32}}"), fillTemplates("{{hex:32}}"));
  assert.equal(fillTemplates("{{other:1}} {x}"), "{{other:1}} {x}");
});
