import { createHmac, timingSafeEqual } from "node:crypto";
import { type Authenticator, externalIdentity } from "../../packages/haechi/src/public/auth.ts";
import type { CryptoProvider } from "../../packages/haechi/src/public/crypto.ts";

export interface TicketOptions {
  /** Shared with whoever hands out tickets. */
  readonly secret: string;
  /** Who that is. */
  readonly issuer: string;
  /** Of Haechi; hashes whom the ticket names. */
  readonly crypto: CryptoProvider;
  readonly allowedLabelKeys: readonly string[];
  readonly now: () => number;
}

/** Knows the holders of tickets that another service of the company signs: `<claims>.<signature>`, both base64url. */
export function createTicketAuthenticator(options: TicketOptions): Authenticator {
  const { secret, issuer, crypto, allowedLabelKeys, now } = options;
  return {
    async authenticate({ headers }) {
      const header = headers.authorization;
      const [, claims = "", signature = ""] =
        typeof header === "string" ? (/^Bearer ([\w-]{1,2000})\.([\w-]{43})$/.exec(header) ?? []) : [];
      // The signature first: nothing of a ticket that somebody else made is looked at.
      if (claims === "" || !isSame(signature, signatureOf(claims, secret))) return null;
      const { iss, sub, team, from, until } = JSON.parse(Buffer.from(claims, "base64url").toString());
      if (iss !== issuer || !(now() >= from) || !(now() < until)) return null;
      const labels = team === undefined ? {} : { team };
      const holder = { provider: "ticket", subject: sub, issuer, type: "user", labels } as const;
      return await externalIdentity(holder, crypto, allowedLabelKeys);
    },
  };
}

export function signatureOf(claims: string, secret: string): string {
  return createHmac("sha256", secret).update(claims).digest("base64url");
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
