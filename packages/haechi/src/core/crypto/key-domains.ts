/**
 * The label of every key that is derived, all in one place: two uses with one
 * label would share a key. A label is part of a stored format and never changes;
 * a new use gets a new one.
 */
export const KEY_DOMAINS = {
  policyBundleSigning: "haechi:policy-bundle:signing:v1",
  deterministicToken: "haechi:token-vault:deterministic:v1",
  vaultAuditId: "haechi:token-vault:audit-id:v1",
  bearerToken: "haechi:auth:token:v1",
  identityHash: "haechi:identity:hash:v1",
  auditPseudonym: "haechi:audit:pseudonym-lookup:v1",
  oidcSessionId: "haechi:oidc:session-id:hash:v1",
  oidcRefreshToken: "haechi:oidc:refresh-token:v1",
  /** HKDF info of the keys that envelopes with a `salt` are sealed under. */
  envelopeKey: "haechi:envelope:session-key:v1",
  /** HKDF info prefix of a KMS-backed provider; the domain asked for follows. */
  kmsHmacRoot: "haechi:crypto-kms:hmac-root:v1:",
} as const;
