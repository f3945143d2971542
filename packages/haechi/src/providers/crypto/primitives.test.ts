import assert from "node:assert/strict";
import { createPublicKey, createSecretKey, verify } from "node:crypto";
import { describe, it } from "node:test";
import vectors from "./fixtures/wycheproof.json" with { type: "json" };
import { hkdfSha256, hmacSha256, openAes256Gcm, sealAes256Gcm } from "./primitives.ts";

const bytes = (hex: string) => Buffer.from(hex, "hex");

describe("sealAes256Gcm and openAes256Gcm", () => {
  for (const { tcId, key: keyHex, aad, msg, result, ...sealedHex } of vectors.aes256Gcm) {
    it(`agree with vector ${tcId}, which is ${result}`, () => {
      const key = createSecretKey(bytes(keyHex));
      const sealed = { iv: bytes(sealedHex.iv), ct: bytes(sealedHex.ct), tag: bytes(sealedHex.tag) };
      const made = sealAes256Gcm(key, sealed.iv, bytes(msg), bytes(aad));
      assert.deepEqual(Buffer.from(made.ct), sealed.ct);
      assert.equal(Buffer.from(made.tag).equals(sealed.tag), result === "valid");
      assert.deepEqual(openAes256Gcm(key, sealed, bytes(aad)), result === "valid" ? bytes(msg) : null);
    });
  }

  it("refuse tags and initialisation vectors of any other length", () => {
    const key = createSecretKey(Buffer.alloc(32, 1));
    const none = Buffer.alloc(0);
    const sealed = sealAes256Gcm(key, Buffer.alloc(12), Buffer.from("text"), none);
    for (let length = 0; length < 16; length++) {
      assert.equal(openAes256Gcm(key, { ...sealed, tag: sealed.tag.subarray(0, length) }, none), null);
    }
    for (const length of [0, 8, 16]) {
      assert.equal(openAes256Gcm(key, { ...sealed, iv: Buffer.alloc(length) }, none), null);
    }
  });
});

describe("hmacSha256", () => {
  for (const { tcId, key, msg, tag, result } of vectors.hmacSha256) {
    it(`agrees with vector ${tcId}, which is ${result}`, () => {
      assert.equal(hmacSha256(createSecretKey(bytes(key)), bytes(msg)).equals(bytes(tag)), result === "valid");
      assert.deepEqual(hmacSha256(bytes(key), bytes(msg)), hmacSha256(createSecretKey(bytes(key)), bytes(msg)));
    });
  }
});

describe("hkdfSha256", () => {
  for (const { tcId, ikm, salt, info, size, okm } of vectors.hkdfSha256) {
    it(`agrees with vector ${tcId}`, () => {
      assert.equal(hkdfSha256(bytes(ikm), bytes(salt), bytes(info), size).toString("hex"), okm);
    });
  }

  it("refuses more than 255 blocks", () => {
    assert.throws(() => hkdfSha256(Buffer.alloc(32), Buffer.alloc(16), "", 255 * 32 + 1));
  });
});

// Signatures of policies and of the audit log rest on the runtime's own Ed25519.
describe("Ed25519 of this runtime", () => {
  for (const { publicKey: keyHex, tests } of vectors.ed25519) {
    const x = bytes(keyHex).toString("base64url");
    const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    for (const { tcId, msg, sig, result } of tests) {
      it(`agrees with vector ${tcId}, which is ${result}`, () => {
        assert.equal(verify(null, bytes(msg), publicKey, bytes(sig)), result === "valid");
      });
    }
  }
});
