import { timingSafeEqual } from "node:crypto";
import { statSync } from "node:fs";
import { KEY_DOMAINS } from "../../core/crypto/key-domains.ts";
import { HaechiError } from "../../core/errors.ts";
import type { Identity } from "../../core/identity/identity.ts";
import type { Authenticator } from "../../ports/authenticator.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import { listTokens } from "./bearer-file.ts";
import { type BearerRecord, holds } from "./bearer-record.ts";
import { recordUsage } from "./bearer-usage.ts";

export interface BearerAuthenticatorOptions {
  /** Path of the bearer store. */
  readonly store: string;
  readonly crypto: CryptoProvider;
  readonly clock: Clock;
  /** Labels under other keys are not passed on. */
  readonly allowedLabelKeys: readonly string[];
  /** Where the token stands: `authorization`, with the scheme Bearer, or a header of its own that holds nothing else. */
  readonly header?: string;
}

/**
 * Authenticates by the bearer tokens of a store. A change of the store holds from the
 * next request on; a store that cannot be read lets nobody in.
 * @throws HaechiError PROVIDER_INVALID when the crypto provider cannot hash
 */
export function createBearerAuthenticator({
  store,
  crypto,
  clock,
  allowedLabelKeys,
  header = "authorization",
}: BearerAuthenticatorOptions): Authenticator {
  if (crypto.hmac === undefined) {
    throw new HaechiError("PROVIDER_INVALID", "auth.provider bearer needs a crypto provider with hmac");
  }
  const hmac = crypto.hmac.bind(crypto);
  const readIndex = indexOf(store);
  const usage = recordUsage(store, clock);
  const identities = new WeakMap<BearerRecord, Identity>();

  const identityOf = async (record: BearerRecord): Promise<Identity> => {
    const known = identities.get(record);
    if (known !== undefined) return known;
    const subjectHash = await hmac({ data: record.id, domain: KEY_DOMAINS.identityHash });
    const identity = buildIdentity(record, subjectHash, allowedLabelKeys);
    identities.set(record, identity);
    return identity;
  };

  const form = header === "authorization" ? BEARER : BARE;

  return {
    header,
    async authenticate({ headers }) {
      const token = tokenIn(headers[header], form);
      if (token === null) return null;
      const hash = await hmac({ data: token, domain: KEY_DOMAINS.bearerToken });
      const entry = (await readIndex()).get(hash);
      if (entry === undefined || !sameHash(entry.tokenHash, hash)) return null;
      const { record } = entry;
      if (!holds(record, hash, clock.now())) return null;
      usage.note(record.id);
      return identityOf(record);
    },
    close: () => usage.close(),
  };
}

// RFC 6750 §2.1 with the form that our tokens have; the scheme's case does not matter (RFC 9110 §11.1).
const BEARER = /^bearer +(hae_[A-Za-z0-9_-]{43}) *$/i;
const BARE = /^(hae_[A-Za-z0-9_-]{43})$/;

function tokenIn(header: string | readonly string[] | undefined, form: RegExp): string | null {
  return typeof header === "string" ? (form.exec(header)?.[1] ?? null) : null;
}

/** Every token that may hold, by its hash. */
type Index = ReadonlyMap<string, { readonly tokenHash: string; readonly record: BearerRecord }>;

/** Reads the store into an index by hash, again whenever the file is another than before. */
function indexOf(store: string): () => Promise<Index> {
  let stamp: string | null = null;
  let index: Promise<Index> = Promise.resolve(new Map());
  return () => {
    // Changes replace the file. A look at it on every request is cheap and leaves a revoked token no time at all.
    const found = statSync(store, { throwIfNoEntry: false });
    const now = found === undefined ? "absent" : `${found.ino}:${found.mtimeMs}:${found.size}`;
    if (now !== stamp) {
      stamp = now;
      index = listTokens(store).then((records) => new Map(records.flatMap(entriesOf)));
      // Whoever asks now gets the error; whoever asks later gets another try.
      index.catch(() => {
        stamp = null;
      });
    }
    return index;
  };
}

function entriesOf(record: BearerRecord): readonly [string, { tokenHash: string; record: BearerRecord }][] {
  const hashes = [record.tokenHash, ...(record.previous === undefined ? [] : [record.previous.tokenHash])];
  return hashes.map((tokenHash) => [tokenHash, { tokenHash, record }]);
}

// The lookup by hash may tell a stranger about hashes, which they cannot compute without the key; equality tells nothing.
function sameHash(stored: string, computed: string): boolean {
  return stored.length === computed.length && timingSafeEqual(Buffer.from(stored), Buffer.from(computed));
}

function buildIdentity(record: BearerRecord, subjectHash: string, allowedLabelKeys: readonly string[]): Identity {
  return {
    id: record.id,
    type: record.type,
    subjectHash,
    issuerHash: null,
    provider: "bearer",
    scopes: record.scopes,
    labels: Object.fromEntries(Object.entries(record.labels).filter(([key]) => allowedLabelKeys.includes(key))),
  };
}
