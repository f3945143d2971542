import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { tokenize } from "../../core/document/tokenize.ts";
import { type RpcMessage, readRpcMessage } from "./json-rpc.ts";
import { elementRanges, withElements } from "./json-rpc-batch.ts";
import { createRpcSkimmer, type SkimmedMessage } from "./json-rpc-skim.ts";

const utf8 = new TextEncoder();
const text = new TextDecoder();

function read(json: string, requiresVersion = true): RpcMessage {
  return readRpcMessage(tokenize(utf8.encode(json), { depthMax: 64 }), { requiresVersion });
}

const invalid = (reason: string, id: string | null = null, isAnswer = false) => ({
  kind: "invalid",
  reason,
  id,
  isAnswer,
});

const messages: readonly [json: string, expected: object][] = [
  ['{"jsonrpc":"2.0","id":1,"method":"ping"}', { kind: "request", id: "1", method: "ping" }],
  ['{"method":"ping","id":"a\\u0062","jsonrpc":"2.0"}', { kind: "request", id: '"ab"', method: "ping" }],
  [
    '{"jsonrpc":"2.0","id":-7,"method":"ping","params":{"id":9,"method":"x"}}',
    { kind: "request", id: "-7", method: "ping" },
  ],
  ['{"jsonrpc":"2.0","method":"notifications/progress"}', { kind: "notification", method: "notifications/progress" }],
  ['{"jsonrpc":"2.0","id":1,"result":{}}', { kind: "response", id: "1", outcome: "result" }],
  ['{"jsonrpc":"2.0","id":1,"result":null}', { kind: "response", id: "1", outcome: "result" }],
  ['{"jsonrpc":"2.0","id":1,"error":{}}', { kind: "response", id: "1", outcome: "error" }],
  ['{"jsonrpc":"2.0","id":null,"error":{}}', { kind: "response", id: null, outcome: "error" }],
  ['{"jsonrpc":"2.0","error":{}}', { kind: "response", id: null, outcome: "error" }],
  ["7", invalid("not_an_object")],
  ['"{}"', invalid("not_an_object")],
  ["{}", invalid("invalid_version")],
  ['{"jsonrpc":"1.0","id":1,"method":"ping"}', invalid("invalid_version", "1")],
  ['{"jsonrpc":2.0,"id":1,"method":"ping"}', invalid("invalid_version", "1")],
  ['{"jsonrpc":["2.0"],"id":1,"method":"ping"}', invalid("invalid_version", "1")],
  ['{"jsonrpc":"2.0","id":1}', invalid("no_kind", "1")],
  ['{"jsonrpc":"2.0","id":1,"method":"ping","result":{}}', invalid("no_kind", "1")],
  ['{"jsonrpc":"2.0","id":1,"result":{},"error":{}}', invalid("no_kind", "1", true)],
  ['{"jsonrpc":"2.0","id":1,"method":["ping"]}', invalid("invalid_method", "1")],
  ['{"jsonrpc":"2.0","id":null,"method":"ping"}', invalid("invalid_id")],
  ['{"jsonrpc":"2.0","id":1.5,"method":"ping"}', invalid("invalid_id")],
  ['{"jsonrpc":"2.0","id":{"a":1},"method":"ping"}', invalid("invalid_id")],
  ['{"jsonrpc":"2.0","id":true,"result":{}}', invalid("invalid_id", null, true)],
  ['{"jsonrpc":"2.0","result":{}}', invalid("invalid_id", null, true)],
  [`{"jsonrpc":"2.0","id":"${"a".repeat(257)}","method":"ping"}`, invalid("invalid_id")],
  // What one parser takes and another does not.
  ['{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call"}', invalid("ambiguous_member", "1")],
  ['{"jsonrpc":"2.0","id":1,"method":"ping","Method":"tools/call"}', invalid("ambiguous_member", "1")],
  ['{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}', invalid("ambiguous_member")],
  ['{"jsonrpc":"2.0","id":1,"ID":2,"result":{}}', invalid("ambiguous_member", null, true)],
  ['{"jsonrpc":"2.0","id":1,"RESULT":{}}', invalid("ambiguous_member", "1", true)],
  ['{"jsonrpc":"2.0","id":1,"p\\u0061rams":{},"params":{},"method":"ping"}', invalid("ambiguous_member", "1")],
];

