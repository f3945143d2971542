import { KEY_DOMAINS } from "../../core/crypto/key-domains.ts";
import type { EntityType } from "../../core/detect/entity-type.ts";
import { HaechiError } from "../../core/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import type { Random } from "../../ports/random.ts";
import type { TokenRecord, TokenStore } from "../../ports/token-store.ts";
import { tokenAssociatedData } from "./vault-record.ts";

export interface IssueOptions {
  readonly store: TokenStore;
  readonly crypto: CryptoProvider;
  readonly clock: Clock;
  readonly random: Random;
  readonly retentionDays: number;
  /** Equal values of a type get equal tokens. */
  readonly deterministic: boolean;
  /** The types that this holds for; null for all. */
  readonly deterministicTypes: readonly EntityType[] | null;
}

export interface TokenizeRequest {
  readonly plaintext: string;
  readonly type: EntityType;
  /** Private path. */
  readonly path: string;
  readonly ruleId: string;
}

export interface IssuedToken {
  /** `tok_<type>_` and hex. */
  readonly id: string;
  readonly plaintext: string;
}

/** Tokens in the order of the requests, durable when the promise resolves; one value of a type gets one token. */
export async function issueTokens(
  requests: readonly TokenizeRequest[],
  options: IssueOptions,
): Promise<readonly IssuedToken[]> {
  if (requests.length === 0) return [];
  const distinct = [...new Map(requests.map((request) => [valueKey(request), request])).values()];
  for (let attempt = 1; attempt <= ISSUE_ATTEMPTS_MAX; attempt++) {
    const drafts = await Promise.all(distinct.map((request) => draftToken(request, options)));
    if (await storeTokens(drafts, options)) {
      const ids = new Map(drafts.map(({ id, request }) => [valueKey(request), id]));
      return requests.map((request) => ({ id: ids.get(valueKey(request))!, plaintext: request.plaintext }));
    }
  }
  throw new HaechiError("TOKEN_STORE_UNAVAILABLE", "New token ids were taken again and again");
}

interface DraftToken {
  readonly id: string;
  readonly request: TokenizeRequest;
  readonly isDeterministic: boolean;
  readonly record: TokenRecord;
}

async function draftToken(request: TokenizeRequest, options: IssueOptions): Promise<DraftToken> {
  const { crypto, clock, deterministic, deterministicTypes, retentionDays } = options;
  const { type, plaintext, path, ruleId } = request;
  const isDeterministic = deterministic && (deterministicTypes?.includes(type) ?? true);
  const id = `tok_${type}_${isDeterministic ? await valueDigest(request, options) : randomDigits(options)}`;
  const now = clock.now();
  const expiresAt = new Date(Math.min(now + retentionDays * DAY_MS, LAST_MOMENT)).toISOString();
  const aad = tokenAssociatedData(id, type);
  const envelope = await crypto.encrypt({ plaintext, aad, expiresAt });
  const createdAt = new Date(now).toISOString();
  return {
    id,
    request,
    isDeterministic,
    record: { type, createdAt, expiresAt, metadata: { path, ruleId }, envelope, aad },
  };
}

/** All in one transaction; false, and nothing stored, when a random id is taken. */
function storeTokens(drafts: readonly DraftToken[], { store, clock }: IssueOptions): Promise<boolean> {
  const now = new Date(clock.now()).toISOString();
  return store.mutate((view) => {
    view.deleteExpired(now, PRUNED_PER_CHANGE_MAX);
    const found = drafts.map(({ id }) => view.get(id));
    if (drafts.some(({ isDeterministic }, index) => !isDeterministic && found[index] !== undefined)) return false;
    drafts.forEach(({ id, record }, index) => {
      const before = found[index];
      // A value that is seen again keeps its history and gets a new term.
      const { createdAt, metadata } = before ?? record;
      view.set(id, { ...record, createdAt, metadata });
    });
    return true;
  });
}

async function valueDigest(request: TokenizeRequest, { crypto }: IssueOptions): Promise<string> {
  if (crypto.hmac === undefined) throw new HaechiError("PROVIDER_INVALID", "The crypto provider has no hmac");
  const digest = await crypto.hmac({ data: valueKey(request), domain: KEY_DOMAINS.deterministicToken });
  return digest.slice(0, DETERMINISTIC_HEX);
}

function randomDigits({ random }: IssueOptions): string {
  return Array.from(random.bytes(RANDOM_ID_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function valueKey({ type, plaintext }: TokenizeRequest): string {
  return `${type}:${plaintext}`;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** The end of the year 9999: later times are written longer, and would not sort as text. */
const LAST_MOMENT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const RANDOM_ID_BYTES = 8;
const DETERMINISTIC_HEX = 32;
/** Random ids of 64 bits are taken once in a lifetime; twice in a row means a broken generator. */
const ISSUE_ATTEMPTS_MAX = 3;
/** Keeps retention from holding up the request that happens to trigger it. */
const PRUNED_PER_CHANGE_MAX = 1_000;
