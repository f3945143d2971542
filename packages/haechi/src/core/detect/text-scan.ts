import { eachDigitRun, findNeedles } from "./anchors.ts";
import type { CompiledDetectors } from "./compile.ts";
import { contextAllows } from "./context-words.ts";
import type { LinearRule } from "./custom-rule.ts";
import { type DecodedText, decodedText, plainText } from "./decoded-text.ts";
import type { Direction } from "./finding.ts";
import type { Rule } from "./rule.ts";
import { matchAt, mayMatchBytes, mayMatchText } from "./verify.ts";

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
 * Runs all rules over one stretch of bytes after the other. Anchors say where a rule
 * is worth trying; a rule tries no start twice, and goes on behind what it has found.
 */
export class TextScan {
  readonly #compiled: CompiledDetectors;
  readonly #direction: Direction;
  readonly #found: Found;
  /** By rule: the first byte at which it has not been tried. */
  readonly #untried: Int32Array;
  /** By rule: whether a word that it requires stands anywhere in the stretch or the key. */
  readonly #context: Uint8Array;
  #stretch!: Stretch;
  #decoded: DecodedText | null = null;
  #atSignBytes: Uint8Array | null = null;
  #nextAtSign = 0;
  /** Rules of which a name stands in the last stretch. */
  readonly named: Rule[] = [];

  constructor(compiled: CompiledDetectors, direction: Direction, found: Found) {
    this.#compiled = compiled;
    this.#direction = direction;
    this.#found = found;
    this.#untried = new Int32Array(compiled.rules.length);
    this.#context = new Uint8Array(compiled.rules.length);
  }

  scan(stretch: Stretch): void {
    const { start, end } = stretch;
    this.#stretch = stretch;
    this.#decoded = null;
    this.named.length = 0;
    this.#untried.fill(start);
    this.#context.fill(UNKNOWN);
    for (const rule of this.#compiled.withoutContext) this.#context[rule.index] = SEEN;
    // Literals come first: they tell which context words there are at all.
    this.#scanLiterals();
    this.#scanDigits();
    if (this.#compiled.atSign.length > 0) this.#scanAtSigns();
    for (const rule of this.#compiled.unanchored) this.#tryAround(rule, start, 0, end - start);
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
      if (needle.owner.kind === "context") for (const rule of needle.owner.rules) this.#context[rule.index] = SEEN;
    }
    for (const { needle, at } of hits) {
      if (needle.owner.kind === "context") continue;
      const { rule, from, to } = needle.owner;
      if (rule.member !== null && this.#isOn(rule)) this.named.push(rule);
      this.#tryAround(rule, at, from - needle.lead, to - needle.lead);
    }
  }

  #scanDigits(): void {
    const { runMin, rulesByRun } = this.#compiled.digits;
    if (runMin === 0) return;
    const { bytes, start, end } = this.#stretch;
    eachDigitRun(bytes, start, end, runMin, (runStart, runEnd) => {
      const length = runEnd - runStart;
      for (const { rule, run, lead, startsInside } of rulesByRun[Math.min(length, rulesByRun.length - 1)]!) {
        this.#tryAround(rule, runStart, -lead, startsInside ? length - run : 0);
      }
    });
  }

  #scanAtSigns(): void {
    const { start, end } = this.#stretch;
    for (let at = this.#atSignFrom(start); at < end; at = this.#atSignFrom(at + 1)) {
      for (const { rule, lead } of this.#compiled.atSign) this.#tryAround(rule, at, -lead, 0);
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

  /** Tries the rule at each start that is `from` to `to` characters behind the byte. */
  #tryAround(rule: Rule, at: number, from: number, to: number): void {
    if (!this.#isOn(rule) || !this.#mayHaveContext(rule)) return;
    if ((from === 0 && to === 0) || this.#stretch.plain || this.#isPlainBetween(at + from - 2, at + to)) {
      this.#tryBytes(rule, at + from, at + to);
    } else {
      const index = this.#text().indexAt(at);
      this.#tryText(rule, index + from, index + to);
    }
  }

  #tryBytes(rule: Rule, from: number, to: number): void {
    const { bytes, start, end } = this.#stretch;
    const untried = this.#untried;
    const last = to < end ? to : end - 1;
    let at = Math.max(from, untried[rule.index]!);
    while (at <= last) {
      const next = mayMatchBytes(rule, bytes, at, start, end) ? this.#tryAt(rule, this.#text().indexAt(at)) : 0;
      at = next > at ? next : at + 1;
    }
    untried[rule.index] = at;
  }

  #tryText(rule: Rule, from: number, to: number): void {
    const decoded = this.#text();
    const last = Math.min(to, decoded.text.length - 1);
    let index = Math.max(from, decoded.indexAt(this.#untried[rule.index]!));
    while (index <= last) {
      const next = mayMatchText(rule, decoded.text, index) ? this.#tryAt(rule, index) : 0;
      index = next === 0 ? index + 1 : Math.max(decoded.indexAt(next), index + 1);
    }
    this.#untried[rule.index] = decoded.startOf(Math.min(index, decoded.text.length));
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

  #isOn(rule: Rule): boolean {
    return rule.direction === null || rule.direction === this.#direction;
  }

  #text(): DecodedText {
    if (this.#decoded === null) {
      const { bytes, start, end, escaped, plain } = this.#stretch;
      this.#decoded = plain ? plainText(bytes, start, end) : decodedText(bytes, start, end, escaped);
    }
    return this.#decoded;
  }

  #isPlainBetween(from: number, to: number): boolean {
    const { bytes, start, end } = this.#stretch;
    const past = Math.min(to + 1, end);
    for (let at = Math.max(from, start); at < past; at++) {
      if (bytes[at]! >= 0x80 || bytes[at] === BACKSLASH) return false;
    }
    return true;
  }
}

const AT_SIGN = 0x40;
const BACKSLASH = 0x5c;

// What is known of the words that a rule requires.
const UNKNOWN = 0;
const ABSENT = 1;
const SEEN = 2;