for (const [json, expected] of messages) {
  test(`what ${json.slice(0, 70)} is`, () => assert.deepEqual(read(json), expected));
}

test("the version is asked for only where it is required", () => {
  assert.deepEqual(read('{"id":1,"method":"ping"}', false), { kind: "request", id: "1", method: "ping" });
});

const spaces = fc.constantFrom("", " ", "\n", " \t ");

test("the elements of an array are found as they are written", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.json(), spaces, spaces)), (written) => {
      const array = `[${written.map(([json, before, after]) => `${before}${json.trim()}${after}`).join(",")} ]`;
      const bytes = utf8.encode(array);
      const found = elementRanges(bytes).map(({ start, end }) => text.decode(bytes.subarray(start, end)));
      assert.deepEqual(
        found,
        written.map(([json]) => json.trim()),
      );
    }),
  );
});

test("an array without some of its elements, and with others in their place, is one", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.json(), fc.constantFrom("kept", "left", "other")), { minLength: 1 }),
      (elements) => {
        const bytes = utf8.encode(` [ ${elements.map(([json]) => json).join(" , ")} ]`);
        const ranges = elementRanges(bytes);
        const next = ranges.map(({ start, end }, index) => {
          const fate = elements[index]![1];
          return fate === "left" ? null : fate === "other" ? utf8.encode('"other"') : bytes.subarray(start, end);
        });
        const expected = elements.flatMap(([json, fate]) => {
          if (fate === "left") return [];
          return [fate === "other" ? "other" : JSON.parse(json)];
        });
        const made = withElements(bytes, ranges, next);
        if (expected.length === 0) assert.equal(made, null);
        else assert.deepEqual(JSON.parse(text.decode(made!)), expected);
      },
    ),
  );
});

function skim(json: string, pieceLength = json.length): SkimmedMessage {
  const skimmer = createRpcSkimmer();
  const bytes = utf8.encode(json);
  for (let at = 0; at < bytes.length; at += Math.max(1, pieceLength)) {
    skimmer.push(bytes.subarray(at, at + Math.max(1, pieceLength)));
  }
  return skimmer.end();
}

test("a message that is not kept is known by its id and by what it is, in whatever pieces it comes", () => {
  const id = fc.oneof(fc.integer(), fc.stringMatching(/^[ -~]{0,20}$/));
  const kind = fc.constantFrom("method", "result", "error");
  fc.assert(
    fc.property(
      id,
      kind,
      fc.json(),
      fc.boolean(),
      fc.integer({ min: 1, max: 9 }),
      (idValue, member, json, idLast, length) => {
        const rest = `"${member}":${json}`;
        const own = `"id": ${JSON.stringify(idValue)}`;
        const written = `{"jsonrpc":"2.0",${idLast ? `${rest} , ${own}` : `${own},${rest}`}}`;
        const expected = { id: JSON.stringify(idValue), isAnswer: member !== "method" };
        assert.deepEqual(skim(written, length), expected);
      },
    ),
  );
});

test("an id inside of a message is not its id, and two are none", () => {
  assert.equal(skim('{"result":{"id":5},"x":["id",7]}').id, null);
  assert.equal(skim('{"id":1,"result":{},"id":2}').id, null);
  assert.equal(skim('{"id":1.5,"result":{}}').id, null);
  assert.equal(skim('{"id":"ü","result":{}}').id, null);
});

test("what is no object, or breaks off, tells as much as it says", () => {
  assert.deepEqual(skim("Listening on stdio\n"), { id: null, isAnswer: false });
  assert.deepEqual(skim('[{"id":1,"result":{}}]'), { id: null, isAnswer: false });
  assert.deepEqual(skim('{"id":3,"result":{"a":"b'), { id: "3", isAnswer: true });
  assert.deepEqual(skim('{"result":{},"id":4'), { id: "4", isAnswer: true });
});
