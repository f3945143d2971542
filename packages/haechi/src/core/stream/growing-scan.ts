import type { Direction } from "../detect/finding.ts";
import type { CompiledDetectors } from "../detect/rules/compile.ts";
import { contextAllows, contextIsDecided, contextRaises } from "../detect/rules/context-words.ts";
import type { LiteralAnchor } from "../detect/rules/literal-anchor.ts";
import type { FoundBy, Rule } from "../detect/rules/rule.ts";
import { matchAt, type TextSpan } from "../detect/rules/verify.ts";
import type { StartAutomaton } from "../detect/tables/start-automaton.ts";
import { type GrowingTables, growingTables } from "./growing-tables.ts";
import { mayBeginAt, OpenMatch } from "./open-match.ts";

/** Found in a text that grows; offsets in the whole of it. */
export interface Found {
  readonly by: FoundBy;
  readonly start: number;
  readonly end: number;
}

/**
 * The rules over a text that grows, start after start, each decided as soon as more
 * text can make no difference. A rule that begins with a literal is asked where that
 * stands, one with a name where the name stands and some way behind it, all others
 * where an automaton says so. Rules are not told of the header of a column, which
 * may have gone on long ago.
 *
 * Offsets count from the beginning of the whole text, but for those that go into
 * `text`, which are said to be indexes.
 */
export class GrowingScan {
  /** The text that is not decided, and before it what is still looked back at. */
  text = "";
  /** Offset of the first character of `text`. */
  base = 0;
  /** What was found and not yet taken. */
  found: Found[] = [];
  readonly #compiled: CompiledDetectors;
  readonly #tables: GrowingTables;
  /** At every start before this offset, every rule is decided. */
  #decided = 0;
  /** The rules that were not decided there when the text ended; null when none has been tried there. */
  #undecided: readonly Rule[] | null = null;
  /** The rules of which a literal stands there. */
  readonly #opened = new Set<Rule>();
  /** What has been read there, by rule, where the automata do not tell. */
  readonly #reading = new Map<Rule, OpenMatch>();
  /** Keyed rules of which a name stands before that, with the last offset at which they may start. */
  #named: Named[] = [];
  #running: Running[] = [];
  /** By rule: the offset from which it goes on behind what it has found. */
  readonly #resume: Float64Array;
  readonly #linearResume: Float64Array;

  constructor(compiled: CompiledDetectors, direction: Direction) {
    this.#compiled = compiled;
    this.#tables = growingTables(compiled, direction);
    this.#resume = new Float64Array(compiled.rules.length);
    this.#linearResume = new Float64Array(compiled.linear.length);
  }

  get received(): number {
    return this.base + this.text.length;
  }

  /** Decides what can be decided. No more text than behind `floor` may wait for what is still to come. */
  grow(text: string, floor: number, ended: boolean): void {
    this.text += text;
    this.#continueRunning(floor, ended);
    this.#advance(ended);
    this.#scanLinear(floor);
  }

