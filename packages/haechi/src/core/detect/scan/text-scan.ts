import type { Direction } from "../finding.ts";
import type { CompiledDetectors, ScanTables } from "../rules/compile.ts";
import type { LinearRule } from "../rules/custom-rule.ts";
import type { LiteralAnchor } from "../rules/literal-anchor.ts";
import type { Rule } from "../rules/rule.ts";
import type { StartAutomaton } from "../tables/start-automaton.ts";
import { Anchors, type ByteRange } from "./anchors.ts";
import { DigitScan } from "./digit-scan.ts";
import { RuleTrials, type Surroundings } from "./rule-trials.ts";

/**
 * Runs all rules over stretches of the same bytes, one behind the other. Anchors say
 * where a match may start, automata which rules may match there, and only those rules
 * are tried.
 */
export class TextScan {
  /** Where anchors stand in the bytes, in whatever stretch. */
  readonly #anchors = new Anchors<LiteralAnchor>();
  readonly #trials: RuleTrials;
  readonly #digits: DigitScan;
  /** Rules of which a name stands in the last stretch. */
  readonly named: Rule[] = [];
  /** By rule: the number of the last stretch in which one of its names stands. */
  readonly #namedIn: Int32Array;
  #stretches = 0;
  readonly #compiled: CompiledDetectors;
  readonly #surroundings: Surroundings;
  #tables: ScanTables;
  // The first literal and the first @ that stand in the stretch or behind it.
  #nextLiteral = 0;
  #nextAtSign = 0;

  constructor(compiled: CompiledDetectors, surroundings: Surroundings) {
    const rules = compiled.rules.length;
    this.#compiled = compiled;
    this.#surroundings = surroundings;
    this.#tables = compiled.tables("request");
    this.#trials = new RuleTrials(rules, surroundings);
    this.#digits = new DigitScan(rules, this.#trials, this.#tables, this.#anchors);
    this.#namedIn = new Int32Array(rules);
  }

  /** The bytes of the stretches that follow, none of which stands in what is left out. */
  open(bytes: Uint8Array, direction: Direction, leftOut?: readonly ByteRange[]): void {
    this.#tables = this.#compiled.tables(direction);
    this.#trials.open(bytes);
    this.#anchors.open(bytes, this.#tables.literals);
    this.#anchors.findAll(leftOut, this.#tables.labels);
    this.#digits.open(this.#tables);
    this.#nextLiteral = 0;
    this.#nextAtSign = 0;
  }

  /** Forgets the bytes and what they spell. */
  close(): void {
    this.#trials.close();
    this.#anchors.close();
    this.#digits.close();
  }

  /**
   * Scans a stretch, which begins behind the last one. `escaped`: it holds JSON escapes,
   * none of them \u. `plain`: ASCII without escapes, each byte the character it stands for.
   */
  scan(start: number, end: number, escaped: boolean, plain: boolean): void {
    const { atSign, unanchored } = this.#tables;
    this.#stretches++;
    if (this.named.length > 0) this.named.length = 0;
    this.#trials.openStretch(start, end, escaped, plain);
    this.#scanLiterals();
    this.#digits.scan(this.#keyText);
    if (atSign.starts !== null) this.#scanAtSigns(atSign.starts);
    if (unanchored !== null) this.#trials.tryBetween(unanchored, start, end - 1);
    for (const rule of this.#compiled.linear) this.#scanLinear(rule);
  }

  /** The text of the last stretch. */
  get text(): string {
    return this.#trials.whole().text;
  }

  readonly #keyText = () => this.#surroundings.keyText();

  #scanLiterals(): void {
    const { at, what, count } = this.#anchors.literals;
    const { owners } = this.#tables;
    const { needles } = this.#tables.literals;
    let next = this.#nextLiteral;
    while (next < count && at[next]! < this.#trials.start) next++;
    for (; next < count && at[next]! < this.#trials.end; next++) {
      const lead = needles.leadOf(what[next]!);
      const place = at[next]! + lead;
      if (place + needles.lengthOf(what[next]!) > this.#trials.end) continue;
      const { keyed, opening, apart } = owners.of(what[next]!);
      for (const rule of keyed) this.#noteNamed(rule);
      if (opening !== null) this.#trials.tryBetween(opening, place, place);
      for (const anchor of apart) {
        const { from, to } = anchor.span;
        this.#tryLiteral(
          anchor,
          place + this.#trials.leastBytesTo(from - lead),
          place + this.#trials.mostBytesTo(to - lead),
        );
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
    const trials = this.#trials;
    const { bytes, start, end, escaped } = trials;
    const last = Math.min(to, end - 1);
    if (rule.needsDigit && !this.#digits.mayHoldDigit(from, last + trials.mostBytesTo(rule.shape.maxLength))) return;
    for (let at = trials.nextPlace(rule, Math.max(from, start)); ; at = trials.nextPlace(rule, at + 1)) {
      at = starts.nextStart(bytes, at, last, start, end, escaped);
      if (at > last) break;
      trials.tryRule(rule, at);
    }
    // Names that stand close together have starts in common.
    trials.goOnFrom(rule, last + 1);
  }

  #scanAtSigns(starts: StartAutomaton): void {
    const trials = this.#trials;
    const { start, end } = trials;
    const { at, count } = this.#anchors.atSigns;
    let next = this.#nextAtSign;
    while (next < count && at[next]! < start) next++;
    let tried = start;
    for (; next < count && at[next]! < end; next++) {
      const least = trials.leastBytesTo(-this.#tables.atSign.lead());
      trials.tryBetween(starts, Math.max(at[next]! + least, tried), at[next]!);
      tried = at[next]! + 1;
    }
    this.#nextAtSign = next;
  }

  #scanLinear(rule: LinearRule): void {
    const decoded = this.#trials.whole();
    let span = rule.findFrom(decoded.text, 0);
    while (span !== null) {
      this.#surroundings.found(rule, decoded.startOf(span.start), decoded.endOf(span.end));
      span = rule.findFrom(decoded.text, span.end);
    }
  }
}
