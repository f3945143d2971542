import type { Checkpoint } from "../core/audit/checkpoint.ts";

/** The head of the audit chain at a moment, published where the log's writer cannot take it back. */
export interface Anchor {
  /** The segment of the log; absent in the first. */
  readonly segment?: number;
  readonly sequence: number;
  readonly eventHash: string;
  /** ISO 8601. */
  readonly timestamp: string;
}

/** Where anchors go. */
export interface CheckpointSink {
  publish(anchor: Anchor): Promise<void>;
  close(): Promise<void>;
}

/** A signed head of the log. */
export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** The note, with its signatures (https://c2sp.org/signed-note). */
  readonly note: string;
}

/** Keeps the newest checkpoint of each segment, and refuses one that does not go on from it. */
export interface CheckpointWitness {
  /**
   * Resolves when the checkpoint is kept, with the signature lines that the witness adds.
   * @param proveFrom gives the proof that the log at a size is the beginning of what it is now
   * @throws HaechiError LOG_INCONSISTENT when it does not go on from what the witness has seen, AUDIT_UNWRITABLE when it could not be asked
   */
  witness(
    signed: SignedCheckpoint,
    proveFrom: (size: number) => Promise<readonly Uint8Array[]>,
  ): Promise<readonly string[]>;
}

/** Signs heads of a log with a key that never leaves it. */
export interface CheckpointSigner {
  /** The name of the log, which is that of the key. */
  readonly log: string;
  /** The note of a text, signed. */
  sign(text: string): string;
}
