import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeBase64url, encodeBase64url } from "./base64url.ts";

test("writes what Node's own encoder writes, and reads it back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = encodeBase64url(bytes);
      assert.equal(text, Buffer.from(bytes).toString("base64url"));
      assert.deepEqual(decodeBase64url(text), bytes);
    }),
  );
});

test("reads only the one spelling that it would write", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."AQgwBz09-_+/= "), maxLength: 9 }), (text) => {
      const bytes = decodeBase64url(text);
      if (bytes !== null) assert.equal(encodeBase64url(bytes), text);
    }),
  );
});

test("refuses padding, the other alphabet, impossible lengths and used spare bits", () => {
  for (const text of ["QQ==", "+/+/", "A", "AAAAA", "QR", "QUJ", "é234", "QU\n"]) {
    assert.equal(decodeBase64url(text), null, text);
  }
});
