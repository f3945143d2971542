import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { leafText } from "../../core/document/leaf.ts";
import { UNKNOWN_ROUTE } from "../../protocols/protocol.ts";
import { findRequestPlaces } from "./request-places.ts";

const textsOf = (target: string) =>
  findRequestPlaces(target, UNKNOWN_ROUTE, [], ["key"])
    .parts()
    .map(({ document }) => leafText(document, document.leaves.count - 1));

describe("the texts of a target", () => {
  it("are its segments, names and values as a server reads them, but for credentials", () => {
    assert.deepEqual(textsOf("/v1/a%40b?q=c+%2B&%6bey=secret&x"), ["v1", "a@b", "q", "c +", "x"]);
  });

  it("are decoded around what is no escape and what is no UTF-8", () => {
    for (const query of ["%zzminji%40x.co", "minji%40x.co%", "%c3minji%40x.co%28", "minji%40x.co%2"]) {
      assert.match(textsOf(`/?${query}`)[0]!, /minji@x\.co/, query);
    }
  });

  it("are what decodeURIComponent makes of them where it can", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
        // The credential parameter is left alone.
        fc.pre(text.isWellFormed() && text !== "key");
        assert.deepEqual(textsOf(`/?${encodeURIComponent(text)}`), [text]);
      }),
    );
  });
});
