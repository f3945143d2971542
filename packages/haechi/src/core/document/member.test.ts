import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type MemberValue, memberValues } from "./member.ts";
import { type JsonNode, spelledJson } from "./spelled-json.oracle.ts";
import { textDocument } from "./text-document.ts";
import { tokenize } from "./tokenize.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => tokenize(encode(text), { depthMax: 16 });
const texts = (json: string, name: string) =>
  memberValues(read(json), name).map((value) => "text" in value && value.text);

describe("memberValues", () => {
  it("reads every kind of value, whatever stands around the colon", () => {
    const document = read('{"a" :\r\n\t"x\\n","a":-1.50,"a": true,"a":false ,"a":null,"a":[1],"a":{"a":2}}');
    assert.deepEqual(memberValues(document, "a"), [
      { kind: "string", text: "x\n" },
      { kind: "number", text: "-1.50" },
      { kind: "boolean", value: true },
      { kind: "boolean", value: false },
      { kind: "null" },
      { kind: "container" },
      { kind: "container" },
    ]);
  });

  it("gives every duplicate in order", () => {
    assert.deepEqual(texts('{"model":"a","n":1,"model":"b"}', "model"), ["a", "b"]);
  });

  it("takes a key in any case, by Unicode folding, compatibility form or escape", () => {
    const spellings = [
      "Model",
      "MODEL",
      "\\u006dodel",
      "mode\\u006C",
      "ｍｏｄｅｌ",
      "\\uff4dodel",
      "𝐦odel",
      "\\ud835\\udc26odel",
    ];
    for (const spelling of spellings) assert.deepEqual(texts(`{"${spelling}":"x"}`, "model"), ["x"], spelling);
    assert.deepEqual(texts(`{"${"\\ud835\\udc1a".repeat(5)}":"x"}`, "aaaaa"), ["x"]);
    assert.deepEqual(texts('{"MAX_tokens":1}', "max_tokens"), ["1"]);
    assert.deepEqual(texts('{"\u017ftream":"x","\\u017fTREAM":"y"}', "stream"), ["x", "y"]);
    assert.deepEqual(texts('{"to\u212aens":"x"}', "tokens"), ["x"]);
  });

  it("does not take another key", () => {
    for (const key of [
      "mode",
      "models",
      "modem",
      "",
      "mo\\u0000del",
      "m\u00f6del",
      "model ",
      "-odel",
      "\\nodel",
      "Mndel",
    ]) {
      assert.deepEqual(texts(`{"${key}":"x"}`, "model"), [], key);
    }
    assert.deepEqual(texts('{"a@b":"x","a{b":"x"}', "a[b"), []);
    assert.deepEqual(texts('{"a@b":"x","a[b":"x"}', "a`b"), []);
  });

  it("takes only keys at the top, and no values", () => {
    assert.deepEqual(texts('{"a":{"model":"x"},"b":[{"model":"x"}],"c":"model"}', "model"), []);
    assert.deepEqual(texts('[{"model":"x"}]', "model"), []);
    assert.deepEqual(texts('"model"', "model"), []);
    assert.deepEqual(memberValues(textDocument(encode('{"model":"x"}')), "model"), []);
  });

  it("reads the key that is there after a malformed one has been seen", () => {
    assert.throws(() => read('{"model":"m","\\u007":0}'), { code: "DOCUMENT_NOT_JSON" });
    assert.deepEqual(texts('{"model":"m","\\u0074ools":"x"}', "tools"), ["x"]);
  });

  it("agrees with a plain walk on any document", () => {
    fc.assert(
      fc.property(spelledJson, fc.constantFrom("a", "b", "model", ""), ({ text, node }, name) => {
        assert.deepEqual(memberValues(read(text), name), expected(node, name));
      }),
      { numRuns: 500 },
    );
  });
});

function expected(node: JsonNode, name: string): MemberValue[] {
  if (node.is !== "object") return [];
  return node.members.filter(([key]) => key.normalize("NFKC").toLowerCase() === name).map(([, value]) => seen(value));
}

function seen(node: JsonNode): MemberValue {
  switch (node.is) {
    case "string":
    case "number":
      return { kind: node.is, text: node.text };
    case "literal":
      return node.text === "null" ? { kind: "null" } : { kind: "boolean", value: node.text === "true" };
    default:
      return { kind: "container" };
  }
}
