import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { decodeBase32, decodeBase64, decodeHexadecimal } from "./decode.ts";

const readable = fc
  .string({ unit: "binary", minLength: 1, maxLength: 500 })
  .map((text) => `${text.toWellFormed().replace(/\p{Cc}/gu, "")}.`);

describe("decoding", () => {
  it("reads base64 and base64url of any text, padded or not", () => {
    fc.assert(
      fc.property(readable, (text) => {
        for (const alphabet of ["base64", "base64url"] as const) {
          const encoded = Buffer.from(text).toString(alphabet);
          assert.equal(decodeBase64(encoded), text);
          assert.equal(decodeBase64(encoded.replace(/=+$/, "")), text);
        }
      }),
    );
  });

  it("reads hexadecimal digits of any text, in either case", () => {
    fc.assert(
      fc.property(readable, (text) => {
        const encoded = Buffer.from(text).toString("hex");
        assert.equal(decodeHexadecimal(encoded), text);
        assert.equal(decodeHexadecimal(encoded.toUpperCase()), text);
      }),
    );
  });

  it("reads only base64 that encodes to itself again", () => {
    fc.assert(
      fc.property(fc.base64String({ minLength: 4, maxLength: 64 }), (text) => {
        const decoded = decodeBase64(text);
        if (decoded !== null) assert.equal(Buffer.from(decoded).toString("base64"), text);
      }),
    );
  });

  // RFC 4648 §10.
  for (const [text, encoded] of [
    ["f", "MY======"],
    ["fo", "MZXQ===="],
    ["foo", "MZXW6==="],
    ["foob", "MZXW6YQ="],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI======"],
  ] as const) {
    it(`reads ${encoded} as base32 of ${text}`, () => {
      assert.equal(decodeBase32(encoded), text);
      assert.equal(decodeBase32(encoded.replace(/=+$/, "")), text);
    });
  }

  for (const [why, text] of [
    ["plain text", "just a line of plain text"],
    ["bits left over that are not zero", "aGVsbG8gd29ybGQhISEhIR=="],
    ["padding that is not due", "aGVsbG8gd29ybGQhISEhISEh="],
    ["one digit too many", "aGVsbG8gd29ybGQhISEhISEhI"],
    ["both alphabets at once", "aGVsbG8gd29ybGQh-_+/"],
    ["bytes that are not UTF-8", Buffer.from([0xff, ...Buffer.from("hello hello")]).toString("base64")],
    ["controls", Buffer.from("hello\u0001hello").toString("base64")],
  ] as const) {
    it(`does not read ${why} as base64`, () => assert.equal(decodeBase64(text), null));
  }

  it("does not read base32 of a length that no bytes have, or half a byte", () => {
    assert.equal(decodeBase32("MZXW6Y"), null);
    assert.equal(decodeBase32("M"), null);
    assert.equal(decodeHexadecimal("414"), null);
    assert.equal(decodeHexadecimal("41zz"), null);
  });
});
