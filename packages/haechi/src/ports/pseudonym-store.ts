/** Where the keys are kept that pseudonyms in the audit log are made with: apart from the log, one for each identity. */
export interface PseudonymStore {
  /**
   * The key kept under `lookup`, else `fresh`, which is kept from then on. Durable when the promise resolves.
   * @throws HaechiError AUDIT_UNWRITABLE
   */
  keyOf(lookup: string, fresh: () => Uint8Array): Promise<Uint8Array>;
  /** The key kept under `lookup`; null when there is none. */
  find(lookup: string): Promise<Uint8Array | null>;
  /** Destroys the key kept under `lookup`, for every process; false when there is none. */
  delete(lookup: string): Promise<boolean>;
  close(): Promise<void>;
}
