import { Anchors } from "./anchors.ts";
import type { CompiledDetectors, DigitAnchor, ScanTables } from "./compile.ts";
import { contextAllows, contextRaises } from "./context-words.ts";
import type { LinearRule } from "./custom-rule.ts";
import { DecodedText, SPELLED_BY_LETTER } from "./decoded-text.ts";
import { NO_START } from "./digit-rule.ts";
import type { Direction } from "./finding.ts";
import { LabelNames } from "./label-names.ts";
import { LabelPlaces } from "./label-places.ts";
import type { LabelledDigits } from "./labelled-digits.ts";
import type { LiteralAnchor } from "./literal-anchor.ts";
import type { LiteralOwner } from "./needle-owners.ts";
import type { FoundBy, Rule } from "./rule.ts";
import type { StartAutomaton } from "./start-automaton.ts";
import { TableHeaders } from "./table-headers.ts";
import { matchAt } from "./verify.ts";

/** What surrounds the stretch under scan, and who is told of what is found in it. */
export interface Surroundings {
  found(by: FoundBy, start: number, end: number): void;
  /** The text of the JSON key over the stretch, where context words may stand too. */
  keyText(): string | null;
}

/**
 * Runs all rules over stretches of the same bytes, one behind the other. Anchors say
 * where a match may start, automata which rules may match there, and only those rules
 * are tried, on as much of the text as a match can take. A rule goes on behind what it
 * has found.
 */
