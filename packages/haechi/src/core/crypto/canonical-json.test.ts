import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { HaechiError } from "../errors.ts";
import { CANONICAL_DEPTH_MAX, canonicalJson } from "./canonical-json.ts";

describe("canonicalJson", () => {
  it("says the same value as JSON.stringify", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("is the same for every order of the members", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(fc.string(), fc.jsonValue()), { selector: ([key]) => key }), (members) => {
        const forwards = Object.fromEntries(members);
        const backwards = Object.fromEntries([...members].reverse());
        assert.equal(canonicalJson(forwards), canonicalJson(backwards));
      }),
    );
  });

  it("is its own canonical form", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        assert.equal(canonicalJson(JSON.parse(text)), text);
      }),
    );
  });

  it("writes any string as JSON.stringify does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.equal(canonicalJson(text), JSON.stringify(text));
      }),
    );
    assert.equal(canonicalJson('\ud800\u2028\u0000"\\'), JSON.stringify('\ud800\u2028\u0000"\\'));
  });

  it("sorts integer-like keys as text", () => {
    assert.equal(canonicalJson({ 10: "b", 9: "a", 1: "c" }), '{"1":"c","10":"b","9":"a"}');
  });

  it("leaves out undefined members, first or last", () => {
    assert.equal(canonicalJson({ a: undefined, b: 1, c: undefined }), '{"b":1}');
  });

  it("refuses what JSON cannot say", () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1n, undefined, () => 0, Symbol("s"), [undefined]]) {
      assert.throws(() => canonicalJson(value), TypeError);
    }
  });

  it("refuses nesting past the limit instead of exhausting the stack", () => {
    let value: unknown = 0;
    for (let depth = 0; depth < CANONICAL_DEPTH_MAX; depth++) value = [value];
    assert.doesNotThrow(() => canonicalJson(value));
    assert.throws(
      () => canonicalJson([value]),
      new HaechiError("DOCUMENT_TOO_DEEP", `Canonical JSON is nested at most ${CANONICAL_DEPTH_MAX} deep`),
    );
  });
});