  /** Decides the first undecided start by what is there of it; false when none is undecided. */
  decideEarly(ended: boolean): boolean {
    if (this.#decided === this.received) return false;
    const index = this.#decided - this.base;
    for (const rule of this.#undecided ?? []) {
      const span = this.#acceptedMatch(rule, index);
      if (span === null) continue;
      const by = this.#foundBy(rule, span);
      if (by === null) continue;
      this.#find(by, span.start, span.end);
      this.#resume[rule.index] = Number.POSITIVE_INFINITY;
      const reading = new OpenMatch(rule, this.text, index);
      this.#running.push({ rule, reading, start: this.#decided, reported: this.base + span.end });
    }
    this.#leaveStart();
    this.#advance(ended);
    return true;
  }

  /** Up to where nothing is undecided. */
  decidedUpTo(floor: number, ended: boolean): number {
    let end = this.#decided;
    if (ended) return end;
    if (this.#compiled.linear.length > 0) end = Math.min(end, floor);
    for (const { reported } of this.#running) end = Math.min(end, Math.max(reported, floor));
    return end;
  }

  /** Takes what was found before the offset, and drops the text before it that no rule looks back at. */
  take(end: number): readonly Found[] {
    let taken = NOTHING_FOUND;
    if (this.found.length > 0) {
      taken = this.found.filter(({ start }) => start < end);
      this.found = this.found.filter(({ start }) => start >= end);
    }
    let needed = Math.min(end, this.#decided);
    for (const { start } of this.#running) needed = Math.min(needed, start);
    const cut = needed - this.#tables.lookBack - this.base;
    if (cut > 0) {
      this.text = this.text.slice(cut);
      this.base += cut;
    }
    return taken;
  }

  /** Decides start after start, up to the first at which more text could make a difference. */
  #advance(ended: boolean): void {
    while (this.#decided < this.received) {
      if (!this.#decideStart(this.#decided - this.base, ended)) return;
      this.#leaveStart();
    }
  }

  #leaveStart(): void {
    this.#undecided = null;
    if (this.#opened.size > 0) this.#opened.clear();
    if (this.#reading.size > 0) this.#reading.clear();
    this.#decided++;
    if (this.#named.length > 0) this.#named = this.#named.filter(({ until }) => until >= this.#decided);
  }

  /** Decides what can be decided of the first undecided start; false when some of it cannot. */
  #decideStart(index: number, ended: boolean): boolean {
    const before = this.#undecided;
    const { literals, others } = this.#tables;
    literals.read(this.text, index);
    const undecided: Rule[] = [];
    for (const anchor of literals.found) this.#noteLiteral(anchor, index);
    for (const rule of this.#opened) if (!this.#decide(rule, index, ended)) undecided.push(rule);
    for (const starts of others) this.#decideBy(starts, index, ended, before, undecided);
    for (const { anchor } of this.#named) this.#decideBy(anchor.starts, index, ended, null, undecided);
    this.#undecided = undecided;
    return undecided.length === 0 && (ended || !literals.isOpen);
  }

  #noteLiteral(anchor: LiteralAnchor, index: number): void {
    const { rule } = anchor;
    if (!anchor.isKeyed || anchor.span.to === 0) {
      this.#opened.add(rule);
      return;
    }
    const until = this.base + index + anchor.span.to;
    const known = this.#named.find((named) => named.anchor === anchor);
    if (known === undefined) this.#named.push({ anchor, until });
    else known.until = Math.max(known.until, until);
  }

  /** Adds the rules of the automaton that are undecided at the index, of those that were before if it has been tried. */
  #decideBy(
    starts: StartAutomaton,
    index: number,
    ended: boolean,
    before: readonly Rule[] | null,
    undecided: Rule[],
  ): void {
    const rules = starts.rulesAt(this.text, index);
    if (rules.length === 0) return;
    // To an automaton, all that is not ASCII is the same.
    const isAscii = this.text.charCodeAt(index) < 0x80;
    const open = isAscii && !ended ? starts.open : NO_RULES;
    for (const rule of rules) {
      if (!isAscii && !mayBeginAt(rule, this.text, index)) continue;
      if (before?.includes(rule) === false || this.#isAnchoredTooFar(rule, index)) continue;
      const waits = open.includes(rule) && this.#resume[rule.index]! <= this.base + index;
      if (waits || !this.#decide(rule, index, ended)) undecided.push(rule);
    }
  }

  /**
   * True when the literal of a rule that may stand very far behind a start does not
   * stand near it: every brace would be waited for otherwise.
   */
  #isAnchoredTooFar({ detector: { anchor } }: Rule, index: number): boolean {
    if (anchor.kind !== "literal" || (anchor.lead ?? 0) <= LEAD_MAX || anchor.literals.length === 0) return false;
    if (this.text.length - index < LEAD_WAITED_FOR) return false;
    const near = this.text.slice(index, index + LEAD_WAITED_FOR).toLowerCase();
    return !anchor.literals.some((literal) => near.includes(literal.toLowerCase()));
  }

  /** False when text that is still to come could change what the rule finds at the index. */
  #decide(rule: Rule, index: number, ended: boolean): boolean {
    if (this.#resume[rule.index]! > this.base + index) return true;
    if (!ended) {
      const reading = this.#readingOf(rule, index);
      if (reading.goesOn(this.text, index)) return false;
      if (!reading.mayHaveEnded) return true;
    }
    const span = this.#acceptedMatch(rule, index);
    if (span === null) return true;
    if (rule.context !== null && !ended && !contextIsDecided(rule.context, this.text, span.start, span.end))
      return false;
    const by = this.#foundBy(rule, span);
    if (by === null) return true;
    this.#find(by, span.start, span.end);
    this.#resume[rule.index] = this.base + Math.max(span.end, index + 1);
    return true;
  }

  /** What has been read of the rule at the first undecided start. */
  #readingOf(rule: Rule, index: number): OpenMatch {
    let reading = this.#reading.get(rule);
    if (reading === undefined) {
      reading = new OpenMatch(rule, this.text, index);
      this.#reading.set(rule, reading);
    }
    return reading;
  }

  #acceptedMatch(rule: Rule, index: number): TextSpan | null {
    const span = matchAt(rule, this.text, index);
    return span === null || rule.accepts?.(this.text.slice(span.start, span.end)) === false ? null : span;
  }

  /** By what something is found, in view of the words around it; null when they do not let it count. */
  #foundBy(rule: Rule, { start, end }: TextSpan): FoundBy | null {
    if (rule.context === null) return rule;
    if (!contextAllows(rule.context, this.text, start, end, null)) return null;
    return contextRaises(rule.context, this.text, start, end, null) ? rule.raised : rule;
  }

  #find(by: FoundBy, startIndex: number, endIndex: number): void {
    this.found.push({ by, start: this.base + startIndex, end: this.base + endIndex });
  }

  /** What continues a match that was found early is found too, until it can go on no longer. */
  #continueRunning(floor: number, ended: boolean): void {
    this.#running = this.#running.filter((running) => {
      const index = running.start - this.base;
      const reported = Math.max(running.reported, Math.min(floor, this.#decided));
      const end = this.base + (matchAt(running.rule, this.text, index)?.end ?? 0);
      if (end > reported) {
        this.#find(running.rule, reported - this.base, end - this.base);
        running.reported = end;
      }
      const goesOn = !ended && running.reading.goesOn(this.text, index);
      if (!goesOn) this.#resume[running.rule.index] = running.reported;
      return goesOn;
    });
  }

  /** A rule of which the beginning of a match cannot be told is given all that may be held to show one. */
  #scanLinear(floor: number): void {
    for (const [at, rule] of this.#compiled.linear.entries()) {
      let resume = this.#linearResume[at]!;
      while (resume < floor) {
        const span = rule.findFrom(this.text, resume - this.base);
        if (span === null || this.base + span.start >= floor) resume = floor;
        else {
          this.#find(rule, span.start, span.end);
          resume = this.base + span.end;
        }
      }
      this.#linearResume[at] = resume;
    }
  }
}

/** A match that was reported before its end was known. */
interface Running {
  readonly rule: Rule;
  readonly reading: OpenMatch;
  readonly start: number;
  reported: number;
}

interface Named {
  readonly anchor: LiteralAnchor;
  until: number;
}

/** A literal that may stand further behind a start is waited for no longer than this many characters. */
const LEAD_MAX = 512;
const LEAD_WAITED_FOR = 24;

const NO_RULES: readonly Rule[] = [];
const NOTHING_FOUND: readonly Found[] = [];
