import type { CompiledDetectors } from "../detect/compile.ts";
import { contextAllows, contextIsDecided, contextRaises } from "../detect/context-words.ts";
import type { Direction } from "../detect/finding.ts";
import type { FoundBy, Rule } from "../detect/rule.ts";
import type { StartAutomaton } from "../detect/start-automaton.ts";
import { matchAt, type TextSpan } from "../detect/verify.ts";

/** Found in a text that grows; offsets in the whole of it. */
export interface Found {
  readonly by: FoundBy;
  readonly start: number;
  readonly end: number;
}

/**
 * The rules over a text that grows, start after start, each decided as soon as more
 * text can make no difference. Offsets count from the beginning of the whole text,
 * but for those that go into `text`, which are said to be indexes.
 */
export class GrowingScan {
  /** The text that is not decided, and before it what is still looked back at. */
  text = "";
  /** Offset of the first character of `text`. */
  base = 0;
  /** What was found and not yet taken. */
  found: Found[] = [];
  readonly #compiled: CompiledDetectors;
  readonly #starts: StartAutomaton;
  /** How many characters before a start some rule looks at. */
  readonly #lookBack: number;
  /** At every start before this offset, every rule is decided. */
  #decided = 0;
  /** The rules that were not decided there when the text ended; null when none has been tried there. */
  #undecided: readonly Rule[] | null = null;
  #running: Running[] = [];
  /** By rule: the offset from which it goes on behind what it has found. */
  readonly #resume: Float64Array;
  readonly #linearResume: Float64Array;

  constructor(compiled: CompiledDetectors, direction: Direction) {
    this.#compiled = compiled;
    const { starts, lookBack } = compiled.tables(direction).growing();
    this.#starts = starts;
    this.#lookBack = lookBack;
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
      this.#running.push({ rule, start: this.#decided, reported: this.base + span.end });
    }
    this.#undecided = null;
    this.#decided++;
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
    const cut = needed - this.#lookBack - this.base;
    if (cut > 0) {
      this.text = this.text.slice(cut);
      this.base += cut;
    }
    return taken;
  }

  /** Decides start after start, up to the first at which more text could make a difference. */
  #advance(ended: boolean): void {
    for (; this.#decided < this.received; this.#decided++) {
      const index = this.#decided - this.base;
      const before = this.#undecided;
      this.#undecided = null;
      const rules = this.#starts.rulesAt(this.text, index);
      if (rules.length === 0) continue;
      const { open } = this.#starts;
      const undecided = rules.filter((rule) => {
        if (before?.includes(rule) === false) return false;
        return (!ended && this.#isOpen(rule, index, open)) || !this.#decide(rule, index, ended);
      });
      if (undecided.length > 0) {
        this.#undecided = undecided;
        return;
      }
    }
  }

  /** False when text that is still to come could change what the rule finds at the index. */
  #decide(rule: Rule, index: number, ended: boolean): boolean {
    if (this.#resume[rule.index]! > this.base + index) return true;
    if (!ended && this.#couldGoOn(rule, index)) return false;
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

  /** True when the rule has read all of the text and waits for more, so that its pattern need not be asked. */
  #isOpen(rule: Rule, index: number, open: readonly Rule[]): boolean {
    // What stands far behind a match is for the pattern to see.
    return open.includes(rule) && rule.shape.behind <= 1 && this.#resume[rule.index]! <= this.base + index;
  }

  #couldGoOn(rule: Rule, index: number): boolean {
    if (this.text.length - index > rule.shape.maxLength + rule.shape.ahead) return false;
    const { partial } = rule;
    partial.lastIndex = index;
    return partial.test(this.text);
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
      const goesOn = !ended && this.#couldGoOn(running.rule, index);
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
  readonly start: number;
  reported: number;
}

const NOTHING_FOUND: readonly Found[] = [];
