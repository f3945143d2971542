import type { AssociatedData, Envelope } from "../core/crypto/envelope.ts";

/** One vault token as stored: never the value in clear. */
export interface TokenRecord {
  readonly type: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly metadata: { readonly path: string; readonly ruleId: string };
  readonly envelope: Envelope;
  readonly aad: AssociatedData;
}

/** What a mutation sees: its own earlier changes, and nobody else's unfinished ones. */
export interface TokenStoreView extends TokenStoreSnapshot {
  set(id: string, record: TokenRecord): void;
  delete(id: string): boolean;
  /** Deletes records whose `expiresAt` is at or before `now`, at most `limit` of them; returns how many. */
  deleteExpired(now: string, limit?: number): number;
}

export interface TokenStoreSnapshot {
  get(id: string): TokenRecord | undefined;
  /** All records; with `after` those whose ids come behind it, in the order of their ids (UTF-8 bytes). */
  entries(after?: string): Iterable<readonly [id: string, record: TokenRecord]>;
}

/** Where vault tokens live. */
export interface TokenStore {
  /** Runs `work` exclusively. When the promise resolves its changes are durable; when `work` throws there are none. */
  mutate<T>(work: (view: TokenStoreView) => T): Promise<T>;
  read<T>(work: (snapshot: TokenStoreSnapshot) => T): Promise<T>;
  close(): Promise<void>;
}
