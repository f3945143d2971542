import { BEYOND_ASCII } from "../detect/code-set.ts";
import type { CompiledDetectors } from "../detect/compile.ts";
import { contextAllows, contextIsDecided } from "../detect/context-words.ts";
import type { EntityType } from "../detect/entity-type.ts";
import type { Direction } from "../detect/finding.ts";
import type { Rule } from "../detect/rule.ts";
import type { FoundBy } from "../detect/text-scan.ts";
import { matchAt, mayMatchText, type TextSpan } from "../detect/verify.ts";
import { type StartTable, startTableFor } from "./start-table.ts";

/** A finding in a piece of text: UTF-16 offsets in the `text` of the same `StreamProgress`. */
export interface TextFinding {
  readonly entityType: EntityType;
  readonly ruleId: string;
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
}

export interface StreamProgress {
  /** Text that is decided now and may go on. */
  readonly text: string;
  /** What was found in it, by start and the longer first; overlaps are not resolved. */
  readonly findings: readonly TextFinding[];
}

/** Scans one text that arrives in pieces. What it finds does not depend on how the text is cut. */
export interface StreamScanner {
  push(text: string): StreamProgress;
  /** Decides all that is held. */
  end(): StreamProgress;
  /** UTF-16 units that are held back. */
  readonly heldLength: number;
}

export interface StreamScannerOptions {
  readonly direction: Direction;
  /**
   * UTF-16 units that are held back at most. A candidate that needs more is decided
   * early: when it is a match already, it is found as far as it goes and whatever
   * continues it follows as findings that touch; otherwise it is let go.
   */
  readonly heldMax: number;
}

export function openStreamScanner(compiled: CompiledDetectors, options: StreamScannerOptions): StreamScanner {
  return new Scanner(compiled, options);
}

/** Found, but not yet released. */
interface Pending {
  readonly by: FoundBy;
  readonly start: number;
  readonly end: number;
}

/** A match that was reported before its end was known. */
interface Running {
  readonly rule: Rule;
  readonly start: number;
  reported: number;
}

// Offsets count from the beginning of the whole text, but for those that go into
// `#text`, which are said to be indexes.
class Scanner implements StreamScanner {
  readonly #compiled: CompiledDetectors;
  readonly #heldMax: number;
  readonly #starts: StartTable;

  /** What is held, and before it what is released but still looked back at. */
  #text = "";
  /** Offset of the first character of `#text`. */
  #base = 0;
  /** Everything before this offset has gone on. */
  #released = 0;
  /** At every start before this offset, every rule is decided. */
  #decided = 0;
  /** The rules that were not decided there when the text ended; null when none has been tried there. */
  #undecided: readonly Rule[] | null = null;
  #pending: Pending[] = [];
  #running: Running[] = [];
  /** By rule: the offset from which it goes on behind what it has found. */
  readonly #resume: Float64Array;
  readonly #linearResume: Float64Array;

  constructor(compiled: CompiledDetectors, { direction, heldMax }: StreamScannerOptions) {
    this.#compiled = compiled;
    this.#heldMax = heldMax;
    this.#starts = startTableFor(compiled, direction);
    this.#resume = new Float64Array(compiled.rules.length);
    this.#linearResume = new Float64Array(compiled.linear.length);
  }

  get heldLength(): number {
    return this.#received - this.#released;
  }

