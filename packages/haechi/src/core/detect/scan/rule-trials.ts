import { isAscii } from "node:buffer";
import { DecodedText, SPELLED_BY_LETTER } from "../decoded/decoded-text.ts";
import { CHARACTERS_BEYOND, contextAllows, contextRaises } from "../rules/context-words.ts";
import type { FoundBy, Rule } from "../rules/rule.ts";
import { matchAt } from "../rules/verify.ts";
import type { StartAutomaton } from "../tables/start-automaton.ts";
import { HeaderPlaces } from "./header-places.ts";
import { TableHeaders } from "./table-headers.ts";

/** What surrounds the stretch under scan, and who is told of what is found in it. */
export interface Surroundings {
  found(by: FoundBy, start: number, end: number): void;
  /** The text of the JSON key over the stretch, where context words may stand too. */
  keyText(): string | null;
}

/**
 * Tries rules at places of a stretch of bytes: an automaton says which of them may match,
 * and those are matched on as much of the text as a match can take. A rule goes on behind
 * what it has found.
 */
export class RuleTrials {
  bytes: Uint8Array = NO_BYTES;
  /** The stretch. */
  start = 0;
  end = 0;
  /** True when a backslash and a letter of the stretch are one character. */
  escaped = false;
  readonly #surroundings: Surroundings;
  #plain = true;
  /** The most bytes of the stretch that a unit takes; 0 while nobody has asked. */
  #bytesPerUnit = 0;
  /** By rule: where it goes on. */
  readonly #resume: Int32Array;
  /** By rule: where what it may match, begun at the last place tried, is known to go on to. */
  readonly #reach: Int32Array;
  readonly #decoded = new DecodedText();
  readonly #headers = new TableHeaders();
  readonly #headerPlaces = new HeaderPlaces();
  #hasHeaderPlaces = false;
  /** True when `#headers` reads the text of the stretch. */
  #hasHeaders = false;

  constructor(rules: number, surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#resume = new Int32Array(rules);
    this.#reach = new Int32Array(rules);
  }

  /** The bytes of the stretches that follow. */
  open(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.#resume.fill(0);
    this.#reach.fill(0);
  }

  /** Forgets the bytes and what they spell. */
  close(): void {
    this.bytes = NO_BYTES;
    this.#decoded.open(NO_BYTES, 0, 0, false, true);
    this.#headers.open("");
  }

  /**
   * The stretch of the places that follow, behind the last one. `escaped`: it holds JSON
   * escapes, none of them \u. `plain`: ASCII without escapes, each byte the character it stands for.
   */
  openStretch(start: number, end: number, escaped: boolean, plain: boolean): void {
    this.start = start;
    this.end = end;
    this.escaped = escaped;
    this.#plain = plain;
    this.#hasHeaders = false;
    this.#hasHeaderPlaces = false;
    this.#bytesPerUnit = 0;
    this.#decoded.open(this.bytes, start, end, escaped, plain);
  }

  /** The text of the stretch, with the way back. */
  whole(): DecodedText {
    this.#decoded.whole();
    return this.#decoded;
  }

  /** Tries the rules of the automaton where they may start, from `from` to `to`. */
  tryBetween(starts: StartAutomaton, from: number, to: number): void {
    const last = Math.min(to, this.end - 1);
    for (let at = from; at <= last; at++) {
      at = starts.nextStart(this.bytes, at, last, this.start, this.end, this.escaped);
      if (at > last) return;
      for (const rule of starts.rules) this.tryRule(rule, at);
    }
  }