export class TextScan {
  /** Where anchors stand in the bytes, in whatever stretch. */
  readonly #anchors = new Anchors<LiteralOwner>();
  /** Rules of which a name stands in the last stretch. */
  readonly named: Rule[] = [];
  /** By rule: the number of the last stretch in which one of its names stands. */
  readonly #namedIn: Int32Array;
  #stretches = 0;
  readonly #compiled: CompiledDetectors;
  readonly #surroundings: Surroundings;
  #tables: ScanTables;
  /** Where the words stand that rules anchored by digits require, and which keys and headers hold them. */
  readonly #labels: LabelPlaces;
  readonly #labelNames = new LabelNames();
  readonly #headers = new TableHeaders();
  /** True when `#headers` reads the text of the stretch. */
  #hasHeaders = false;
  /** The labelled rules that have a word in the key over the stretch. */
  #byKey: ReadonlySet<Rule> | null = null;
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
    this.#tables = compiled.tables("request");
    this.#labels = new LabelPlaces(compiled.rules.length);
    this.#namedIn = new Int32Array(compiled.rules.length);
    this.#resume = new Int32Array(compiled.rules.length);
    this.#reach = new Int32Array(compiled.rules.length);
  }

  /** The bytes of the stretches that follow. */
  open(bytes: Uint8Array, direction: Direction): void {
    this.#bytes = bytes;
    this.#tables = this.#compiled.tables(direction);
    this.#resume.fill(0);
    this.#reach.fill(0);
    this.#anchors.find(bytes, this.#tables.literals, this.#tables.digits.runMin);
    this.#labels.open(this.#anchors.literals, this.#tables);
    this.#nextLiteral = 0;
    this.#nextDigitRun = 0;
    this.#nextAtSign = this.#tables.atSign.starts === null ? bytes.length : atSignFrom(bytes, 0);
  }

  /** Forgets the bytes and what they spell. */
  close(): void {
    this.#bytes = NO_BYTES;
    this.#decoded.open(NO_BYTES, 0, 0, false, true);
    this.#anchors.clear();
    this.#headers.open("");
    this.#labelNames.clear();
  }

  /**
   * Scans a stretch, which begins behind the last one. `escaped`: it holds JSON escapes,
   * none of them \u. `plain`: ASCII without escapes, each byte the character it stands for.
   */
  scan(start: number, end: number, escaped: boolean, plain: boolean): void {
    const { digits, atSign, unanchored } = this.#tables;
    this.#start = start;
    this.#end = end;
    this.#escaped = escaped;
    this.#plain = plain;
    this.#hasHeaders = false;
    this.#stretches++;
    if (this.named.length > 0) this.named.length = 0;
    this.#decoded.open(this.#bytes, start, end, escaped, plain);
    this.#scanLiterals();
    this.#scanDigits(digits);
    if (atSign.starts !== null) this.#scanAtSigns(atSign.starts);
    if (unanchored !== null) this.#tryBetween(unanchored, start, end - 1);
    for (const rule of this.#compiled.linear) this.#scanLinear(rule);
  }

  /** The text of the last stretch. */
  get text(): string {
    return this.#decoded.whole();
  }

  #scanLiterals(): void {
    const { at, what, count } = this.#anchors.literals;
    const { literals, owners } = this.#tables;
    let next = this.#nextLiteral;
    while (next < count && at[next]! < this.#start) next++;
    for (; next < count && at[next]! < this.#end; next++) {
      const { lead, bytes } = literals.needles[what[next]!]!;
      const place = at[next]! + lead;
      if (place + bytes.length > this.#end) continue;
      const { keyed, opening, apart } = owners.of(what[next]!);
      for (const rule of keyed) this.#noteNamed(rule);
      if (opening !== null) this.#tryBetween(opening, place, place);
      for (const anchor of apart) {
        const { from, to } = anchor.span;
        this.#tryLiteral(anchor, place + this.#leastBytesTo(from - lead), place + this.#mostBytesTo(to - lead));
      }
    }
    this.#nextLiteral = next;
  }

  #noteNamed(rule: Rule): void {
    if (this.#namedIn[rule.index] === this.#stretches) return;
    this.#namedIn[rule.index] = this.#stretches;
    this.named.push(rule);
  }

  #tryLiteral({ rule, starts }: LiteralAnchor, from: number, to: number): void {
    const last = Math.min(to, this.#end - 1);
    if (rule.needsDigit && !this.#mayHoldDigit(from, last + this.#mostBytesTo(rule.shape.maxLength))) return;
    const resume = this.#resume;
    for (let at = Math.max(from, this.#start, resume[rule.index]!); ; at = Math.max(at + 1, resume[rule.index]!)) {
      at = starts.nextStart(this.#bytes, at, last, this.#start, this.#end, this.#escaped);
      if (at > last) break;
      this.#tryRule(rule, at);
    }
    // Names that stand close together have starts in common.
    resume[rule.index] = Math.max(resume[rule.index]!, last + 1);
  }

  /** False when no digit stands between the two places. */
  #mayHoldDigit(from: number, to: number): boolean {
    // Shorter runs are not noted.
    if (this.#tables.digits.runMin > 1) return true;
    const { at, what, count } = this.#anchors.digitRuns;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (what[middle]! <= from) low = middle + 1;
      else high = middle;
    }
    return low < count && at[low]! < to;
  }

  #scanDigits({ starts, leadByRun, labelled, runMin }: DigitAnchor): void {
    const { at, count } = this.#anchors.digitRuns;
    if (this.#nextDigitRun === count) return;
    let first = this.#nextDigitRun;
    while (first < count && at[first]! < this.#start) first++;
    let past = first;
    if (first < count && at[first]! < this.#end) {
      past = this.#scanRuns(first, starts, leadByRun(), runMin, null);
      this.#scanLabelled(first, labelled, runMin);
    }
    this.#nextDigitRun = past;
  }

  /** Tries the rules that have a word near, or in the key, or in the header of the column. */
  #scanLabelled(first: number, labelled: LabelledDigits, runMin: number): void {
    const byKey = this.#labelNames.rulesNamedBy(this.#surroundings.keyText(), this.#tables);
    if (!this.#labels.standBetween(this.#start, this.#end) && byKey === null) return;
    this.#byKey = byKey;
    this.#scanRuns(first, labelled.starts, labelled.leadByRun, runMin, labelled);
  }

  /** Past the last run of digits of the stretch, of which the first is given by its number. */
  #scanRuns(
    first: number,
    starts: StartAutomaton,
    leadByRun: readonly number[],
    runMin: number,
    labelled: LabelledDigits | null,
  ): number {
    const { at, what, count } = this.#anchors.digitRuns;
    let tried = this.#start;
    let next = first;
    for (; next < count && at[next]! < this.#end; next++) {
      const runStart = at[next]!;
      const runEnd = what[next]!;
      const lead = leadByRun[Math.min(runEnd - runStart, leadByRun.length - 1)]!;
      if (lead === NO_START) continue;
      const from = Math.max(this.#charactersBefore(runStart, lead), tried);
      const to = runEnd - runMin;
      if (labelled === null) this.#tryBetween(starts, from, to);
      else if (this.#mayBeLabelled(labelled, from, to)) this.#tryLabelledBetween(labelled.starts, from, to);
      tried = Math.max(tried, to + 1);
    }
    return next;
  }

  #scanAtSigns(starts: StartAutomaton): void {
    if (this.#nextAtSign === this.#bytes.length) return;
    const lead = this.#tables.atSign.lead();
    if (this.#nextAtSign < this.#start) this.#nextAtSign = atSignFrom(this.#bytes, this.#start);
    let tried = this.#start;
    while (this.#nextAtSign < this.#end) {
      const at = this.#nextAtSign;
      this.#tryBetween(starts, Math.max(at + this.#leastBytesTo(-lead), tried), at);
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

  /** Tries the rules of the automaton where they may start, from `from` to `to`. */
  #tryBetween(starts: StartAutomaton, from: number, to: number): void {
    const last = Math.min(to, this.#end - 1);
    for (let at = from; ; at++) {
      at = starts.nextStart(this.#bytes, at, last, this.#start, this.#end, this.#escaped);
      if (at > last) return;
      for (const rule of starts.rules) this.#tryRule(rule, at);
    }
  }

  /** False when no word is near any place between the two, nor in the key, nor in the header of the column. */
  #mayBeLabelled({ ahead, behind }: LabelledDigits, from: number, to: number): boolean {
    const labels = this.#labels;
    labels.noteTo(Math.min(this.#end, to + this.#mostBytesTo(ahead)));
    if (this.#byKey !== null) return true;
    // A word in a header stands in the stretch too.
    if (labels.lastOfAny < this.#start) return false;
    if (labels.lastOfAny >= from + this.#leastBytesTo(-behind)) return true;
    return this.#rulesNamedOver(from) !== null || this.#rulesNamedOver(to) !== null;
  }

  #tryLabelledBetween(starts: StartAutomaton, from: number, to: number): void {
    const last = Math.min(to, this.#end - 1);
    for (let at = from; ; at++) {
      at = starts.nextStart(this.#bytes, at, last, this.#start, this.#end, this.#escaped);
      if (at > last) return;
      this.#tryLabelled(starts.rules, at);
    }
  }

  #tryLabelled(rules: readonly Rule[], at: number): void {
    const labels = this.#labels;
    const byKey = this.#byKey;
    const byHeader = labels.lastOfAny >= this.#start ? this.#rulesNamedOver(at) : null;
    for (const rule of rules) {
      const isNear = labels.lastOf(rule.index) >= Math.max(this.#start, at + this.#leastBytesTo(-rule.context!.reach));
      if (isNear || byKey?.has(rule) === true || byHeader?.has(rule) === true) this.#tryRule(rule, at);
    }
  }

  #rulesNamedOver(at: number): ReadonlySet<Rule> | null {
    return this.#labelNames.rulesNamedBy(this.#headerAt(at), this.#tables);
  }

  /** The header over the byte, when it stands in the column of a table. */
  #headerAt(byte: number): string | null {
    const text = this.#decoded.whole();
    if (!this.#hasHeaders) this.#headers.open(text);
    this.#hasHeaders = true;
    return this.#headers.headerAt(this.#decoded.indexAt(byte));
  }

  #tryRule(rule: Rule, at: number): void {
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
    const { context } = rule;
    if (context !== null) {
      decoded.cover(start + this.#leastBytesTo(-context.reach), end + this.#mostBytesTo(context.reach));
      // With more of the text before it, everything stands at another index.
      const shift = decoded.indexAt(at) - index;
      const { text } = decoded;
      const key = this.#surroundings.keyText();
      const header = () => this.#headerAt(start);
      if (!contextAllows(context, text, span.start + shift, span.end + shift, key, header)) return 0;
      if (contextRaises(context, text, span.start + shift, span.end + shift, key, header)) by = rule.raised;
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
