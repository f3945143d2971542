import { ACTION_STRENGTH, type Action } from "./action.ts";

/** A decided finding as far as overlaps are concerned. Start and end are of any one unit. */
export interface DecidedSpan {
  readonly leaf: number;
  readonly start: number;
  readonly end: number;
  readonly ruleId: string;
  readonly action: Action;
}

/** One stretch of text to change as a whole, in the way of its winner. */
export interface Change<Span extends DecidedSpan> {
  /** Its `action` may be `block`; then the stretch is what must not pass. */
  readonly winner: Span;
  /** The union of the winner and all that it supersedes. */
  readonly start: number;
  readonly end: number;
}

export interface ResolvedOverlaps<Span extends DecidedSpan> {
  /** True when any decision is `block`. */
  readonly blocked: boolean;
  /** In order of leaf and start; no two of them overlap. */
  readonly changes: readonly Change<Span>[];
  /** Findings that another one covers, with the rule id of that one. */
  readonly supersededBy: ReadonlyMap<Span, string>;
}

/**
 * Settles which finding changes which text. Findings with the action `allow`
 * never shorten or hide another. Of overlapping changing findings the strongest
 * wins and changes the union of all, so that no part of any of them stays in
 * clear. Overlap is judged within one leaf; touching spans do not overlap.
 * @param spans in any order; of otherwise equal ones the first wins
 */
export function resolveOverlaps<Span extends DecidedSpan>(spans: readonly Span[]): ResolvedOverlaps<Span> {
  const changing = spans.filter((span) => span.action !== "allow").sort(byPlace);
  const changes: Change<Span>[] = [];
  const supersededBy = new Map<Span, string>();

  for (let first = 0; first < changing.length; ) {
    const { leaf, start } = changing[first]!;
    let { end } = changing[first]!;
    let winner = changing[first]!;
    let next = first + 1;
    for (; next < changing.length; next++) {
      const span = changing[next]!;
      if (span.leaf !== leaf || span.start >= end) break;
      if (span.end > end) end = span.end;
      if (beats(span, winner)) winner = span;
    }
    changes.push({ winner, start, end });
    for (let index = first; index < next; index++) {
      const span = changing[index]!;
      if (span !== winner) supersededBy.set(span, winner.ruleId);
    }
    first = next;
  }

  if (changing.length < spans.length) supersedeAllowed(spans, changes, supersededBy);
  return { blocked: changing.some((span) => span.action === "block"), changes, supersededBy };
}

function byPlace(a: DecidedSpan, b: DecidedSpan): number {
  return a.leaf - b.leaf || a.start - b.start;
}

// Spans are compared in order of start, and the sort is stable: on a full tie the
// leftmost and then the first in the given order stays.
function beats(challenger: DecidedSpan, holder: DecidedSpan): boolean {
  const stronger = preference(challenger.action) - preference(holder.action);
  if (stronger !== 0) return stronger > 0;
  return challenger.end - challenger.start > holder.end - holder.start;
}

// A mask leaves the first and last characters of its span in clear. They may belong
// to a finding that is to be redacted, so redact wins although the strength is equal.
function preference(action: Action): number {
  return ACTION_STRENGTH[action] - (action === "mask" ? 0.5 : 0);
}

/** An allowed finding that lies wholly inside a changed stretch is no longer visible: say by whom. */
function supersedeAllowed<Span extends DecidedSpan>(
  spans: readonly Span[],
  changes: readonly Change<Span>[],
  supersededBy: Map<Span, string>,
): void {
  for (const span of spans) {
    if (span.action !== "allow") continue;
    const change = lastStartingBy(changes, span);
    if (change !== undefined && change.winner.leaf === span.leaf && span.end <= change.end) {
      supersededBy.set(span, change.winner.ruleId);
    }
  }
}

/** The last change that starts at or before a span, by leaf and start. */
function lastStartingBy<Span extends DecidedSpan>(
  changes: readonly Change<Span>[],
  span: Span,
): Change<Span> | undefined {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { winner, start } = changes[middle]!;
    if (winner.leaf < span.leaf || (winner.leaf === span.leaf && start <= span.start)) low = middle + 1;
    else high = middle;
  }
  return changes[low - 1];
}
