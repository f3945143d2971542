import { Anchors } from "./anchors.ts";
import type { CompiledDetectors, LiteralRule } from "./compile.ts";
import { contextAllows, contextRaises } from "./context-words.ts";
import type { LinearRule } from "./custom-rule.ts";
import { DecodedText, SPELLED_BY_LETTER } from "./decoded-text.ts";
import type { Direction } from "./finding.ts";
import type { Needle } from "./literal-table.ts";
import type { FoundBy, Rule } from "./rule.ts";
import { nextStart, rulesStartingAt, type StartFilter } from "./start-filter.ts";
import { matchAt } from "./verify.ts";

/** What surrounds the stretch under scan, and who is told of what is found in it. */
export interface Surroundings {
  found(by: FoundBy, start: number, end: number): void;
  /** The text of the JSON key over the stretch, where context words may stand too. */
  keyText(): string | null;
}

/**
 * Runs all rules over stretches of the same bytes, one behind the other. Anchors say
 * where a match may start, filters which rules may match there, and only those rules
 * are tried, on as much of the text as a match can take. A rule goes on behind what it
 * has found.
 */
export class TextScan {
  /** Where anchors stand in the bytes, in whatever stretch. */
  readonly #anchors: Anchors<LiteralRule>;
  /** Rules of which a name stands in the last stretch. */
  readonly named: Rule[] = [];
  readonly #compiled: CompiledDetectors;
  readonly #surroundings: Surroundings;
  /** By filter, as bits: the rules that are on in this direction. */
  #on: Int32Array;
  #needles: readonly Needle<LiteralRule>[] = [];
  /** By rule: where it goes on. */
  readonly #resume: Int32Array;
  /** By rule: where what it may match, begun at the last place tried, is known to go on to. */
  readonly #reach: Int32Array;
  readonly #decoded = new DecodedText();
  #bytes: Uint8Array = NO_BYTES;
  #start = 0;
  #end = 0;
  #escaped = false;
  #plain = true;
  // Into the lists of anchors: the first that stands in the stretch or behind it.
  #nextLiteral = 0;
  #nextDigitRun = 0;
  #nextAtSign = 0;

  constructor(compiled: CompiledDetectors, surroundings: Surroundings) {
    this.#compiled = compiled;
    this.#surroundings = surroundings;
    this.#anchors = new Anchors(compiled.digits.runMin);
    this.#on = compiled.rulesOn.request;
    this.#resume = new Int32Array(compiled.rules.length);
    this.#reach = new Int32Array(compiled.rules.length);
  }

  /** The bytes of the stretches that follow. */
  open(bytes: Uint8Array, direction: Direction): void {
    this.#bytes = bytes;
    this.#on = this.#compiled.rulesOn[direction];
    this.#resume.fill(0);
    this.#reach.fill(0);
    const literals = this.#compiled.literals(direction);
    this.#needles = literals.needles;
    this.#anchors.find(bytes, literals);
    this.#nextLiteral = 0;
    this.#nextDigitRun = 0;
    this.#nextAtSign = this.#compiled.atSign.filters.length === 0 ? bytes.length : atSignFrom(bytes, 0);
  }

  /** Forgets the bytes and what they spell. */
  close(): void {
    this.#bytes = NO_BYTES;
    this.#decoded.open(NO_BYTES, 0, 0, false, true);
    this.#anchors.clear();
  }

  /**
   * Scans a stretch, which begins behind the last one. `escaped`: it holds JSON escapes,
   * none of them \u. `plain`: ASCII without escapes, each byte the character it stands for.
   */
  scan(start: number, end: number, escaped: boolean, plain: boolean): void {
    const { digits, atSign, unanchored, linear } = this.#compiled;
    this.#start = start;
    this.#end = end;
    this.#escaped = escaped;
    this.#plain = plain;
    if (this.named.length > 0) this.named.length = 0;
    this.#decoded.open(this.#bytes, start, end, escaped, plain);
    this.#scanLiterals();
    if (digits.filters.length > 0) this.#scanDigits();
    if (atSign.filters.length > 0) this.#scanAtSigns();
    for (const filter of unanchored) this.#tryBetween(filter, start, end - 1);
    for (const rule of linear) this.#scanLinear(rule);
  }

  /** The text of the last stretch. */
  get text(): string {
    return this.#decoded.whole();
  }

  #scanLiterals(): void {
    const { at, what, count } = this.#anchors.literals;
    let next = this.#nextLiteral;
    while (next < count && at[next]! < this.#start) next++;
    for (; next < count && at[next]! < this.#end; next++) {
      const { owner, lead, bytes } = this.#needles[what[next]!]!;
      const place = at[next]! + lead;
      if (place + bytes.length > this.#end) continue;
      const { rule, filter, bit, from, to } = owner;
      if (rule.member !== null) this.named.push(rule);
      this.#tryLiteral(
        filter,
        bit,
        rule,
        place + this.#leastBytesTo(from - lead),
        place + this.#mostBytesTo(to - lead),
      );
    }
    this.#nextLiteral = next;
  }

