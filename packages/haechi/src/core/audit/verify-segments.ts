import type { SegmentLink } from "./event.ts";
import { FIRST_SEGMENT, type RecordedExpiry } from "./segments.ts";
import type { LogVerdict, LogVerifier } from "./verify-log.ts";

/** Puts the verdicts on the segments of a log together. */
export interface SegmentsVerifier {
  /**
   * Takes the next segment, oldest first. False once the log is known to be bad.
   * @param named the number in the name of its file; null for the open one
   */
  addSegment(verifier: Pick<LogVerifier, "place" | "expiry">, verdict: LogVerdict, named: number | null): boolean;
  finish(): LogVerdict;
}

/**
 * @param first the oldest segment that must be there; null for the first, or the one that recorded expiry left as the oldest
 * @param published numbers of the segments of which something was published: an anchor, a checkpoint
 */
export function createSegmentsVerifier(first: number | null, published: ReadonlySet<number>): SegmentsVerifier {
  let before: { readonly segment: number; readonly records: number; readonly headHash: string | null } | null = null;
  /** How the first segment that is there is tied to those that are not. */
  let missing: SegmentLink | null = null;
  let expiry: RecordedExpiry | null = null;
  let records = 0;
  let segments = 0;
  let isAnchored = false;
  let anchoredCount = 0;
  let lastSequence: number | null = null;
  let fault: string | null = null;

  function findFault(verifier: Pick<LogVerifier, "place">, verdict: LogVerdict, named: number | null): string | null {
    const { segment, link } = verifier.place();
    // An open segment whose first entry does not hold does not say which one it is.
    const number = named ?? (before === null || verdict.records > 0 ? segment : before.segment + 1);
    const due: number = before === null ? (first ?? Math.max(FIRST_SEGMENT, number)) : before.segment + 1;
    if (number > due && verdict.records > 0) return `segment ${due} missing`;
    const where = segments === 0 && number === FIRST_SEGMENT && named === null ? "" : `segment ${number}: `;
    if (!verdict.valid) return `${where}${verdict.reason}`;
    if (verdict.records === 0 && (named !== null || due !== FIRST_SEGMENT)) return `segment ${due}: no entries`;
    if (segment !== due) return `${where}the entries are those of segment ${segment}`;
    if (before !== null && (link?.previousHash !== before.headHash || link?.previousRecords !== before.records)) {
      return `${where}does not continue segment ${before.segment}`;
    }
    return null;
  }

  /** Why segments in front of the first that is there are missing, when no entry says that they were to go. */
  function findGap(): string | null {
    if (missing === null) return null;
    const expected = expiry?.link ?? null;
    if (expected === null || expected.number < missing.number) {
      return `segment ${expected?.number ?? FIRST_SEGMENT} missing`;
    }
    const isLinked =
      expected.previousHash === missing.previousHash && expected.previousRecords === missing.previousRecords;
    // A later expiry that was cut off has left some of the segments that it names.
    if (expected.number > missing.number || isLinked) return null;
    return `segment ${missing.number}: does not continue what expired`;
  }

  return {
    addSegment(verifier, verdict, named) {
      fault ??= findFault(verifier, verdict, named);
      if (fault === null || !verdict.valid) records += verdict.records;
      if (fault !== null || !verdict.valid) return false;
      segments += 1;
      const { segment, link } = verifier.place();
      if (before === null && first === null && segment > FIRST_SEGMENT) missing = link;
      expiry = verifier.expiry() ?? expiry;
      before = { segment, records: verdict.records, headHash: verdict.headHash };
      isAnchored ||= verdict.anchored !== undefined;
      anchoredCount += verdict.anchored?.count ?? 0;
      lastSequence = verdict.anchored?.lastSequence ?? null;
      return true;
    },
    finish() {
      const last = before?.segment ?? FIRST_SEGMENT;
      let lastPublished = 0;
      // An argument for each of them would be more than a call takes.
      for (const segment of published) lastPublished = Math.max(lastPublished, segment);
      if (fault === null && lastPublished > last) {
        fault = `tail truncation: anchored up to segment ${lastPublished}, the log ends in segment ${last}`;
      }
      fault ??= findGap();
      if (fault !== null) return { valid: false, records, reason: fault };
      return {
        valid: true,
        records,
        headHash: before?.headHash ?? null,
        ...(last === FIRST_SEGMENT ? undefined : { segments }),
        ...(missing === null || expiry === null
          ? undefined
          : { expired: { segments: missing.number - 1, at: expiry.at } }),
        ...(isAnchored ? { anchored: { count: anchoredCount, lastSequence } } : undefined),
      };
    },
  };
}
