import type { CompiledDetectors } from "./compile.ts";
import { contextAllows } from "./context-words.ts";
import type { LinearRule } from "./custom-rule.ts";
import { DecodedText } from "./decoded-text.ts";
import { eachDigitRun } from "./digit-runs.ts";
import { findNeedles } from "./find-needles.ts";
import type { Direction } from "./finding.ts";
import type { Rule } from "./rule.ts";
import { nextStart, rulesStartingAt, type StartFilter } from "./start-filter.ts";
import { matchAt } from "./verify.ts";

/** Bytes to be scanned. */
export interface Stretch {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Holds JSON escapes, none of them \u. */
  readonly escaped: boolean;
  /** ASCII without escapes: each byte is the character it stands for. */
  readonly plain: boolean;
  /** The JSON key over the text, where context words may stand too. */
  readonly key: () => string | null;
}

/** What a rule is known by in a finding. */
export type FoundBy = Pick<Rule, "id" | "entityType" | "confidence">;

export type Found = (by: FoundBy, start: number, end: number) => void;

/**
 * Runs all rules over one stretch of bytes after the other. Anchors say where a match
 * may start, filters which rules may match there, and only those rules are tried. A
 * rule goes on behind what it has found.
 */
export class TextScan {
  readonly #compiled: CompiledDetectors;
  readonly #found: Found;
  /** By filter, as bits: the rules that are on in this direction. */
  readonly #on: Int32Array;
  /** By filter, as bits: the rules that may still find something in the stretch. */
  readonly #wanted: Int32Array;
  /** By rule: where it goes on. */
  readonly #resume: Int32Array;
  /** By rule: whether a word that it requires stands anywhere in the stretch or the key. */
  readonly #context: Uint8Array;
  #stretch!: Stretch;
  readonly #decoded = new DecodedText();
  #isDecoded = false;
  #atSignBytes: Uint8Array | null = null;
  #nextAtSign = 0;
  /** Rules of which a name stands in the last stretch. */
  readonly named: Rule[] = [];

  constructor(compiled: CompiledDetectors, direction: Direction, found: Found) {
    this.#compiled = compiled;
    this.#found = found;
    this.#on = rulesThatAreOn(compiled, direction);
    this.#wanted = new Int32Array(compiled.filters.length);
    this.#resume = new Int32Array(compiled.rules.length);
    this.#context = new Uint8Array(compiled.rules.length);
  }

