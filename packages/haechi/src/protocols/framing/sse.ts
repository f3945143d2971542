import { concatenate } from "./bytes.ts";
import type { FrameLine } from "./frame.ts";
import { startsWithByteOrderMark } from "./ndjson.ts";
import { PendingBytes } from "./pending-bytes.ts";

const LF = 10;
const CR = 13;
const COLON = 58;
const SPACE = 32;
const LINE_END = Uint8Array.of(LF);
const encoder = new TextEncoder();

/** One event of an event stream, by the bytes it came in. */
export interface SseFrame {
  /** The whole event with its line ends and the blank line that closes it. */
  readonly raw: Uint8Array;
  readonly lines: readonly SseLine[];
}

/** A line of an event, as byte ranges in `raw`. */
export interface SseLine {
  readonly field: "data" | "event" | "id" | "retry" | "comment" | "other";
  /** Where the line begins; its line end belongs to it. */
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** Past the line end. */
  readonly end: number;
}

/** Cuts a byte stream into events; whatever the pieces, the same events come out. */
export interface SseSplitter {
  push(chunk: Uint8Array): SseFrame[];
  /** What is left when the stream ends without a blank line; null when nothing is. */
  end(): SseFrame | null;
  /** Bytes of the event that is not complete yet. */
  readonly pendingBytes: number;
}

/**
 * Splits by the rules of the WHATWG HTML standard, section 9.2: lines end with
 * CR LF, LF or CR, and a blank line ends an event. A CR at the end of a piece
 * ends its line at once, so an event is never held for the byte that may follow.
 */
export function createSseSplitter(): SseSplitter {
  const pending = new PendingBytes();
  let scanned = 0;
  let lineStart = 0;

  /** Takes the events that end in what is pending; `scanned` and `lineStart` point into it. */
  function take(): SseFrame[] {
    const frames: SseFrame[] = [];
    let { bytes } = pending;
    while (scanned < bytes.length) {
      const byte = bytes[scanned]!;
      if (byte !== LF && byte !== CR) {
        scanned += 1;
        continue;
      }
      // The CR before a line feed has ended the line already, also when it came
      // with the piece before; at the start of an event that CR is out of sight.
      const secondHalf = byte === LF && (scanned === 0 || bytes[scanned - 1] === CR);
      const blank = lineStart === scanned && !secondHalf;
      scanned += byte === CR && bytes[scanned + 1] === LF ? 2 : 1;
      lineStart = scanned;
      if (blank) {
        frames.push(readFrame(pending.take(scanned)));
        bytes = pending.bytes;
        scanned = 0;
        lineStart = 0;
      }
    }
    return frames;
  }

  return {
    push(chunk) {
      pending.append(chunk);
      return take();
    },
    end() {
      scanned = 0;
      lineStart = 0;
      return pending.bytes.length === 0 ? null : readFrame(pending.take(pending.bytes.length));
    },
    get pendingBytes() {
      return pending.bytes.length;
    },
  };
}

/** The data of an event: the values of its data lines joined by LF; null when it has none. */
export function frameData(frame: SseFrame): Uint8Array | null {
  const [only] = frame.lines;
  if (frame.lines.length === 1 && only!.field === "data") return frame.raw.subarray(only!.valueStart, only!.valueEnd);
  const values = frame.lines.filter((line) => line.field === "data");
  if (values.length === 0) return null;
  const [first] = values;
  if (values.length === 1) return frame.raw.subarray(first!.valueStart, first!.valueEnd);
  return concatenate(
    values.flatMap((line, index) => {
      const value = frame.raw.subarray(line.valueStart, line.valueEnd);
      return index === 0 ? [value] : [LINE_END, value];
    }),
  );
}

/**
 * The event with other data and without the dropped lines; every other byte is
 * kept. Data that holds line ends becomes several data lines, as it must.
 */
export function withFrameData(frame: SseFrame, data: Uint8Array | null, dropped: ReadonlySet<FrameLine>): Uint8Array {
  const pieces: Uint8Array[] = [];
  let copied = 0;
  let written = false;
  for (const line of frame.lines) {
    const replaced = line.field === "data" && data !== null;
    if (!replaced && !dropped.has(line)) continue;
    pieces.push(frame.raw.subarray(copied, line.start));
    if (replaced && !written) {
      const lineEnd = frame.raw.subarray(line.valueEnd, line.end);
      const prefix = frame.raw.subarray(line.start, line.valueStart);
      const [first, ...more] = splitLines(data);
      pieces.push(prefix, first!);
      // The last line of a stream may have no end of its own.
      for (const value of more) pieces.push(lineEnd.length === 0 ? LINE_END : lineEnd, prefix, value);
      pieces.push(lineEnd);
      written = true;
    }
    copied = line.end;
  }
  pieces.push(frame.raw.subarray(copied));
  return concatenate(pieces);
}

function readFrame(raw: Uint8Array): SseFrame {
  const lines: SseLine[] = [];
  let start = 0;
  while (start < raw.length) {
    let valueEnd = start;
    let colon = -1;
    while (valueEnd < raw.length && raw[valueEnd] !== LF && raw[valueEnd] !== CR) {
      if (colon < 0 && raw[valueEnd] === COLON) colon = valueEnd;
      valueEnd += 1;
    }
    let end = valueEnd;
    if (end < raw.length) end += raw[end] === CR && raw[end + 1] === LF ? 2 : 1;
    if (valueEnd > start) lines.push(readLine(raw, start, colon, valueEnd, end));
    start = end;
  }
  return { raw, lines };
}

function readLine(raw: Uint8Array, start: number, colon: number, valueEnd: number, end: number): SseLine {
  const nameEnd = colon < 0 ? valueEnd : colon;
  // Only the first line of a stream may carry one; elsewhere it makes the name
  // unknown to a client, and reading it as a known name inspects more, not less.
  const nameStart = startsWithByteOrderMark(raw, start) ? start + 3 : start;
  let valueStart = colon < 0 ? valueEnd : colon + 1;
  if (valueStart < valueEnd && raw[valueStart] === SPACE) valueStart += 1;
  return { field: fieldOf(raw, nameStart, nameEnd), start, valueStart, valueEnd, end };
}

const FIELD_NAMES = (["data", "event", "id", "retry"] as const).map((name) => ({ name, bytes: encoder.encode(name) }));

function fieldOf(raw: Uint8Array, start: number, end: number): SseLine["field"] {
  if (start === end) return "comment";
  const known = FIELD_NAMES.find(
    ({ bytes }) => bytes.length === end - start && bytes.every((byte, index) => raw[start + index] === byte),
  );
  return known?.name ?? "other";
}

function splitLines(data: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at < data.length; at += 1) {
    if (data[at] !== LF && data[at] !== CR) continue;
    lines.push(data.subarray(start, at));
    if (data[at] === CR && data[at + 1] === LF) at += 1;
    start = at + 1;
  }
  lines.push(data.subarray(start));
  return lines;
}
