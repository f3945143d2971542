import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from "../../core/document/json-bytes.ts";
import { concatenate, replaced } from "./bytes.ts";
import { type FrameLine, type FrameSplitter, NOTHING_BESIDE, type StreamFrame } from "./frame.ts";
import { isSpace } from "./ndjson.ts";
import { PendingBytes } from "./pending-bytes.ts";

/**
 * Splits one JSON array that comes element by element. An element is a frame, with the
 * commas, brackets and white space that stand before it; the closing bracket is one.
 * Where the bytes are no such array, all that is left of them is one frame.
 */
export function createJsonArraySplitter(): FrameSplitter {
  return new JsonArraySplitter();
}

class JsonArraySplitter implements FrameSplitter {
  readonly framing = "json-array";
  readonly #pending = new PendingBytes();
  #state: State = "before";
  /** Where the next byte to look at stands in what is pending. */
  #at = 0;
  #valueStart = 0;
  /** Of a number or literal: past its last character, with which it has not ended yet. */
  #scalarEnd = 0;
  /** Containers of the value that are open. */
  #depth = 0;

  get pendingBytes(): number {
    return this.#pending.bytes.length;
  }

  push(chunk: Uint8Array): StreamFrame[] {
    this.#pending.append(chunk);
    const frames: StreamFrame[] = [];
    for (; this.#at < this.#pending.bytes.length; this.#at++) this.#read(this.#pending.bytes[this.#at]!, frames);
    return frames;
  }

  end(): StreamFrame | null {
    const raw = this.#pending.take(this.#pending.bytes.length);
    const start = VALUE_STATES.has(this.#state) ? this.#valueStart : raw.length;
    this.#at = 0;
    return raw.length === 0 ? null : new Element(raw, start, raw.length, true);
  }

  closing(frame: Uint8Array, last: StreamFrame | null): Uint8Array {
    if (last?.isClosing) return new Uint8Array(0);
    return concatenate([Uint8Array.of(last === null ? OPEN_BRACKET : COMMA), frame, Uint8Array.of(CLOSE_BRACKET)]);
  }

  #read(byte: number, frames: StreamFrame[]): void {
    switch (this.#state) {
      case "before":
        // A byte order mark is three bytes of which none begins anything else.
        if (isSpace(byte) || BYTE_ORDER_MARK.includes(byte)) return;
        if (byte === OPEN_BRACKET) this.#state = "element";
        else this.#begin("rest");
        return;
      case "element":
        if (isSpace(byte)) return;
        if (byte === CLOSE_BRACKET) this.#close(frames);
        else this.#beginElement(byte);
        return;
      case "container":
        if (byte === QUOTE) this.#state = "string";
        else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#depth++;
        else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.#leave(frames);
        return;
      case "string":
        if (byte === BACKSLASH) this.#state = "escape";
        else if (byte === QUOTE && this.#depth > 0) this.#state = "container";
        else if (byte === QUOTE) this.#take(this.#at + 1, this.#at + 1, frames);
        return;
      case "escape":
        this.#state = "string";
        return;
      case "scalar":
        if (byte === COMMA || byte === CLOSE_BRACKET) this.#endScalar(byte, frames);
        else if (!isSpace(byte) && this.#scalarEnd < this.#at) this.#state = "rest";
        else if (!isSpace(byte)) this.#scalarEnd = this.#at + 1;
        return;
      case "after":
        if (isSpace(byte)) return;
        if (byte === COMMA) this.#state = "element";
        else if (byte === CLOSE_BRACKET) this.#close(frames);
        else this.#begin("rest");
        return;
      case "closed":
        if (!isSpace(byte)) this.#begin("rest");
        return;
      case "rest":
        return;
      default:
        this.#state satisfies never;
    }
  }

  #begin(state: State): void {
    this.#state = state;
    this.#valueStart = this.#at;
  }

  #beginElement(byte: number): void {
    this.#depth = byte === OPEN_BRACE || byte === OPEN_BRACKET ? 1 : 0;
    if (this.#depth === 1) this.#begin("container");
    else if (byte === QUOTE) this.#begin("string");
    else if (PUNCTUATION.includes(byte)) this.#begin("rest");
    else this.#begin("scalar");
    this.#scalarEnd = this.#at + 1;
  }

  #leave(frames: StreamFrame[]): void {
    this.#depth--;
    if (this.#depth === 0) this.#take(this.#at + 1, this.#at + 1, frames);
  }

  #endScalar(delimiter: number, frames: StreamFrame[]): void {
    this.#take(this.#at, this.#scalarEnd, frames);
    // What was taken ended before the delimiter, which is now the first byte that is pending.
    this.#at = 0;
    if (delimiter === COMMA) this.#state = "element";
    else this.#close(frames);
  }

  #close(frames: StreamFrame[]): void {
    this.#state = "closed";
    const length = this.#at + 1;
    frames.push(new Element(this.#pending.take(length), length, length, true));
    this.#at = -1;
  }

  /** Takes the frame of an element that has ended. */
  #take(length: number, valueEnd: number, frames: StreamFrame[]): void {
    frames.push(new Element(this.#pending.take(length), this.#valueStart, valueEnd, false));
    this.#state = "after";
    this.#at = -1;
  }
}

/**
 * `before` the array, where an `element` or the closing bracket is due, inside a `container`, a
 * `string` (an `escape` of it) or a `scalar`, `after` an element, behind the `closed` array, and
 * in the `rest` that is no array.
 */
type State = "before" | "element" | "container" | "string" | "escape" | "scalar" | "after" | "closed" | "rest";

const VALUE_STATES: ReadonlySet<State> = new Set<State>(["container", "string", "escape", "scalar", "rest"]);

class Element implements StreamFrame {
  readonly raw: Uint8Array;
  readonly data: Uint8Array | null;
  readonly beside: readonly FrameLine[] = NOTHING_BESIDE;
  readonly isClosing: boolean;
  readonly #start: number;
  readonly #end: number;

  constructor(raw: Uint8Array, start: number, end: number, isClosing: boolean) {
    this.raw = raw;
    this.data = start === end ? null : raw.subarray(start, end);
    this.isClosing = isClosing;
    this.#start = start;
    this.#end = end;
  }

  rewritten(data: Uint8Array | null): Uint8Array {
    return data === null ? this.raw : replaced(this.raw, this.#start, this.#end, data);
  }
}

const PUNCTUATION: readonly number[] = [COMMA, COLON, CLOSE_BRACE];
const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf];