  scan(stretch: Stretch): void {
    this.#stretch = stretch;
    this.#isDecoded = false;
    this.named.length = 0;
    this.#wanted.set(this.#on);
    this.#resume.fill(stretch.start);
    this.#context.fill(UNKNOWN);
    for (const rule of this.#compiled.withoutContext) this.#context[rule.index] = SEEN;
    // Literals come first: they tell which context words there are at all.
    this.#scanLiterals();
    if (this.#compiled.digits.filters.length > 0) this.#scanDigits();
    if (this.#compiled.atSign.filters.length > 0) this.#scanAtSigns();
    for (const filter of this.#compiled.unanchored) this.#tryBetween(filter, stretch.start, stretch.end - 1);
    for (const rule of this.#compiled.linear) this.#scanLinear(rule);
  }

  /** The text of the last stretch. */
  get text(): string {
    return this.#text().text;
  }

  #scanLiterals(): void {
    const { bytes, start, end } = this.#stretch;
    const hits = findNeedles(this.#compiled.literals, bytes, start, end);
    for (const { needle } of hits) {
      if (needle.owner.kind !== "context") continue;
      for (const rule of needle.owner.rules) this.#context[rule.index] = SEEN;
    }
    for (const { needle, at } of hits) {
      if (needle.owner.kind === "context") continue;
      const { rule, filter, bit, from, to } = needle.owner;
      if ((this.#on[filter.index]! & bit) === 0) continue;
      if (rule.member !== null) this.named.push(rule);
      const first = at + this.#leastBytesTo(from - needle.lead);
      const last = at + this.#mostBytesTo(to - needle.lead);
      this.#tryLiteral(filter, bit, rule, first, last);
    }
  }

  #tryLiteral(filter: StartFilter, bit: number, rule: Rule, from: number, to: number): void {
    const { bytes, start, end, escaped } = this.#stretch;
    const last = Math.min(to, end - 1);
    for (let at = Math.max(from, this.#resume[rule.index]!); at <= last; at++) {
      if (rulesStartingAt(filter, bit, bytes, at, start, end, escaped) !== 0) this.#tryRule(filter, bit, at);
      at = Math.max(at, this.#resume[rule.index]! - 1);
    }
    // Names that stand close together have starts in common.
    this.#resume[rule.index] = Math.max(this.#resume[rule.index]!, last + 1);
  }

  #scanDigits(): void {
    const { runMin, leadByRun, filters } = this.#compiled.digits;
    const { bytes, start, end } = this.#stretch;
    let tried = start;
    eachDigitRun(bytes, start, end, runMin, (runStart, runEnd) => {
      const lead = leadByRun[Math.min(runEnd - runStart, leadByRun.length - 1)]!;
      const from = Math.max(runStart + this.#leastBytesTo(-lead), tried);
      const to = runEnd - runMin;
      for (const filter of filters) this.#tryBetween(filter, from, to);
      tried = Math.max(tried, to + 1);
    });
  }

  #scanAtSigns(): void {
    const { start, end } = this.#stretch;
    const { lead, filters } = this.#compiled.atSign;
    let tried = start;
    for (let at = this.#atSignFrom(start); at < end; at = this.#atSignFrom(at + 1)) {
      const from = Math.max(at + this.#leastBytesTo(-lead), tried);
      for (const filter of filters) this.#tryBetween(filter, from, at);
      tried = at + 1;
    }
  }

  // The search runs past the stretch, so its result is kept for the stretches that follow.
  #atSignFrom(from: number): number {
    const { bytes } = this.#stretch;
    if (bytes !== this.#atSignBytes || this.#nextAtSign < from) {
      const at = bytes.indexOf(AT_SIGN, from);
      this.#atSignBytes = bytes;
      this.#nextAtSign = at === -1 ? bytes.length : at;
    }
    return this.#nextAtSign;
  }

  #scanLinear(rule: LinearRule): void {
    const decoded = this.#text();
    let span = rule.findFrom(decoded.text, 0);
    while (span !== null) {
      this.#found(rule, decoded.startOf(span.start), decoded.endOf(span.end));
      span = rule.findFrom(decoded.text, span.end);
    }
  }

  /** The least distance in bytes of what stands so many characters on (or, below 0, back). */
  #leastBytesTo(characters: number): number {
    return this.#stretch.plain || characters > 0 ? characters : characters * BYTES_PER_UNIT_MAX;
  }

  /** The greatest distance in bytes of what stands so many characters on (or, below 0, back). */
  #mostBytesTo(characters: number): number {
    return this.#stretch.plain || characters < 0 ? characters : characters * BYTES_PER_UNIT_MAX;
  }

  /** Tries the rules of the filter at each byte from `from` to `to`. */
  #tryBetween(filter: StartFilter, from: number, to: number): void {
    const { bytes, start, end, escaped } = this.#stretch;
    const last = Math.min(to, end - 1);
    for (let at = from; ; at++) {
      const wanted = this.#wanted[filter.index]!;
      at = nextStart(filter, wanted, bytes, at, last, start, escaped);
      if (at > last) return;
      let rules = rulesStartingAt(filter, wanted, bytes, at, start, end, escaped);
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
    if (!this.#mayHaveContext(rule)) {
      this.#wanted[filter.index]! &= ~bit;
      return;
    }
    const decoded = this.#text();
    const index = decoded.indexAt(at);
    // A byte inside of a character or an escape starts nothing.
    if (decoded.startOf(index) !== at) return;
    const end = this.#tryAt(rule, index);
    if (end !== 0) this.#resume[rule.index] = Math.max(end, at + 1);
  }

  /** Past the last byte of what the rule finds at the index, or 0 when it finds nothing there. */
  #tryAt(rule: Rule, index: number): number {
    const decoded = this.#text();
    const span = matchAt(rule, decoded.text, index);
    if (span === null) return 0;
    if (rule.accepts !== null && !rule.accepts(decoded.text.slice(span.start, span.end))) return 0;
    if (
      rule.context !== null &&
      !contextAllows(rule.context, decoded.text, span.start, span.end, this.#stretch.key())
    ) {
      return 0;
    }
    const end = decoded.endOf(span.end);
    this.#found(rule, decoded.startOf(span.start), end);
    return end;
  }

  #mayHaveContext(rule: Rule): boolean {
    const requires = rule.context?.requires;
    if (this.#context[rule.index] === UNKNOWN && requires) {
      const key = this.#stretch.key();
      this.#context[rule.index] = key !== null && requires.test(key) ? SEEN : ABSENT;
    }
    return this.#context[rule.index] === SEEN;
  }

  #text(): DecodedText {
    if (!this.#isDecoded) {
      const { bytes, start, end, escaped, plain } = this.#stretch;
      if (plain) this.#decoded.readPlain(bytes, start, end);
      else this.#decoded.read(bytes, start, end, escaped);
      this.#isDecoded = true;
    }
    return this.#decoded;
  }
}

const AT_SIGN = 0x40;

// What is known of the words that a rule requires.
const UNKNOWN = 0;
const ABSENT = 1;
const SEEN = 2;

// Two for an escape, three for a character up to U+FFFF, four for one beyond, which is two units.
const BYTES_PER_UNIT_MAX = 3;

function rulesThatAreOn(compiled: CompiledDetectors, direction: Direction): Int32Array {
  const on = new Int32Array(compiled.filters.length);
  for (const { index, rules } of compiled.filters) {
    for (const [at, rule] of rules.entries()) {
      if (rule.direction === null || rule.direction === direction) on[index]! |= 1 << at;
    }
  }
  return on;
}
