import { createHmac } from "node:crypto";
import type { AuditIdentity } from "../../core/audit/event.ts";
import { KEY_DOMAINS } from "../../core/crypto/key-domains.ts";
import { HaechiError } from "../../core/errors.ts";
import type { AuditSink } from "../../ports/audit-sink.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import type { PseudonymStore } from "../../ports/pseudonym-store.ts";
import type { Random } from "../../ports/random.ts";
import { recordOperation } from "./record-operation.ts";

export interface PseudonymOptions {
  readonly store: PseudonymStore;
  /** Needs `hmac`. */
  readonly crypto: CryptoProvider;
  /** Where events go, their identities replaced. */
  readonly audit: AuditSink;
  readonly clock: Clock;
  readonly random: Random;
}

/** Who is meant: an identity by what its authenticator calls it. */
export type IdentityName = Pick<AuditIdentity, "id" | "provider">;

/**
 * Identities of the audit log under pseudonyms, each made with a random key of its own that is kept apart from the
 * log. Without that key nobody can tell whose entries they are, and not a byte of the log has changed.
 */
export interface AuditPseudonyms {
  /** Takes events with identities and records them with pseudonyms. */
  readonly audit: AuditSink;
  /** What an identity is called in the log, for somebody who may know; recorded. Null when it has no pseudonym. */
  lookUp(identity: IdentityName): Promise<string | null>;
  /** Destroys the key of an identity; recorded before and after, without saying whose. False when there is none. */
  forget(identity: IdentityName): Promise<boolean>;
}

/** @throws HaechiError PROVIDER_INVALID for a crypto provider without keyed hashes */
export function createAuditPseudonyms(options: PseudonymOptions): AuditPseudonyms {
  const { store, crypto, audit, random } = options;
  if (crypto.hmac === undefined) {
    throw new HaechiError("PROVIDER_INVALID", "Pseudonyms in the audit log need a crypto provider with hmac");
  }
  const hmac = crypto.hmac.bind(crypto);
  return {
    audit: {
      async record(event) {
        return await audit.record(
          event.identity === null ? event : { ...event, identity: await pseudonymOf(event.identity) },
        );
      },
      async ready() {
        const canBeAsked = await store.find("").then(
          () => true,
          () => false,
        );
        return canBeAsked ? await audit.ready() : { ok: false, reason: "pseudonyms_unavailable" };
      },
      async close() {
        await audit.close();
        await store.close();
      },
    },
    lookUp: (identity) =>
      recordOperation(
        options,
        { protocol: "audit", verb: "look_up", decision: "pseudonym_looked_up" },
        async () => {
          const key = await store.find(await lookupOf(identity));
          return key === null ? null : pseudonymId(key);
        },
        (id) => ({ count: id === null ? 0 : 1 }),
      ),
    forget: (identity) =>
      recordOperation(
        options,
        { protocol: "audit", verb: "forget", decision: "identity_forgotten" },
        async () => await store.delete(await lookupOf(identity)),
        (isForgotten) => ({ count: isForgotten ? 1 : 0 }),
      ),
  };

  async function pseudonymOf(identity: AuditIdentity): Promise<AuditIdentity> {
    const key = await store.keyOf(await lookupOf(identity), () => random.bytes(KEY_BYTES));
    const { subjectHash } = identity;
    return {
      ...identity,
      id: pseudonymId(key),
      subjectHash: subjectHash === null ? null : keyedHash(key, `subject:${subjectHash}`),
    };
  }

  /** Without the keys of Haechi nobody can tell which row of the store is whose. */
  function lookupOf({ id, provider }: IdentityName): Promise<string> {
    return hmac({ data: JSON.stringify([provider, id]), domain: KEY_DOMAINS.auditPseudonym });
  }
}

const KEY_BYTES = 32;
const PSEUDONYM_HEX = 32;

function pseudonymId(key: Uint8Array): string {
  return `psn_${keyedHash(key, "id").slice(0, PSEUDONYM_HEX)}`;
}

function keyedHash(key: Uint8Array, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}
