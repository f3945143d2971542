import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Envelope } from "../crypto/envelope.ts";
import { encodeBase64url } from "./base64url.ts";
import {
  readEncryptedMarker,
  readRedactedMarker,
  readTokenMarker,
  writeEncryptedMarker,
  writeRedactedMarker,
  writeTokenMarker,
} from "./marker.ts";

const envelope: Envelope = {
  v: 1,
  alg: "AES-256-GCM",
  kid: "k1",
  iv: "aXY",
  ct: "Y3Q",
  tag: "dGFn",
  aadHash: "aGFzaA",
};

function encrypted(content: unknown): string {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return `[HAECHI_ENC:${encodeBase64url(new TextEncoder().encode(text))}]`;
}

test("markers are written as the grammar says", () => {
  assert.equal(writeRedactedMarker("kr_rrn"), "[REDACTED:kr_rrn]");
  assert.equal(writeTokenMarker("tok_email_00ff"), "[TOKEN:tok_email_00ff]");
  assert.match(writeEncryptedMarker(envelope), /^\[HAECHI_ENC:[\w-]+\]$/);
});

test("what is written is read back", () => {
  assert.equal(readRedactedMarker(writeRedactedMarker("email")), "email");
  assert.equal(readTokenMarker(writeTokenMarker("tok_email_00ff")), "tok_email_00ff");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.option(fc.string()), (kid, wrappedKey) => {
      const full: Envelope = {
        ...envelope,
        v: 2,
        kid,
        aadEncoding: "nfkc-json-v2",
        createdAt: "2030-01-01T00:00:00.000Z",
        ...(wrappedKey === null ? {} : { wrappedKey }),
      };
      assert.deepEqual(readEncryptedMarker(writeEncryptedMarker(full)), full);
    }),
  );
});

test("text around, before or inside a marker is refused", () => {
  for (const text of ["", "[TOKEN:]", " [TOKEN:a]", "[TOKEN:a] ", "[TOKEN:a", "[TOKEN:[TOKEN:a]", "[token:a]"]) {
    assert.equal(readTokenMarker(text), null, text);
  }
  for (const text of ["[REDACTED:]", "[REDACTED:Email]", "[REDACTED:a b]", "x[REDACTED:email]"]) {
    assert.equal(readRedactedMarker(text), null, text);
  }
});

test("an envelope that lacks a member, repeats one or has a wrong type is refused", () => {
  const { tag: _, ...withoutTag } = envelope;
  for (const content of [
    withoutTag,
    { ...envelope, v: 3 },
    { ...envelope, v: "1" },
    { ...envelope, alg: "none" },
    { ...envelope, ct: 5 },
    { ...envelope, expiresAt: null },
    { ...envelope, aadEncoding: "other" },
    { ...envelope, KID: "k2" },
    [envelope],
    "null",
    "{",
    "",
  ]) {
    assert.equal(readEncryptedMarker(encrypted(content)), null, JSON.stringify(content));
  }
  assert.equal(readEncryptedMarker("[HAECHI_ENC:____]"), null);
  assert.equal(readEncryptedMarker("[HAECHI_ENC:A]"), null);
});

test("members that an envelope does not have are left out", () => {
  assert.deepEqual(readEncryptedMarker(encrypted({ ...envelope, extra: 1 })), envelope);
});
