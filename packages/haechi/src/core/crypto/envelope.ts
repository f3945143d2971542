/** An authenticated ciphertext with what is needed to open it (specs/envelope.md). */
export interface Envelope {
  readonly v: 1 | 2;
  readonly alg: "AES-256-GCM";
  readonly kid: string;
  /** base64url, 12 bytes. */
  readonly iv: string;
  /** base64url. */
  readonly ct: string;
  /** base64url, 16 bytes. */
  readonly tag: string;
  /** base64url, 16 bytes: the key is derived with it, and every member but `iv`, `ct` and `tag` is authenticated. */
  readonly salt?: string;
  /** base64url SHA-256 of the associated data. */
  readonly aadHash?: string;
  readonly aadEncoding?: "nfkc-json-v2";
  /** ISO 8601. */
  readonly createdAt?: string;
  /** ISO 8601; refused at or after it. */
  readonly expiresAt?: string;
  /** Only from a KMS-backed provider. */
  readonly wrappedKey?: string;
}

/** Associated data: a flat record that binds a ciphertext to its purpose. */
export type AssociatedData = { readonly [key: string]: unknown };
