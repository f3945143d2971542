import type { StreamFraming } from "../protocol.ts";

/** One unit of a stream by the bytes it came in, whatever the framing. */
export interface StreamFrame {
  /** All its bytes. The frames of a stream one after the other are the stream. */
  readonly raw: Uint8Array;
  /** The document or control that it carries; null when it carries none, such as a comment. */
  readonly data: Uint8Array | null;
  /** What stands beside the data and may be left out, such as a comment. */
  readonly beside: readonly FrameLine[];
  /** True for what closes the stream in its framing; no document follows it. */
  readonly isClosing: boolean;
  /** The frame with other data (null for the data as it came) and without the dropped lines; every other byte is kept. */
  rewritten(data: Uint8Array | null, dropped: ReadonlySet<FrameLine>): Uint8Array;
}

/** A line of a frame, as byte ranges in its `raw`. */
export interface FrameLine {
  /** Where the line begins; its line end belongs to it. */
  readonly start: number;
  readonly valueEnd: number;
}

/** Cuts a byte stream into frames; whatever the pieces in which it comes, the same frames come out. */
export interface FrameSplitter {
  push(chunk: Uint8Array): readonly StreamFrame[];
  /** What is left when the stream has ended, though nothing said that it is complete; null when nothing is. */
  end(): StreamFrame | null;
  /** Bytes of the frame that is not complete yet. */
  readonly pendingBytes: number;
  /**
   * What ends a stream of which `last` was the last frame to leave (null: none has) with one more document.
   * @param frame the document in this framing: a whole event, a line, or an element
   */
  closing(frame: Uint8Array, last: StreamFrame | null): Uint8Array;
  readonly framing: StreamFraming;
}

/** Every line of a frame that has no lines beside its data. */
export const NOTHING_BESIDE: readonly FrameLine[] = [];