  #tryLiteral(filter: StartFilter, bit: number, rule: Rule, from: number, to: number): void {
    const last = Math.min(to, this.#end - 1);
    for (let at = Math.max(from, this.#start, this.#resume[rule.index]!); at <= last; at++) {
      if (rulesStartingAt(filter, bit, this.#bytes, at, this.#start, this.#end, this.#escaped) !== 0) {
        this.#tryRule(filter, bit, at);
      }
      at = Math.max(at, this.#resume[rule.index]! - 1);
    }
    // Names that stand close together have starts in common.
    this.#resume[rule.index] = Math.max(this.#resume[rule.index]!, last + 1);
  }

  #scanDigits(): void {
    const { runMin, leadByRun, filters } = this.#compiled.digits;
    const { at, what, count } = this.#anchors.digitRuns;
    let tried = this.#start;
    let next = this.#nextDigitRun;
    while (next < count && at[next]! < this.#start) next++;
    for (; next < count && at[next]! < this.#end; next++) {
      const runStart = at[next]!;
      const runEnd = what[next]!;
      const lead = leadByRun[Math.min(runEnd - runStart, leadByRun.length - 1)]!;
      const from = Math.max(this.#charactersBefore(runStart, lead), tried);
      const to = runEnd - runMin;
      for (const filter of filters) this.#tryBetween(filter, from, to);
      tried = Math.max(tried, to + 1);
    }
    this.#nextDigitRun = next;
  }

  #scanAtSigns(): void {
    const { lead, filters } = this.#compiled.atSign;
    if (this.#nextAtSign < this.#start) this.#nextAtSign = atSignFrom(this.#bytes, this.#start);
    let tried = this.#start;
    while (this.#nextAtSign < this.#end) {
      const at = this.#nextAtSign;
      const from = Math.max(at + this.#leastBytesTo(-lead), tried);
      for (const filter of filters) this.#tryBetween(filter, from, at);
      tried = at + 1;
      this.#nextAtSign = atSignFrom(this.#bytes, tried);
    }
  }

  #scanLinear(rule: LinearRule): void {
    const text = this.#decoded.whole();
    let span = rule.findFrom(text, 0);
    while (span !== null) {
      this.#surroundings.found(rule, this.#decoded.startOf(span.start), this.#decoded.endOf(span.end));
      span = rule.findFrom(text, span.end);
    }
  }

  /** Where so many characters before the place begin; rather too far back than not far enough. */
  #charactersBefore(place: number, characters: number): number {
    if (this.#plain) return place - characters;
    const bytes = this.#bytes;
    let at = place;
    for (let left = characters; left > 0 && at > this.#start; at--) {
      const byte = bytes[at - 1]!;
      // A backslash may be a part of the character behind it.
      if ((byte & 0xc0) !== 0x80 && byte !== BACKSLASH) left--;
    }
    return at > this.#start && bytes[at - 1] === BACKSLASH ? at - 1 : at;
  }

  /** The least distance in bytes of what stands so many characters on (or, below 0, back). */
  #leastBytesTo(characters: number): number {
    return this.#plain || characters > 0 ? characters : characters * BYTES_PER_UNIT_MAX;
  }

  /** The greatest distance in bytes of what stands so many characters on (or, below 0, back). */
  #mostBytesTo(characters: number): number {
    return this.#plain || characters < 0 ? characters : characters * BYTES_PER_UNIT_MAX;
  }

  /** Tries the rules of the filter at each byte from `from` to `to`. */
  #tryBetween(filter: StartFilter, from: number, to: number): void {
    const start = this.#start;
    const end = this.#end;
    const wanted = this.#on[filter.index]!;
    const last = Math.min(to, end - 1);
    for (let at = from; ; at++) {
      at = nextStart(filter, wanted, this.#bytes, at, last, start, this.#escaped);
      if (at > last) return;
      let rules = rulesStartingAt(filter, wanted, this.#bytes, at, start, end, this.#escaped);
      while (rules !== 0) {
        const bit = rules & -rules;
        rules ^= bit;
        this.#tryRule(filter, bit, at);
      }
    }
  }

  #tryRule(filter: StartFilter, bit: number, at: number): void {
    const rule = filter.rules[31 - Math.clz32(bit)]!;
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
    decoded.cover(at + this.#leastBytesTo(-rule.shape.behind), this.#reachFrom(at, rule) + 1);
    const index = decoded.indexAt(at);
    const span = matchAt(rule, decoded.text, index);
    if (span === null) return 0;
    if (rule.accepts !== null && !rule.accepts(decoded.text.slice(span.start, span.end))) return 0;
    const start = decoded.startOf(span.start);
    const end = decoded.endOf(span.end);
    let by: FoundBy = rule;
    if (rule.context !== null) {
      const { reach } = rule.context;
      decoded.cover(start + this.#leastBytesTo(-reach), end + this.#mostBytesTo(reach));
      // With more of the text before it, everything stands at another index.
      const shift = decoded.indexAt(at) - index;
      const key = this.#surroundings.keyText();
      if (!contextAllows(rule.context, decoded.text, span.start + shift, span.end + shift, key)) return 0;
      if (contextRaises(rule.context, decoded.text, span.start + shift, span.end + shift, key)) by = rule.raised;
    }
    this.#surroundings.found(by, start, end);
    return end;
  }

  /** Past what a match of the rule could hold that begins there: at most its length, and nothing beyond its alphabet. */
  #reachFrom(at: number, rule: Rule): number {
    const { inAlphabet } = rule;
    const bytes = this.#bytes;
    const limit = Math.min(at + this.#mostBytesTo(rule.shape.maxLength), this.#end);
    let past = Math.max(at, this.#reach[rule.index]!);
    while (past < limit) {
      const byte = bytes[past]!;
      const isEscape = this.#escaped && byte === BACKSLASH;
      if (inAlphabet[isEscape ? SPELLED_BY_LETTER[bytes[past + 1]!]! : byte] === 0) break;
      past += isEscape ? 2 : 1;
    }
    this.#reach[rule.index] = past;
    return past;
  }
}

const NO_BYTES = new Uint8Array(0);

const AT_SIGN = 0x40;
const BACKSLASH = 0x5c;

// Two for an escape, three for a character up to U+FFFF, four for one beyond, which is two units.
const BYTES_PER_UNIT_MAX = 3;

/** The first `@` from there on; the end when there is none. */
function atSignFrom(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(AT_SIGN, from);
  return at === -1 ? bytes.length : at;
}
