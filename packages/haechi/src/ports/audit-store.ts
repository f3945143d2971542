/** Where audit entries live: an append-only file or a shared log. */
export interface AuditStore {
  /**
   * Takes the log for this writer and says where it ends: its last complete entry
   * line, or null when there is none. Repairs a torn tail first and says what it
   * dropped. Called before a run of appends, and again after a failed one.
   * @throws HaechiError AUDIT_UNWRITABLE, LOG_INCONSISTENT
   */
  open(): Promise<{ readonly lastLine: string | null; readonly droppedBytes: number }>;
  /** Appends the lines (each without its newline). When the promise resolves they survive a power cut. */
  append(lines: readonly string[]): Promise<void>;
  /** Whether other processes have waited for the log long enough for this one to `release` it. */
  isTurnOver?(): boolean;
  /** Ends a run of appends: another process may append until the next `open`. */
  release?(): Promise<void>;
  /** Whether an append would succeed now; writes no entry. */
  ready(): Promise<{ readonly ok: boolean; readonly reason?: string }>;
  close(): Promise<void>;
}

/**
 * Closes the open segment of a log and opens the next one. Only whoever holds the
 * log, between `open` and `release` of its store, may call `start`.
 */
export interface AuditSegments {
  /** Bytes of the open segment. */
  bytes(): number;
  /**
   * Keeps the open segment under the number `closing`, and makes `firstLine` (without
   * its newline) the whole of a new one. At every moment, a crash included, the log is
   * the old segment or the new one; it is the new one, durably, when the promise resolves.
   */
  start(firstLine: string, closing: number): Promise<void>;
}
