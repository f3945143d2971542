import { OPEN_BRACE, OPEN_BRACKET } from "../../core/document/json-bytes.ts";
import type { StreamFraming } from "../protocol.ts";
import { concatenate } from "./bytes.ts";
import { type FrameLine, type FrameSplitter, NOTHING_BESIDE, type StreamFrame } from "./frame.ts";
import { createJsonArraySplitter } from "./json-array.ts";
import { createNdjsonSplitter, isSpace } from "./ndjson.ts";
import { createSseSplitter, frameData, type SseFrame, type SseLine, withFrameData } from "./sse.ts";

/** Splits a stream whose framing is known. */
export function splitterOf(framing: StreamFraming): FrameSplitter {
  return SPLITTERS[framing]();
}

/**
 * Splits a stream of which nothing trustworthy says how it is framed: its first character
 * does. No event stream begins with a brace or a bracket, which name no field of an event.
 * @param expected the framing of the format; what the error is written in when nothing has come
 */
export function createGuessingSplitter(expected: StreamFraming): FrameSplitter {
  return new GuessingSplitter(expected);
}

/** A document as it is written in another framing. */
export function reframed(frame: Uint8Array, from: StreamFraming, to: StreamFraming): Uint8Array {
  if (from === to) return frame;
  const [before, after] = DOCUMENT_ENDS[to];
  return concatenate([encoder.encode(before), documentOf(frame, from), encoder.encode(after)]);
}

/** The data of a whole frame; an element of an array is written without anything around it. */
function documentOf(frame: Uint8Array, framing: StreamFraming): Uint8Array {
  const splitter = splitterOf(framing);
  const frames = [...splitter.push(frame), splitter.end()];
  return frames.find((one) => one !== null && one.data !== null)?.data ?? frame;
}

const DOCUMENT_ENDS = {
  sse: ["data: ", "\n\n"],
  ndjson: ["", "\n"],
  "json-array": ["", ""],
} as const satisfies Record<StreamFraming, readonly [before: string, after: string]>;

const encoder = new TextEncoder();

const SPLITTERS = {
  sse: createEventSplitter,
  ndjson: createNdjsonSplitter,
  "json-array": createJsonArraySplitter,
} as const satisfies Record<StreamFraming, () => FrameSplitter>;

function createEventSplitter(): FrameSplitter {
  const events = createSseSplitter();
  return {
    push: (chunk) => events.push(chunk).map((event) => new Event(event)),
    end() {
      const last = events.end();
      return last === null ? null : new Event(last);
    },
    get pendingBytes() {
      return events.pendingBytes;
    },
    closing: (frame) => frame,
    framing: "sse",
  };
}

class Event implements StreamFrame {
  readonly raw: Uint8Array;
  readonly data: Uint8Array | null;
  readonly isClosing = false;
  readonly #event: SseFrame;

  constructor(event: SseFrame) {
    this.raw = event.raw;
    this.data = frameData(event);
    this.#event = event;
  }

  get beside(): readonly FrameLine[] {
    const { lines } = this.#event;
    if (lines.length === 1 && lines[0]!.field === "data") return NOTHING_BESIDE;
    return lines.filter((line) => line.field !== "data" && !saysTime(this.raw, line));
  }

  rewritten(data: Uint8Array | null, dropped: ReadonlySet<FrameLine>): Uint8Array {
    return data === null && dropped.size === 0 ? this.raw : withFrameData(this.#event, data, dropped);
  }
}

/** A time for the client's own clock: digits alone, as the WHATWG HTML standard has it, and too few to be anybody's number. */
function saysTime(raw: Uint8Array, { field, valueStart, valueEnd }: SseLine): boolean {
  const length = valueEnd - valueStart;
  return field === "retry" && length <= RETRY_DIGITS_MAX && raw.subarray(valueStart, valueEnd).every(isDigit);
}

/** Almost three hours, in milliseconds. */
const RETRY_DIGITS_MAX = 7;

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

class GuessingSplitter implements FrameSplitter {
  readonly #expected: StreamFraming;
  #known: FrameSplitter | null = null;
  /** What came before the first character that tells. */
  #opening: Uint8Array[] = [];
  #openingBytes = 0;

  constructor(expected: StreamFraming) {
    this.#expected = expected;
  }

  get pendingBytes(): number {
    return this.#known?.pendingBytes ?? this.#openingBytes;
  }

  push(chunk: Uint8Array): readonly StreamFrame[] {
    if (this.#known !== null) return this.#known.push(chunk);
    this.#opening.push(chunk);
    this.#openingBytes += chunk.length;
    const framing = framingBegunBy(chunk, this.#expected);
    return framing === null ? [] : this.#open(framing);
  }

  end(): StreamFrame | null {
    if (this.#known !== null) return this.#known.end();
    return this.#openingBytes === 0 ? null : new Blank(concatenate(this.#opening));
  }

  closing(frame: Uint8Array, last: StreamFrame | null): Uint8Array {
    return (this.#known ?? splitterOf(this.#expected)).closing(frame, last);
  }

  get framing(): StreamFraming {
    return this.#known?.framing ?? this.#expected;
  }

  #open(framing: StreamFraming): readonly StreamFrame[] {
    this.#known = splitterOf(framing);
    const frames = this.#opening.flatMap((chunk) => this.#known!.push(chunk));
    this.#opening = [];
    return frames;
  }
}

/** White space, of which the framing is never told. */
class Blank implements StreamFrame {
  readonly raw: Uint8Array;
  readonly data = null;
  readonly beside = NOTHING_BESIDE;
  readonly isClosing = false;

  constructor(raw: Uint8Array) {
    this.raw = raw;
  }

  rewritten(): Uint8Array {
    return this.raw;
  }
}

/** The framing of what begins with these bytes; null when they do not say. */
function framingBegunBy(bytes: Uint8Array, expected: StreamFraming): StreamFraming | null {
  const first = bytes.find((byte) => !isSpace(byte) && !BYTE_ORDER_MARK.has(byte));
  if (first === undefined) return null;
  if (first === OPEN_BRACE || first === OPEN_BRACKET) {
    return expected === "sse" ? (first === OPEN_BRACE ? "ndjson" : "json-array") : expected;
  }
  return expected === "sse" || BEGINS_FIELD.has(first) ? "sse" : expected;
}

/** Each of its bytes: it may come in pieces, and none of them begins anything else. */
const BYTE_ORDER_MARK: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf]);
/** The first characters of `data`, `event`, `id` and `retry`, and of a comment. */
const BEGINS_FIELD: ReadonlySet<number> = new Set([...":deir"].map((character) => character.charCodeAt(0)));