  /** The place from which on the rule is to be tried, when it is the one given or behind it. */
  nextPlace(rule: Rule, place: number): number {
    return Math.max(place, this.#resume[rule.index]!);
  }

  /** The rule has been tried at all places before the one given. */
  goOnFrom(rule: Rule, place: number): void {
    this.#resume[rule.index] = this.nextPlace(rule, place);
  }

  tryRule(rule: Rule, at: number): void {
    if (at < this.#resume[rule.index]!) return;
    const decoded = this.#decoded;
    decoded.cover(at, at + 1);
    // A byte inside of a character or an escape starts nothing.
    if (decoded.startOf(decoded.indexAt(at)) !== at) return;
    const end = this.#tryAt(rule, at);
    if (end !== 0) this.#resume[rule.index] = Math.max(end, at + 1);
  }

  /** Past the last byte of what the rule finds at the place, or 0 when it finds nothing there. */
  #tryAt(rule: Rule, at: number): number {
    const decoded = this.#decoded;
    const reach = this.#reachFrom(at, rule);
    if (rule.endsWithItsAlphabet && this.#goesOn(rule, at, reach)) return 0;
    decoded.cover(at + this.leastBytesTo(-rule.shape.behind), reach + 1);
    const index = decoded.indexAt(at);
    const span = matchAt(rule, decoded.text, index);
    if (span === null) return 0;
    if (rule.accepts !== null && !rule.accepts(decoded.text.slice(span.start, span.end))) return 0;
    const start = decoded.startOf(span.start);
    const end = decoded.endOf(span.end);
    let by: FoundBy = rule;
    const { context } = rule;
    if (context !== null) {
      const reach = context.reach + CHARACTERS_BEYOND;
      decoded.cover(start + this.leastBytesTo(-reach), end + this.mostBytesTo(reach));
      // With more of the text before it, everything stands at another index.
      const shift = decoded.indexAt(at) - index;
      const { text } = decoded;
      const key = this.#surroundings.keyText();
      const header = () => this.headerAt(start);
      if (!contextAllows(context, text, span.start + shift, span.end + shift, key, header)) return 0;
      if (contextRaises(context, text, span.start + shift, span.end + shift, key, header)) by = rule.raised;
    }
    this.#surroundings.found(by, start, end);
    return end;
  }

  /** Past what a match of the rule could hold that begins there: at most its length, and nothing beyond its alphabet. */
  #reachFrom(at: number, rule: Rule): number {
    const { inAlphabet } = rule;
    const bytes = this.bytes;
    const limit = Math.min(at + this.mostBytesTo(rule.shape.maxLength), this.end);
    let past = Math.max(at, this.#reach[rule.index]!);
    while (past < limit) {
      const byte = bytes[past]!;
      const isEscape = this.escaped && byte === BACKSLASH;
      if (inAlphabet[isEscape ? SPELLED_BY_LETTER[bytes[past + 1]!]! : byte] === 0) break;
      past += isEscape ? 2 : 1;
    }
    this.#reach[rule.index] = past;
    return past;
  }

  /** True when characters that a match may hold stand beyond the longest match that begins there. */
  #goesOn(rule: Rule, at: number, reach: number): boolean {
    if (reach < at + this.mostBytesTo(rule.shape.maxLength) || reach >= this.end) return false;
    const byte = this.bytes[reach]!;
    return byte !== BACKSLASH && rule.inAlphabet[byte] === 1;
  }

  /** The header over the byte, when it stands in the column of a table. */
  headerAt(byte: number): string | null {
    return this.#headersOfText().headerAt(this.#decoded.indexAt(byte));
  }

  /** All headers of the table in which the byte stands: of the lines of one table the same array. */
  headersOver(byte: number): readonly (string | null)[] {
    return this.#headersOfText().headersOver(this.#decoded.indexAt(byte));
  }

  /** False when the byte cannot stand in the header of a table. */
  mayStandInHeader(byte: number): boolean {
    if (!this.#hasHeaderPlaces) this.#headerPlaces.open(this.bytes, this.start, this.end, this.escaped);
    this.#hasHeaderPlaces = true;
    return this.#headerPlaces.mayHead(byte);
  }

  #headersOfText(): TableHeaders {
    const text = this.#decoded.whole();
    if (!this.#hasHeaders) this.#headers.open(text);
    this.#hasHeaders = true;
    return this.#headers;
  }

  /** Where so many characters before the place begin; rather too far back than not far enough. */
  charactersBefore(place: number, characters: number): number {
    if (this.#plain) return place - characters;
    const bytes = this.bytes;
    let at = place;
    for (let left = characters; left > 0 && at > this.start; at--) {
      const byte = bytes[at - 1]!;
      // A backslash may be a part of the character behind it.
      if ((byte & 0xc0) !== 0x80 && byte !== BACKSLASH) left--;
    }
    return at > this.start && bytes[at - 1] === BACKSLASH ? at - 1 : at;
  }

  /** The least distance in bytes of what stands so many characters on (or, below 0, back). */
  leastBytesTo(characters: number): number {
    return this.#plain || characters > 0 ? characters : characters * this.#bytesPerUnitMax();
  }

  /** The greatest distance in bytes of what stands so many characters on (or, below 0, back). */
  mostBytesTo(characters: number): number {
    return this.#plain || characters < 0 ? characters : characters * this.#bytesPerUnitMax();
  }

  #bytesPerUnitMax(): number {
    if (this.#bytesPerUnit === 0) {
      this.#bytesPerUnit = isAscii(this.bytes.subarray(this.start, this.end)) ? BYTES_PER_ESCAPE : BYTES_PER_UNIT_MAX;
    }
    return this.#bytesPerUnit;
  }
}

const NO_BYTES = new Uint8Array(0);
const BACKSLASH = 0x5c;

const BYTES_PER_ESCAPE = 2;
// Three for a character up to U+FFFF, four for one beyond, which is two units.
const BYTES_PER_UNIT_MAX = 3;
