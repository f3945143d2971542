import { concatenate, replaced } from "./bytes.ts";
import { type FrameSplitter, NOTHING_BESIDE, type StreamFrame } from "./frame.ts";
import { PendingBytes } from "./pending-bytes.ts";

/**
 * Splits JSON Lines: one document per line, which ends with LF or CR LF. A blank line
 * carries nothing and is kept, and a last line need not end.
 */
export function createNdjsonSplitter(): FrameSplitter {
  const pending = new PendingBytes();
  let scanned = 0;
  return {
    push(chunk) {
      pending.append(chunk);
      const frames: StreamFrame[] = [];
      for (let lf = pending.bytes.indexOf(LF, scanned); lf >= 0; lf = pending.bytes.indexOf(LF)) {
        frames.push(new Line(pending.take(lf + 1)));
      }
      scanned = pending.bytes.length;
      return frames;
    },
    end() {
      scanned = 0;
      return pending.bytes.length === 0 ? null : new Line(pending.take(pending.bytes.length));
    },
    get pendingBytes() {
      return pending.bytes.length;
    },
    closing(frame, last) {
      const isLineOpen = last !== null && last.raw.at(-1) !== LF;
      return isLineOpen ? concatenate([Uint8Array.of(LF), frame]) : frame;
    },
    framing: "ndjson",
  };
}

class Line implements StreamFrame {
  readonly raw: Uint8Array;
  readonly data: Uint8Array | null;
  readonly beside = NOTHING_BESIDE;
  readonly isClosing = false;
  readonly #start: number;
  readonly #end: number;

  constructor(raw: Uint8Array) {
    this.raw = raw;
    let start = startsWithByteOrderMark(raw) ? 3 : 0;
    let end = raw.length;
    while (end > start && isSpace(raw[end - 1]!)) end--;
    while (start < end && isSpace(raw[start]!)) start++;
    this.#start = start;
    this.#end = end;
    this.data = start === end ? null : raw.subarray(start, end);
  }

  rewritten(data: Uint8Array | null): Uint8Array {
    return data === null ? this.raw : replaced(this.raw, this.#start, this.#end, data);
  }
}

const LF = 10;

/** What JSON calls white space (RFC 8259, section 2). */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === LF || byte === 0x0d || byte === 0x09;
}

/** U+FEFF in UTF-8, which some servers begin a stream with. */
export function startsWithByteOrderMark(bytes: Uint8Array, at = 0): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;
}
