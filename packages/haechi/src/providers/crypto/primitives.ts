import { createCipheriv, createDecipheriv, createHmac, hkdfSync, type KeyObject } from "node:crypto";

// Everything that is sealed or hashed here goes through these three, so that they are
// held against published test vectors once and for all.

/** Bytes of an AES-256-GCM initialisation vector (NIST SP 800-38D §8.2). */
export const IV_BYTES = 12;
/** Shorter tags are refused. */
const TAG_BYTES = 16;

export interface Sealed {
  readonly iv: Uint8Array;
  readonly ct: Uint8Array;
  readonly tag: Uint8Array;
}

/** AES-256-GCM. The caller draws an `iv` that this key has never seen. */
export function sealAes256Gcm(key: KeyObject, iv: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Sealed {
  const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  const ct = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return { iv, ct, tag: cipher.getAuthTag() };
}

/** What was sealed; null when anything of it, or of the associated data, is not what it was. */
export function openAes256Gcm(key: KeyObject, { iv, ct, tag }: Sealed, aad: Uint8Array): Buffer | null {
  if (iv.length !== IV_BYTES || tag.length !== TAG_BYTES) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(ct), decipher.final()]);
  } catch {
    return null;
  }
}

/** HMAC-SHA-256 (RFC 2104); text is UTF-8. */
export function hmacSha256(key: KeyObject | Uint8Array, data: string | Uint8Array): Buffer {
  return createHmac("sha256", key).update(data).digest();
}

/** HKDF-SHA-256 (RFC 5869). */
export function hkdfSha256(ikm: Uint8Array, salt: Uint8Array, info: string | Uint8Array, length: number): Buffer {
  return Buffer.from(hkdfSync("sha256", ikm, salt, info, length));
}
