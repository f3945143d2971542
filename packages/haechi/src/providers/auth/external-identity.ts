import { KEY_DOMAINS } from "../../core/crypto/key-domains.ts";
import { HaechiError } from "../../core/errors.ts";
import { checkIdentity } from "../../core/identity/check-identity.ts";
import type { Identity } from "../../core/identity/identity.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";

/** Who somebody is, as another system names them. */
export interface ExternalSubject {
  /** What the authenticator is called in records, such as `jwt`. */
  readonly provider: string;
  readonly subject: string;
  readonly issuer: string;
  readonly type: Identity["type"];
  readonly scopes?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * The identity of somebody whom another system knows. Subject and issuer are in it as keyed hashes only; the id is made
 * of the first of them, so that one person has one id, and another one under other keys.
 * @throws HaechiError PROVIDER_INVALID
 */
export async function externalIdentity(
  { provider, subject, issuer, type, scopes = [], labels = {} }: ExternalSubject,
  crypto: CryptoProvider,
  allowedLabelKeys: readonly string[],
): Promise<Identity> {
  const { hmac } = crypto;
  if (hmac === undefined) throw new HaechiError("PROVIDER_INVALID", "Identities need a crypto provider with hmac");
  const hashOf = (data: string) => hmac.call(crypto, { data, domain: KEY_DOMAINS.identityHash });
  // Two issuers may know two people by one name.
  const subjectHash = await hashOf(JSON.stringify([issuer, subject]));
  const issuerHash = await hashOf(issuer);
  const id = `${provider}:${subjectHash.slice(0, 16)}`;
  return checkIdentity({ id, type, subjectHash, issuerHash, provider, scopes, labels }, allowedLabelKeys);
}
