import assert from "node:assert/strict";
import { createPublicKey, createSecretKey, verify } from "node:crypto";
import { describe, it } from "node:test";
import vectors from "./fixtures/wycheproof.json" with { type: "json" };
import { hkdfSha256, hmacSha256, IV_BYTES, openAes256Gcm, sealAes256Gcm } from "./primitives.ts";

const KEY_BYTES = 32;
const bytes = (hex: string) => Buffer.from(hex, "hex");

describe("sealAes256Gcm and openAes256Gcm", () => {
  const all = vectorsOf(vectors.aesGcm, 316);
  const isOurs = ({ key, iv }: Vector) => bytes(key!).length === KEY_BYTES && bytes(iv!).length === IV_BYTES;

  it("agree with every vector of keys of 256 and initialisation vectors of 96 bits", () => {
    const ours = all.filter(isOurs);
    assert.equal(ours.length, 66);
    for (const vector of ours) {
      const { name, key: keyHex, aad, msg, ...sealedHex } = vector;
      const key = createSecretKey(bytes(keyHex!));
      const sealed = { iv: bytes(sealedHex.iv!), ct: bytes(sealedHex.ct!), tag: bytes(sealedHex.tag!) };
      const made = sealAes256Gcm(key, sealed.iv, bytes(msg!), bytes(aad!));
      assert.deepEqual(Buffer.from(made.ct), sealed.ct, name);
      assert.equal(Buffer.from(made.tag).equals(sealed.tag), isValid(vector), name);
      assert.deepEqual(openAes256Gcm(key, sealed, bytes(aad!)), isValid(vector) ? bytes(msg!) : null, name);
    }
  });

  it("open no vector of another length of key or of initialisation vector, valid or not", () => {
    const others = all.filter((vector) => !isOurs(vector));
    assert.ok(others.some(isValid));
    for (const { name, key, iv, ct, tag, aad } of others) {
      const sealed = { iv: bytes(iv!), ct: bytes(ct!), tag: bytes(tag!) };
      const open = () => openAes256Gcm(createSecretKey(bytes(key!)), sealed, bytes(aad!));
      if (sealed.iv.length === IV_BYTES) assert.throws(open, { code: "ERR_CRYPTO_INVALID_KEYLEN" }, name);
      else assert.equal(open(), null, name);
    }
  });

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
  it("agrees with every vector, those of shorter tags too", () => {
    for (const vector of vectorsOf(vectors.hmacSha256, 174)) {
      const { name, key, msg, tag } = vector;
      const made = hmacSha256(createSecretKey(bytes(key!)), bytes(msg!));
      assert.equal(made.subarray(0, bytes(tag!).length).equals(bytes(tag!)), isValid(vector), name);
      assert.deepEqual(hmacSha256(bytes(key!), bytes(msg!)), made, name);
    }
  });
});

describe("hkdfSha256", () => {
  it("agrees with every vector, and refuses more than 255 blocks", () => {
    for (const vector of vectorsOf(vectors.hkdfSha256, 86)) {
      const { name, ikm, salt, info, size, okm } = vector;
      const derive = () => hkdfSha256(bytes(ikm!), bytes(salt!), bytes(info!), Number(size));
      if (isValid(vector)) assert.equal(derive().toString("hex"), okm, name);
      else assert.throws(derive, { code: "ERR_CRYPTO_INVALID_KEYLEN" }, name);
    }
  });
});

// Signatures of policies and of the audit log rest on the runtime's own Ed25519.
describe("Ed25519 of this runtime", () => {
  it("agrees with every vector", () => {
    for (const vector of vectorsOf(vectors.ed25519, 150)) {
      const { name, publicKey: keyHex, msg, sig } = vector;
      const x = bytes(keyHex!).toString("base64url");
      const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
      assert.equal(verify(null, bytes(msg!), publicKey, bytes(sig!)), isValid(vector), name);
    }
  });
});

/** A row by its columns, and a name for messages. */
type Vector = Readonly<Record<string, string>> & { readonly name: string };

const isValid = ({ result }: Vector) => result === "valid";

/** The rows of a table, of which there have to be so many. */
function vectorsOf(
  { columns, rows }: { readonly columns: string; readonly rows: readonly string[] },
  count: number,
): readonly Vector[] {
  assert.equal(rows.length, count);
  const names = columns.split(" ");
  return rows.map((row) => {
    const cells = Object.fromEntries(row.split(" ").map((cell, at) => [names[at]!, cell === "-" ? "" : cell]));
    return { ...cells, name: `vector ${cells.tcId}` };
  });
}
