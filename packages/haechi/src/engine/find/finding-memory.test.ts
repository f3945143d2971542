import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Finding } from "../../core/detect/finding.ts";
import { builtInDetectors } from "../../core/detect/registry.ts";
import { compileDetectors } from "../../core/detect/rules/compile.ts";
import { compilePlaceRules, withoutLeaves } from "../../core/document/field-rules.ts";
import { type JsonDocument, STRING_LEAF } from "../../core/document/json-document.ts";
import { tokenize } from "../../core/document/tokenize.ts";
import { systemRandom } from "../../providers/system/system-random.ts";
import type { FieldContent } from "./field-contents.ts";
import { readFieldContents } from "./field-contents.ts";
import { findInContents } from "./find-in-contents.ts";
import { createFindingMemory } from "./finding-memory.ts";
import { createSignedTexts } from "./signed-texts.ts";

const rules = { compiled: compileDetectors(builtInDetectors), decodeAndRescan: false };
const CONTEXT = { direction: "request", scanNumbers: true, scope: "ana" } as const;
const fields = compilePlaceRules<FieldContent>([
  { path: ["messages", "*", "arguments"], holds: "json" },
  { path: ["**", "type"], holds: "identifier" },
]);
const signedTexts = createSignedTexts(systemRandom);

function read(value: unknown): JsonDocument {
  return tokenize(new TextEncoder().encode(JSON.stringify(value)), { depthMax: 64 });
}

function asText(readable: JsonDocument) {
  return { readable, nested: new Map(), encodedTexts: [] };
}

async function find(document: JsonDocument, memory = createFindingMemory(systemRandom), context = CONTEXT) {
  const contents = readFieldContents(document, fields, context, signedTexts);
  return (await findInContents(document, contents, context, { rules, memory })).toSorted(byPlace);
}

function byPlace(a: Finding, b: Finding): number {
  return a.start - b.start || b.end - a.end || a.ruleId.localeCompare(b.ruleId);
}

const text = fc.oneof(
  fc.constantFrom(
    "write to minji.park@example.com",
    "call 010-9182-7364 or 219-44-8731",
    "the card is 4111 1111 1111 1111, the password: hunter2-Ax9!",
    "minji.park@exam",
    "ple.com and more",
    "Kunde \u200b4111\u200b1111\u200b1111\u200b1111",
    "password",
    "",
  ),
  fc.string({ maxLength: 20 }),
);
const member = fc.dictionary(
  fc.constantFrom("role", "content", "type", "password", "phone", "a"),
  fc.oneof(text, fc.maxSafeInteger(), fc.array(fc.record({ type: fc.constant("text"), text }), { maxLength: 3 })),
  { maxKeys: 3 },
);
const call = fc.record({
  arguments: fc.dictionary(fc.constantFrom("to", "password"), text).map((of) => JSON.stringify(of)),
});
// Long enough that a few of them are more than one run.
const filler = fc.record({
  content: fc.nat({ max: 3 }).map((turn) => `${turn} quiet words about the garden. `.repeat(60)),
});
const message = fc.oneof(member, call, filler);
const conversation = fc.array(fc.oneof(message, text), { maxLength: 12 });

describe("what is remembered of requests", () => {
  it("is what is found without a memory, however a conversation goes on", async () => {
    const memory = createFindingMemory(systemRandom);
    await fc.assert(
      fc.asyncProperty(conversation, conversation, fc.array(message, { maxLength: 3 }), async (past, more, tools) => {
        for (const messages of [past, [...past, ...more], [...more, ...past]]) {
          const body = read({ model: "m", tools, messages });
          assert.deepEqual(await find(body, memory), await find(body));
          assert.deepEqual(await find(body, memory), await find(body));
        }
      }),
    );
  });

  it("spares the scan of all but the last run", async () => {
    const memory = createFindingMemory(systemRandom);
    const turn = (at: number) => ({ role: "user", content: `${at} and nothing else. `.repeat(100) });
    const messages = Array.from({ length: 20 }, (_, at) => turn(at));
    const first = read({ messages });
    memory.recall(first, asText(first), CONTEXT).note([]);
    const longer = read({ messages: [...messages, turn(20)] });
    const { runs } = memory.recall(longer, asText(longer), CONTEXT).known;
    assert.equal(runs[0]!.start, first.leaves.start[1]);
    assert.ok(runs.at(-1)!.end > first.bytes.length * 0.7);
  });

  it("is nothing of what another caller has sent, of answers, or under other options", () => {
    const memory = createFindingMemory(systemRandom);
    const body = read({ messages: [{ content: "the same" }] });
    memory.recall(body, asText(body), CONTEXT).note([]);
    const known = (context: object) => memory.recall(body, asText(body), { ...CONTEXT, ...context }).known.runs.length;
    assert.deepEqual(
      [{}, { scope: "ben" }, { scanNumbers: false }, { direction: "response" }].map(known),
      [1, 0, 0, 0],
    );
  });

  it("is nothing of a body of which other leaves are read", () => {
    const memory = createFindingMemory(systemRandom);
    const body = read({ messages: [{ content: "the same", name: "ana" }] });
    memory.recall(body, asText(body), CONTEXT).note([]);
    const strings = [...body.leaves.kind.keys()].filter((leaf) => body.leaves.kind[leaf] === STRING_LEAF);
    for (const leaf of strings) {
      assert.equal(memory.recall(body, asText(withoutLeaves(body, [leaf])), CONTEXT).known.runs.length, 0);
    }
  });

  it("tells bodies apart that differ in a document in their last string", async () => {
    const memory = createFindingMemory(systemRandom);
    const calls = ["{}", '{"to":"minji.park@example.com"}'].map((of) => read({ messages: [{ arguments: of }] }));
    const found = [];
    for (const body of calls) found.push((await find(body, memory)).length);
    assert.deepEqual(found, [0, 1]);
  });

  it("is nothing of a string that is read otherwise in another place", async () => {
    const memory = createFindingMemory(systemRandom);
    const body = read({ messages: [{ arguments: '{"to":"minji.park@example.com"}' }] });
    const contents = readFieldContents(body, fields, CONTEXT, signedTexts);
    memory.recall(body, { ...contents, nested: new Map() }, CONTEXT).note([]);
    assert.equal(memory.recall(body, contents, CONTEXT).known.runs.length, 0);
  });

  it("holds pieces of values that go on in the next leaf", async () => {
    const memory = createFindingMemory(systemRandom);
    const split = [
      { role: "user", content: "my address is minji.park@exam" },
      { role: "user", content: "ple.com, write" },
    ];
    const found = await find(read({ messages: split }), memory);
    assert.equal(found.length, 2);
    assert.deepEqual(await find(read({ messages: split }), memory), found);
    assert.ok(found.every(({ acrossLeaves }) => acrossLeaves === true));
  });

  it("forgets the runs that were not met for longest", () => {
    const memory = createFindingMemory(systemRandom);
    const body = (at: number) => read({ messages: [{ content: `number ${at}` }] });
    const recall = (of: JsonDocument) => memory.recall(of, asText(of), CONTEXT);
    const isKnown = (at: number) => recall(body(at)).known.runs.length === 1;
    for (let at = 0; at < 8192; at++) recall(body(at)).note([]);
    assert.equal(isKnown(0), true);
    recall(body(8192)).note([]);
    assert.deepEqual([0, 1, 1000, 8191, 8192].map(isKnown), [true, false, true, true, true]);
  });
});
