/** Takes a line, without its newline; its bytes are good until this returns. False ends the reading. */
export type TakeWholeLine = (line: Uint8Array) => boolean;

/** A segment as it was at a moment when nobody was appending. */
export interface SegmentSnapshot {
  /** The number that it was closed under; null for the open segment. */
  readonly number: number | null;
  /** Whole lines from the byte `start` on, as far as they were there at that moment. */
  readLines(start: number, take: TakeWholeLine): Promise<void>;
}

/** The segments of a log at one moment, oldest first, the open one last. */
export interface LogSnapshot {
  readonly segments: readonly SegmentSnapshot[];
  close(): Promise<void>;
}