  get #received(): number {
    return this.#base + this.#text.length;
  }

  push(text: string): StreamProgress {
    if (text === "") return NO_PROGRESS;
    this.#text += text;
    return this.#progress(false);
  }

  end(): StreamProgress {
    return this.#progress(true);
  }

  #progress(ended: boolean): StreamProgress {
    const floor = ended ? this.#received : this.#received - this.#heldMax;
    this.#continueRunning(ended);
    this.#advance(ended);
    this.#scanLinear(floor);
    let end = this.#releasable(ended, floor);
    while (end < floor && this.#decided < this.#received) {
      this.#decideEarly();
      this.#advance(ended);
      end = this.#releasable(ended, floor);
    }
    // Only findings longer than all that may be held still stand over the floor.
    return this.#release(end < floor ? this.#behindFindings(floor) : end);
  }

  /** Decides start after start, up to the first at which more text could make a difference. */
  #advance(ended: boolean): void {
    for (; this.#decided < this.#received; this.#decided++) {
      const index = this.#decided - this.#base;
      const rules = this.#undecided ?? this.#starts.rulesByCode[codeAt(this.#text, index)]!;
      this.#undecided = null;
      const undecided = rules.filter((rule) => !this.#decide(rule, index, ended));
      if (undecided.length > 0) {
        this.#undecided = undecided;
        return;
      }
    }
  }

  /** False when text that is still to come could change what the rule finds at the index. */
  #decide(rule: Rule, index: number, ended: boolean): boolean {
    if (this.#resume[rule.index]! > this.#base + index || !mayMatchText(rule, this.#text, index)) return true;
    if (!ended && this.#couldGoOn(rule, index)) return false;
    const span = this.#acceptedMatch(rule, index);
    if (span === null) return true;
    if (rule.context !== null) {
      if (!ended && !contextIsDecided(rule.context, this.#text, span.start, span.end)) return false;
      if (!contextAllows(rule.context, this.#text, span.start, span.end, null)) return true;
    }
    this.#find(rule, span.start, span.end);
    this.#resume[rule.index] = this.#base + Math.max(span.end, index + 1);
    return true;
  }

  #couldGoOn(rule: Rule, index: number): boolean {
    if (this.#text.length - index > rule.shape.maxLength + rule.shape.ahead) return false;
    const partial = rule.partial();
    partial.lastIndex = index;
    return partial.test(this.#text);
  }

  #acceptedMatch(rule: Rule, index: number): TextSpan | null {
    const span = matchAt(rule, this.#text, index);
    return span === null || rule.accepts?.(this.#text.slice(span.start, span.end)) === false ? null : span;
  }

  #find(by: FoundBy, startIndex: number, endIndex: number): void {
    this.#pending.push({ by, start: this.#base + startIndex, end: this.#base + endIndex });
  }

  /** Decides the first undecided start by what is there of it. */
  #decideEarly(): void {
    const index = this.#decided - this.#base;
    for (const rule of this.#undecided ?? []) {
      const span = this.#acceptedMatch(rule, index);
      if (span === null) continue;
      if (rule.context !== null && !contextAllows(rule.context, this.#text, span.start, span.end, null)) continue;
      this.#find(rule, span.start, span.end);
      this.#resume[rule.index] = Number.POSITIVE_INFINITY;
      this.#running.push({ rule, start: this.#decided, reported: this.#base + span.end });
    }
    this.#undecided = null;
    this.#decided++;
  }

  /** What continues a match that was reported early is found too, until it can go on no longer. */
  #continueRunning(ended: boolean): void {
    this.#running = this.#running.filter((running) => {
      const index = running.start - this.#base;
      const reported = Math.max(running.reported, this.#released);
      const end = this.#base + (matchAt(running.rule, this.#text, index)?.end ?? 0);
      if (end > reported) {
        this.#find(running.rule, reported - this.#base, end - this.#base);
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
        const span = rule.findFrom(this.#text, resume - this.#base);
        if (span === null || this.#base + span.start >= floor) resume = floor;
        else {
          this.#find(rule, span.start, span.end);
          resume = this.#base + span.end;
        }
      }
      this.#linearResume[at] = resume;
    }
  }

  /** Up to where the text may go on: neither past what is undecided, nor into a finding. */
  #releasable(ended: boolean, floor: number): number {
    let end = this.#decided;
    if (!ended) {
      if (this.#compiled.linear.length > 0) end = Math.min(end, Math.max(floor, this.#released));
      for (const { reported } of this.#running) end = Math.min(end, Math.max(reported, floor));
      // Half a surrogate pair is no character yet.
      if (end === this.#received && isHighSurrogate(this.#text.charCodeAt(this.#text.length - 1))) end--;
    }
    for (let before = Number.POSITIVE_INFINITY; end < before; ) {
      before = end;
      for (const { start, end: past } of this.#pending) if (start < end && end < past) end = start;
    }
    return end;
  }

  #behindFindings(from: number): number {
    let end = from;
    for (let before = -1; end > before; ) {
      before = end;
      for (const { start, end: past } of this.#pending) if (start < end && end < past) end = past;
    }
    return end;
  }

  #release(end: number): StreamProgress {
    const start = this.#released;
    const text = this.#text.slice(start - this.#base, end - this.#base);
    const findings = this.#pending.length === 0 ? NO_FINDINGS : this.#takeFindings(start, end);
    this.#released = end;
    this.#forget();
    return text === "" ? NO_PROGRESS : { text, findings };
  }

  #takeFindings(start: number, end: number): TextFinding[] {
    const released = this.#pending.filter((pending) => pending.start < end);
    this.#pending = this.#pending.filter((pending) => pending.start >= end);
    return released
      .map(({ by, ...span }) => ({
        entityType: by.entityType,
        ruleId: by.id,
        confidence: by.confidence,
        start: span.start - start,
        end: span.end - start,
      }))
      .sort((a, b) => a.start - b.start || b.end - a.end);
  }

  /** Drops the text that no rule looks back at any more. */
  #forget(): void {
    let needed = Math.min(this.#released, this.#decided);
    for (const { start } of this.#running) needed = Math.min(needed, start);
    const cut = needed - this.#starts.lookBack - this.#base;
    if (cut <= 0) return;
    this.#text = this.#text.slice(cut);
    this.#base += cut;
  }
}

const NO_FINDINGS: readonly TextFinding[] = [];
const NO_PROGRESS: StreamProgress = { text: "", findings: NO_FINDINGS };

function codeAt(text: string, index: number): number {
  return Math.min(text.charCodeAt(index), BEYOND_ASCII);
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
