import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isHaechiError } from "../errors.ts";
import { encodeAssociatedData } from "./associated-data.ts";
import type { Envelope } from "./envelope.ts";

describe("encodeAssociatedData", () => {
  it("is canonical JSON without an encoding", () => {
    assert.equal(encodeAssociatedData({ b: "ﬁ", a: 1 }, undefined), '{"a":1,"b":"ﬁ"}');
  });

  it("folds strings and keys at every level", () => {
    assert.equal(encodeAssociatedData({ ｋｅｙ: ["ﬁ", { Ａ: "①" }] }, "nfkc-json-v2"), '{"key":["fi",{"A":"1"}]}');
  });

  it("is the same for composed and decomposed text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const composed = encodeAssociatedData({ text: text.normalize("NFC") }, "nfkc-json-v2");
        assert.equal(encodeAssociatedData({ text: text.normalize("NFD") }, "nfkc-json-v2"), composed);
      }),
    );
  });

  it("refuses keys that fold together", () => {
    assert.throws(
      () => encodeAssociatedData({ a: 1, ａ: 2 }, "nfkc-json-v2"),
      (error) => isHaechiError(error, "ENVELOPE_REJECTED"),
    );
  });

  it("treats a key named __proto__ like any other", () => {
    const aad = JSON.parse('{"__proto__":{"a":1}}');
    assert.equal(encodeAssociatedData(aad, "nfkc-json-v2"), '{"__proto__":{"a":1}}');
  });

  it("refuses an encoding it does not know", () => {
    assert.throws(
      () => encodeAssociatedData({}, "nfkd-json-v3" as Envelope["aadEncoding"]),
      (error) => isHaechiError(error, "ENVELOPE_REJECTED"),
    );
  });
});
