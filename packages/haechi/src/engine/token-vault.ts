import { decisionEvent } from "../core/audit/build-event.ts";
import type { AuditDecision, DecisionEvent } from "../core/audit/event.ts";
import { KEY_DOMAINS } from "../core/crypto/key-domains.ts";
import { ENTITY_TYPES, type EntityType } from "../core/detect/entity-type.ts";
import { HaechiError, isHaechiError } from "../core/errors.ts";
import type { Identity } from "../core/identity/identity.ts";
import type { AuditSink } from "../ports/audit-sink.ts";
import type { Clock } from "../ports/clock.ts";
import type { CryptoProvider } from "../ports/crypto-provider.ts";
import type { Random } from "../ports/random.ts";
import type { TokenRecord, TokenStore } from "../ports/token-store.ts";
import { recordOperation } from "./record-operation.ts";
import { type ImportOutcome, importRecords } from "./vault-import.ts";
import { openRecord, TOKEN_ID, tokenAssociatedData, VAULT_PURPOSE } from "./vault-record.ts";
import { type OnProgress, type ResealOutcome, resealRecords } from "./vault-reseal.ts";

export interface TokenVaultOptions {
  readonly store: TokenStore;
  readonly crypto: CryptoProvider;
  readonly audit: AuditSink;
  readonly clock: Clock;
  readonly random: Random;
  readonly retentionDays: number;
  /** Equal values of a type get equal tokens. */
  readonly deterministic: boolean;
  /** The types that this holds for; null for all. */
  readonly deterministicTypes: readonly EntityType[] | null;
  /** Whether `reveal` may give a value back to an operator. */
  readonly revealPolicy: "disabled" | "local-dev";
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

/** Who asks the vault for something, as it is recorded. */
export interface VaultContext {
  readonly correlationId?: string | null;
  readonly identity?: Identity | null;
  readonly profile?: string | null;
}

/** A tool as it may be recorded. */
export type RecordedTool = Pick<DecisionEvent, "routeId" | "pathHash">;

export interface TokenMetadata {
  readonly token: string;
  readonly type: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly path: string;
  readonly ruleId: string;
}

/** Exchanges values for tokens and, where that is allowed, tokens for values. */
export interface TokenVault {
  /** Resolves when the store can be read. @throws HaechiError TOKEN_STORE_UNAVAILABLE */
  ready(): Promise<void>;
  /** Tokens in the order of the requests, durable when the promise resolves; one value of a type gets one token. */
  tokenizeAll(requests: readonly TokenizeRequest[]): Promise<readonly IssuedToken[]>;
  /** Which of these ids this vault has issued and still holds. */
  knows(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** The values of those tokens that can be opened; recorded by their number before it resolves. */
  detokenize(ids: readonly string[], context?: VaultContext): Promise<ReadonlyMap<string, string>>;
  /** The same for the call of a tool, which may be told in the place of a route; each token is recorded by its id. */
  detokenizeForTool(
    ids: readonly string[],
    tool: RecordedTool,
    context?: VaultContext,
  ): Promise<ReadonlyMap<string, string>>;
  /**
   * One value, for an operator. Every outcome is recorded before it is told.
   * @throws HaechiError REVEAL_DISABLED, TOKEN_UNKNOWN, TOKEN_EXPIRED, ENVELOPE_REJECTED
   */
  reveal(id: string, context?: VaultContext): Promise<{ readonly type: string; readonly plaintext: string }>;
  /** Deletes a token; recorded before. False when it is unknown. */
  purge(id: string, context?: VaultContext): Promise<boolean>;
  /** Deletes every token past its retention; returns how many. */
  purgeExpired(context?: VaultContext): Promise<number>;
  /** How many tokens that are still good only the key with this id opens. */
  countSealedUnder(kid: string): Promise<number>;
  /** What is known of the tokens, never their values; recorded by their number before it resolves. */
  exportMetadata(filter?: { readonly type?: string }, context?: VaultContext): Promise<readonly TokenMetadata[]>;
  /** Takes over records of a vault of the published format; recorded before and after. */
  importRecords(records: Iterable<readonly [id: string, record: unknown]>): Promise<ImportOutcome>;
  /** Seals every token that is still good under the active key; recorded before and after. Can be cut off and run again. */
  reseal(onProgress?: OnProgress): Promise<ResealOutcome>;
}

/** @throws HaechiError PROVIDER_INVALID when deterministic tokens are asked of a provider without keyed hashes */
export function createTokenVault(options: TokenVaultOptions): TokenVault {
  const { store, crypto, audit, clock, random, deterministicTypes } = options;
  if (options.deterministic && crypto.hmac === undefined) {
    throw new HaechiError("PROVIDER_INVALID", "Deterministic tokens need a crypto provider with hmac");
  }
  return {
    ready: () => store.read(() => undefined),
    tokenizeAll,
    knows,
    detokenize,
    detokenizeForTool,
    reveal,
    purge,
    purgeExpired,
    countSealedUnder,
    exportMetadata,
    importRecords: importAll,
    reseal,
  };

  async function tokenizeAll(requests: readonly TokenizeRequest[]): Promise<readonly IssuedToken[]> {
    if (requests.length === 0) return [];
    const distinct = [...new Map(requests.map((request) => [valueKey(request), request])).values()];
    for (let attempt = 1; attempt <= ISSUE_ATTEMPTS_MAX; attempt++) {
      const drafts = await Promise.all(distinct.map(draftToken));
      if (await storeTokens(drafts)) {
        const ids = new Map(drafts.map(({ id, request }) => [valueKey(request), id]));
        return requests.map((request) => ({ id: ids.get(valueKey(request))!, plaintext: request.plaintext }));
      }
    }
    throw new HaechiError("TOKEN_STORE_UNAVAILABLE", "New token ids were taken again and again");
  }

  async function draftToken(request: TokenizeRequest): Promise<DraftToken> {
    const { type, plaintext, path, ruleId } = request;
    const isDeterministic = options.deterministic && (deterministicTypes?.includes(type) ?? true);
    const id = `tok_${type}_${isDeterministic ? await valueDigest(type, plaintext) : randomDigits()}`;
    const now = clock.now();
    const expiresAt = new Date(Math.min(now + options.retentionDays * DAY_MS, LAST_MOMENT)).toISOString();
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
  function storeTokens(drafts: readonly DraftToken[]): Promise<boolean> {
    const now = isoNow();
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

  async function valueDigest(type: string, plaintext: string): Promise<string> {
    const digest = await hmac(`${type}:${plaintext}`, KEY_DOMAINS.deterministicToken);
    return digest.slice(0, DETERMINISTIC_HEX);
  }

  function randomDigits(): string {
    return Array.from(random.bytes(RANDOM_ID_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function knows(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const shaped = ids.filter((id) => TOKEN_ID.test(id));
    if (shaped.length === 0) return new Set();
    return store.read((snapshot) => new Set(shaped.filter((id) => snapshot.get(id) !== undefined)));
  }

  async function detokenize(ids: readonly string[], context: VaultContext = {}): Promise<ReadonlyMap<string, string>> {
    const values = await openAll(ids);
    await recordOutcome("detokenize", "detokenize", context, { count: values.size });
    return values;
  }

  async function detokenizeForTool(
    ids: readonly string[],
    tool: RecordedTool,
    context: VaultContext = {},
  ): Promise<ReadonlyMap<string, string>> {
    const values = await openAll(ids);
    const records = [...values.keys()].map((token) =>
      recordOutcome("detokenize", "tool_call", context, { token, ...tool }),
    );
    await Promise.all(records);
    return values;
  }

  async function openAll(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const distinct = [...new Set(ids)].filter((id) => TOKEN_ID.test(id));
    const now = isoNow();
    const records = await store.read((snapshot) => distinct.map((id) => snapshot.get(id)));
    const values = new Map<string, string>();
    for (const [index, record] of records.entries()) {
      const id = distinct[index]!;
      if (record === undefined || record.expiresAt <= now) continue;
      try {
        values.set(id, await openRecord(crypto, id, record));
      } catch (error) {
        // A token that cannot be opened stays a token, as one that is unknown.
        if (!isHaechiError(error, "ENVELOPE_REJECTED")) throw error;
      }
    }
    return values;
  }

  async function reveal(id: string, context: VaultContext = {}): Promise<{ type: string; plaintext: string }> {
    if (options.revealPolicy === "disabled") {
      await recordOutcome("reveal_denied", "reveal_disabled", context, await loggableToken(id));
      throw new HaechiError("REVEAL_DISABLED", "The vault does not reveal values: tokenVault.revealPolicy is disabled");
    }
    let revealed: { type: string; plaintext: string };
    try {
      const record = await findRecord(id);
      revealed = { type: record.type, plaintext: await openRecord(crypto, id, record) };
    } catch (error) {
      await recordOutcome("reveal_failed", reasonOf(error), context, await loggableToken(id));
      throw error;
    }
    await recordOutcome("reveal_allowed", "reveal_allowed", context, { token: id });
    return revealed;
  }

  async function findRecord(id: string): Promise<TokenRecord> {
    const record = TOKEN_ID.test(id) ? await store.read((snapshot) => snapshot.get(id)) : undefined;
    if (record === undefined) throw new HaechiError("TOKEN_UNKNOWN", "The vault does not know this token");
    if (record.expiresAt <= isoNow()) throw new HaechiError("TOKEN_EXPIRED", "The token is past its retention");
    return record;
  }

  async function purge(id: string, context: VaultContext = {}): Promise<boolean> {
    const isKnown = (await knows([id])).has(id);
    await recordOutcome("purge", isKnown ? "purged" : "unknown_token", context, await loggableToken(id));
    return isKnown && (await store.mutate((view) => view.delete(id)));
  }

  async function purgeExpired(context: VaultContext = {}): Promise<number> {
    const now = isoNow();
    let purged = 0;
    for (;;) {
      const deleted = await store.mutate((view) => view.deleteExpired(now, PURGED_PER_CHANGE_MAX));
      purged += deleted;
      if (deleted < PURGED_PER_CHANGE_MAX) break;
    }
    await recordOutcome("purge_expired", "purge_expired", context, { count: purged });
    return purged;
  }

  function countSealedUnder(kid: string): Promise<number> {
    const now = isoNow();
    return store.read((snapshot) => {
      let count = 0;
      for (const [, { envelope, expiresAt }] of snapshot.entries()) {
        if (envelope.kid === kid && expiresAt > now) count++;
      }
      return count;
    });
  }

  async function exportMetadata(
    { type }: { readonly type?: string } = {},
    context: VaultContext = {},
  ): Promise<readonly TokenMetadata[]> {
    const tokens = await store.read((snapshot) => {
      const found: TokenMetadata[] = [];
      for (const [token, { metadata, envelope: _, aad: __, ...record }] of snapshot.entries()) {
        if (type === undefined || record.type === type) found.push({ token, ...record, ...metadata });
      }
      return found;
    });
    await recordOutcome("export", "exported", context, { count: tokens.length });
    return tokens;
  }

  function importAll(records: Iterable<readonly [id: string, record: unknown]>): Promise<ImportOutcome> {
    const operation = { protocol: VAULT_PURPOSE, verb: "import", decision: "import" } as const;
    return recordOperation(
      options,
      operation,
      () => importRecords(records, options),
      ({ imported }) => ({ count: imported }),
    );
  }

  function reseal(onProgress?: OnProgress): Promise<ResealOutcome> {
    const operation = { protocol: VAULT_PURPOSE, verb: "reseal", decision: "reseal" } as const;
    return recordOperation(
      options,
      operation,
      () => resealRecords(options, onProgress),
      ({ resealed, kid }) => ({ count: resealed, newKid: kid }),
    );
  }

  /** What may be recorded of an id from outside: itself when it is ours or like one of ours, else a keyed hash. */
  async function loggableToken(id: string): Promise<{ readonly token?: string }> {
    const type = TOKEN_ID.exec(id)?.[1];
    // An unknown type may be any text that somebody wrote between our prefix and some hex digits.
    const isOurs = type !== undefined && (BUILT_IN_TYPES.has(type) || (await knows([id])).has(id));
    if (isOurs) return { token: id };
    if (crypto.hmac === undefined) return {};
    const digest = await hmac(id, KEY_DOMAINS.vaultAuditId);
    return { token: `nontoken_${digest.slice(0, NONTOKEN_HEX)}` };
  }

  async function recordOutcome(
    decision: AuditDecision,
    reason: string,
    context: VaultContext,
    about: { readonly count?: number; readonly token?: string } & Partial<RecordedTool>,
  ): Promise<void> {
    const origin = {
      id: random.uuid(),
      timestamp: isoNow(),
      correlationId: context.correlationId ?? null,
      protocol: VAULT_PURPOSE,
      // The verb that the decision starts with.
      operation: `${VAULT_PURPOSE}:${decision.split("_", 1)[0]}`,
      identity: context.identity ?? null,
      profile: context.profile ?? null,
      mode: "n/a",
    } as const;
    await audit.record(decisionEvent(origin, { decision, reason, ...about }));
  }

  async function hmac(data: string, domain: string): Promise<string> {
    if (crypto.hmac === undefined) throw new HaechiError("PROVIDER_INVALID", "The crypto provider has no hmac");
    return crypto.hmac({ data, domain });
  }

  function isoNow(): string {
    return new Date(clock.now()).toISOString();
  }
}

interface DraftToken {
  readonly id: string;
  readonly request: TokenizeRequest;
  readonly isDeterministic: boolean;
  readonly record: TokenRecord;
}

const BUILT_IN_TYPES: ReadonlySet<string> = new Set(ENTITY_TYPES);
const DAY_MS = 24 * 60 * 60 * 1000;
/** The end of the year 9999: later times are written longer, and would not sort as text. */
const LAST_MOMENT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const RANDOM_ID_BYTES = 8;
const DETERMINISTIC_HEX = 32;
const NONTOKEN_HEX = 32;
/** Random ids of 64 bits are taken once in a lifetime; twice in a row means a broken generator. */
const ISSUE_ATTEMPTS_MAX = 3;
/** Keeps retention from holding up the request that happens to trigger it. */
const PRUNED_PER_CHANGE_MAX = 1_000;
const PURGED_PER_CHANGE_MAX = 10_000;

function valueKey({ type, plaintext }: TokenizeRequest): string {
  return `${type}:${plaintext}`;
}

function reasonOf(error: unknown): string {
  if (isHaechiError(error, "TOKEN_UNKNOWN")) return "unknown_token";
  if (isHaechiError(error, "TOKEN_EXPIRED")) return "token_expired";
  return isHaechiError(error, "ENVELOPE_REJECTED") ? "decrypt_failed" : "reveal_error";
}
