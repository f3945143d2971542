import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { decodeWholeLeaf } from "./decode.ts";

describe("decodeWholeLeaf", () => {
  it("decodes canonical base64 and base64url of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 12, maxLength: 500 }), (text) => {
        const plain = text.toWellFormed();
        for (const alphabet of ["base64", "base64url"] as const) {
          assert.equal(decodeWholeLeaf(Buffer.from(plain).toString(alphabet)), plain);
        }
      }),
    );
  });

  it("decodes only what encodes to itself again", () => {
    fc.assert(
      fc.property(fc.base64String({ minLength: 16, maxLength: 64 }), (text) => {
        const decoded = decodeWholeLeaf(text);
        if (decoded !== null) assert.equal(Buffer.from(decoded).toString("base64"), text);
      }),
    );
  });

  it("decodes a leaf with percent escapes", () => {
    assert.equal(decodeWholeLeaf("user%40example.com and %ED%95%9C"), "user@example.com and 한");
  });

  for (const [why, text] of [
    ["shorter than 16 characters", "aGVsbG8gd29y"],
    ["longer than 8192 characters", "QUFB".repeat(2049)],
    ["plain text", "just a line of plain text"],
    ["bits left over that are not zero", "aGVsbG8gd29ybGQhISEhIR=="],
    ["padding that is not due", "aGVsbG8gd29ybGQhISEhISEh="],
    ["one digit too many", "aGVsbG8gd29ybGQhISEhISEhI"],
    [
      "the plain alphabet without its padding",
      Buffer.from("???>>>hello hello h").toString("base64").replace(/=+$/, ""),
    ],
    ["both alphabets at once", "aGVsbG8gd29ybGQh-_+/"],
    ["bytes that are not UTF-8", Buffer.from([0xff, ...Buffer.from("hello hello")]).toString("base64")],
    ["a percent escape that is not UTF-8", "user%FFexample.com and more"],
    ["a stray percent sign beside an escape", "100% of user%40example.com"],
  ] as const) {
    it(`is null for ${why}`, () => {
      assert.equal(decodeWholeLeaf(text), null);
    });
  }
});
