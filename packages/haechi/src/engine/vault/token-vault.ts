import { setTimeout } from "node:timers/promises";
import { decisionEvent } from "../../core/audit/build-event.ts";
import type { AuditDecision, DecisionEvent } from "../../core/audit/event.ts";
import { KEY_DOMAINS } from "../../core/crypto/key-domains.ts";
import { ENTITY_TYPES } from "../../core/detect/entity-type.ts";
import { HaechiError, isHaechiError } from "../../core/errors.ts";
import type { Identity } from "../../core/identity/identity.ts";
import type { AuditSink } from "../../ports/audit-sink.ts";
import type { TokenRecord } from "../../ports/token-store.ts";
import { recordOperation } from "../audit/record-operation.ts";
import { type ImportOutcome, importRecords } from "./vault-import.ts";
import { type IssuedToken, type IssueOptions, issueTokens, type TokenizeRequest } from "./vault-issue.ts";
import { openRecord, TOKEN_ID, VAULT_PURPOSE } from "./vault-record.ts";
import { type OnProgress, type ResealOutcome, resealRecords } from "./vault-reseal.ts";

export interface TokenVaultOptions extends IssueOptions {
  readonly audit: AuditSink;
  /** Whether `reveal` may give a value back to an operator. */
  readonly revealPolicy: "disabled" | "local-dev";
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
  const { store, crypto, audit, clock, random } = options;
  if (options.deterministic && crypto.hmac === undefined) {
    throw new HaechiError("PROVIDER_INVALID", "Deterministic tokens need a crypto provider with hmac");
  }
  return {
    ready: () => store.read(() => undefined),
    tokenizeAll: (requests) => issueTokens(requests, options),
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
      await setTimeout(PURGE_PAUSE_MS);
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
    const digest = await crypto.hmac({ data: id, domain: KEY_DOMAINS.vaultAuditId });
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

  function isoNow(): string {
    return new Date(clock.now()).toISOString();
  }
}

const BUILT_IN_TYPES: ReadonlySet<string> = new Set(ENTITY_TYPES);
const NONTOKEN_HEX = 32;
/** So few that an exchange which waits for the vault does not notice, and then a pause in which it has its turn. */
const PURGED_PER_CHANGE_MAX = 500;
const PURGE_PAUSE_MS = 5;

function reasonOf(error: unknown): string {
  if (isHaechiError(error, "TOKEN_UNKNOWN")) return "unknown_token";
  if (isHaechiError(error, "TOKEN_EXPIRED")) return "token_expired";
  return isHaechiError(error, "ENVELOPE_REJECTED") ? "decrypt_failed" : "reveal_error";
}
