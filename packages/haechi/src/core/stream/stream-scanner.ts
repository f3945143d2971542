import type { EntityType } from "../detect/entity-type.ts";
import type { Direction } from "../detect/finding.ts";
import type { CompiledDetectors } from "../detect/rules/compile.ts";
import { FoldedScan, mayBeDisguised } from "./folded-scan.ts";
import { type Found, GrowingScan } from "./growing-scan.ts";

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
  /** What was found in it, by start, the longer first, of the same span the surer first; overlaps are not resolved. */
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

class Scanner implements StreamScanner {
  readonly #scan: GrowingScan;
  readonly #compiled: CompiledDetectors;
  readonly #options: StreamScannerOptions;
  /** Everything before this offset has gone on. */
  #released = 0;
  /** The first half of a surrogate pair, which is no character yet. */
  #half = "";
  /** The text as it reads when disguises are seen through, while some of it may be one. */
  #folded: FoldedScan | null = null;

  constructor(compiled: CompiledDetectors, options: StreamScannerOptions) {
    this.#scan = new GrowingScan(compiled, options.direction);
    this.#compiled = compiled;
    this.#options = options;
  }

  get heldLength(): number {
    return this.#scan.received + this.#half.length - this.#released;
  }

  push(text: string): StreamProgress {
    const all = this.#half + text;
    const whole = isHighSurrogate(all.charCodeAt(all.length - 1)) ? all.length - 1 : all.length;
    this.#half = all.slice(whole);
    return whole === 0 ? NO_PROGRESS : this.#progress(all.slice(0, whole), false);
  }

  end(): StreamProgress {
    const last = this.#half;
    this.#half = "";
    return this.#progress(last, true);
  }

  #progress(text: string, ended: boolean): StreamProgress {
    const scan = this.#scan;
    const received = scan.received + text.length;
    const floor = ended ? received : Math.max(this.#released, received + this.#half.length - this.#options.heldMax);
    scan.grow(text, floor, ended);
    this.#fold(text.length, ended);
    let end = this.#releasable(floor, ended);
    while (end < floor && scan.decideEarly(ended)) end = this.#releasable(floor, ended);
    // What is longer than all that may be held goes on as it is.
    if (end < floor) end = behindSpans(floor, [...scan.found, ...this.#disguised()]);
    return this.#release(end);
  }

  /** Reads on in the folded text, of which so much is new. */
  #fold(length: number, ended: boolean): void {
    const { text, base } = this.#scan;
    const { direction, heldMax } = this.#options;
    // What is new may be disguised, so it has no say in whether what is there is plain.
    if (this.#folded?.isPlain(text.slice(0, text.length - length)) === true) this.#folded = null;
    if (this.#folded === null) {
      if (!mayBeDisguised(text, text.length - length, heldMax, ended)) return;
      this.#folded = new FoldedScan(this.#compiled, direction, heldMax, base);
    }
    this.#folded.grow(text, base, ended);
  }

  /** What is new in the folded text: a later character may disguise what has gone on already. */
  #disguised(): readonly Found[] {
    return this.#folded?.foundFrom(this.#released) ?? [];
  }

  /** Up to where the text may go on: neither past what is undecided, nor into a finding. */
  #releasable(floor: number, ended: boolean): number {
    const end = this.#scan.decidedUpTo(floor, ended);
    if (this.#folded === null) return beforeSpans(end, this.#scan.found);
    const decided = Math.min(end, Math.max(this.#folded.decidedUpTo(ended), this.#released));
    return beforeSpans(decided, [...this.#scan.found, ...this.#disguised()]);
  }

  #release(end: number): StreamProgress {
    const start = this.#released;
    const text = this.#scan.text.slice(start - this.#scan.base, end - this.#scan.base);
    const disguised = this.#disguised().filter((found) => found.start < end);
    this.#folded?.take(end);
    const taken = this.#scan.take(end);
    this.#released = end;
    if (text === "") return NO_PROGRESS;
    const found = disguised.length === 0 ? taken : distinct([...taken, ...disguised]);
    return { text, findings: found.length === 0 ? NO_FINDINGS : this.#findingsOf(found, start) };
  }

  #findingsOf(found: readonly Found[], released: number): TextFinding[] {
    return found
      .map(({ by, start, end }) => ({
        entityType: by.entityType,
        ruleId: by.id,
        confidence: by.confidence,
        start: start - released,
        end: end - released,
      }))
      .sort(this.#compiled.inOrder);
  }
}

const NO_FINDINGS: readonly TextFinding[] = [];
const NO_PROGRESS: StreamProgress = { text: "", findings: NO_FINDINGS };

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function distinct(found: readonly Found[]): Found[] {
  return [...new Map(found.map((one) => [`${one.by.id} ${one.start} ${one.end}`, one])).values()];
}

/** The last offset up to `end` that is in none of the spans. */
function beforeSpans(end: number, spans: readonly Found[]): number {
  let before = end;
  for (let moved = true; moved; ) {
    moved = false;
    for (const span of spans) {
      if (span.start >= before || span.end <= before) continue;
      before = span.start;
      moved = true;
    }
  }
  return before;
}

/** The first offset from `from` on that is in none of the spans. */
function behindSpans(from: number, spans: readonly Found[]): number {
  let behind = from;
  for (let moved = true; moved; ) {
    moved = false;
    for (const span of spans) {
      if (span.start >= behind || span.end <= behind) continue;
      behind = span.end;
      moved = true;
    }
  }
  return behind;
}
