import type { Rule } from "../detect/rules/rule.ts";
import { PatternReader, type ReadState } from "./pattern-reader.ts";

/** What a rule may still match from one place of a growing text on, read as far as the text has come. */
export class OpenMatch {
  /** True when a match may end in what has been read. */
  mayHaveEnded = false;
  readonly #reader: PatternReader;
  readonly #ahead: number;
  /** Past how many units no match goes on. */
  readonly #lengthMax: number;
  #state: ReadState;
  #length = 0;
  #lastEnd = Number.NEGATIVE_INFINITY;

  /** Of a match that begins at the index of the text. */
  constructor(rule: Rule, text: string, index: number) {
    this.#reader = readerOf(rule);
    this.#ahead = rule.shape.ahead;
    this.#lengthMax = rule.shape.maxLength + rule.shape.ahead;
    this.#state = this.#reader.stateBehind(index === 0 ? null : text.charCodeAt(index - 1));
  }

  /** Reads the text, in which the match begins at the index, on to its end; false when more text can make no difference. */
  goesOn(text: string, index: number): boolean {
    const end = text.length - index;
    // All of a match is there: to try it costs less than to read it here, which could be long from each character.
    if (end > this.#lengthMax) {
      this.mayHaveEnded = true;
      return false;
    }
    while (this.#length < end && this.#state.places.length > 0) {
      const character = this.#reader.readsCodePoints
        ? text.codePointAt(index + this.#length)!
        : text.charCodeAt(index + this.#length);
      this.#state = this.#reader.after(this.#state, character);
      this.#length += character > 0xffff ? 2 : 1;
      if (!this.#state.isEnd) continue;
      this.mayHaveEnded = true;
      this.#lastEnd = this.#length;
    }
    // What a match must see behind it is a part of it here.
    return this.#state.places.length > 0 || end < this.#lastEnd + this.#ahead;
  }
}

/** False when what stands at the index, or before it, begins no match of the rule. */
export function mayBeginAt(rule: Rule, text: string, index: number): boolean {
  const reader = readerOf(rule);
  const start = reader.stateBehind(index === 0 ? null : text.charCodeAt(index - 1));
  const first = reader.readsCodePoints ? text.codePointAt(index)! : text.charCodeAt(index);
  const { places, isEnd } = reader.after(start, first);
  return isEnd || places.length > 0;
}

const readers = new WeakMap<Rule, PatternReader>();

function readerOf(rule: Rule): PatternReader {
  let reader = readers.get(rule);
  if (reader === undefined) {
    reader = new PatternReader(rule);
    readers.set(rule, reader);
  }
  return reader;
}
