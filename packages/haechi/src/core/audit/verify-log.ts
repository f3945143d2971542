import { type ChainHead, findSealFault, headOfIntegrity, readEntry } from "./entry-line.ts";
import type { SegmentLink } from "./event.ts";
import { FIRST_SEGMENT, type RecordedExpiry, readExpiry, readSegmentLink } from "./segments.ts";

/** What verification found; `records` counts the entries that hold. */
export type LogVerdict =
  | {
      readonly valid: true;
      readonly records: number;
      /** base64url; null for a log without entries. */
      readonly headHash: string | null;
      /** How many segments there are, when there are several or it is not the first. */
      readonly segments?: number;
      /** Present when the log begins later because older segments were deleted on purpose, as an entry says. */
      readonly expired?: { readonly segments: number; readonly at: string };
      /** Present when anchors were given. */
      readonly anchored?: { readonly count: number; readonly lastSequence: number | null };
      /** How many signed checkpoints the log was held against, when any were given. */
      readonly checkpoints?: number;
    }
  | { readonly valid: false; readonly records: number; readonly reason: string };

/** Checks one segment of a log from its first line to its last, in memory that does not grow with it. */
export interface LogVerifier {
  /** Takes the bytes of the next line, without its newline. False once the log is known to be bad. */
  addLine(line: Uint8Array): boolean;
  /** Which segment the lines say they are, and how it is tied to the one before. */
  place(): { readonly segment: number; readonly link: SegmentLink | null };
  /** The newest expiry that the lines record; null when there is none. */
  expiry(): RecordedExpiry | null;
  /** @param tornTail bytes stand behind the last newline */
  finish(tornTail: boolean): LogVerdict;
}

/** An anchor to hold against the log. */
export type ExpectedHead = ChainHead;

/** @param anchors heads that were published while the log was written; null when none are to be checked */
export function createLogVerifier(anchors: readonly ExpectedHead[] | null): LogVerifier {
  const { bySegment, contradiction } = groupAnchors(anchors ?? []);
  let fault: string | null = contradiction;
  let head: ChainHead | null = null;
  let link: SegmentLink | null = null;
  let expiry: RecordedExpiry | null = null;
  let segment = FIRST_SEGMENT;
  let expected = bySegment.get(segment);
  return {
    addLine(bytes) {
      if (fault !== null) return false;
      const checked = checkLine(bytes, head);
      if (typeof checked === "string") {
        fault = checked;
        return false;
      }
      if (head === null) {
        segment = checked.head.segment ?? FIRST_SEGMENT;
        expected = bySegment.get(segment);
        link = segment === FIRST_SEGMENT ? null : readSegmentLink(checked.line);
        if (segment !== FIRST_SEGMENT && link === null) fault = "segment link missing at line 1";
      }
      const { sequence, eventHash } = checked.head;
      if ((expected?.heads.get(sequence) ?? eventHash) !== eventHash) {
        fault ??= `anchor hash mismatch at sequence ${sequence}`;
      }
      expiry = readExpiry(checked.entry) ?? expiry;
      if (fault === null) head = checked.head;
      return fault === null;
    },
    place: () => ({ segment, link }),
    expiry: () => expiry,
    finish(tornTail) {
      const records = head?.sequence ?? 0;
      const lastAnchored = expected?.last ?? null;
      if (fault === null && tornTail) fault = "torn last line";
      if (fault === null && lastAnchored !== null && lastAnchored > records) {
        fault = `tail truncation: anchored up to sequence ${lastAnchored}, the log ends at ${records}`;
      }
      if (fault !== null) return { valid: false, records, reason: fault };
      const result = { valid: true, records, headHash: head?.eventHash ?? null } as const;
      return anchors === null
        ? result
        : { ...result, anchored: { count: expected?.heads.size ?? 0, lastSequence: lastAnchored } };
    },
  };
}

interface SegmentAnchors {
  /** Hashes by sequence. */
  readonly heads: Map<number, string>;
  last: number;
}

function groupAnchors(anchors: readonly ExpectedHead[]) {
  const bySegment = new Map<number, SegmentAnchors>();
  let contradiction: string | null = null;
  for (const { segment = FIRST_SEGMENT, sequence, eventHash } of anchors) {
    const group = bySegment.get(segment) ?? { heads: new Map<number, string>(), last: 0 };
    bySegment.set(segment, group);
    if ((group.heads.get(sequence) ?? eventHash) !== eventHash) {
      contradiction ??= `two anchors differ at sequence ${sequence}`;
    }
    group.heads.set(sequence, eventHash);
    group.last = Math.max(group.last, sequence);
  }
  return { bySegment, contradiction };
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The head that the line makes, or the reason why it does not hold. */
function checkLine(
  bytes: Uint8Array,
  previous: ChainHead | null,
): { readonly head: ChainHead; readonly line: string; readonly entry: Readonly<Record<string, unknown>> } | string {
  const sequence = (previous?.sequence ?? 0) + 1;
  const at = `at line ${sequence}`;
  let line: string;
  try {
    line = utf8.decode(bytes);
  } catch {
    return `line is not UTF-8 ${at}`;
  }
  const read = readEntry(line);
  if (read.fault !== null) return read.fault === "not JSON" ? `line is not JSON ${at}` : `${read.fault} ${at}`;
  const { integrity } = read;
  if (integrity.sequence !== sequence) return `sequence mismatch ${at}`;
  if (integrity.previousHash !== (previous?.eventHash ?? null)) return `previous hash mismatch ${at}`;
  if (previous !== null && integrity.segment !== previous.segment) return `segment mismatch ${at}`;
  const sealFault = findSealFault(line, read);
  if (sealFault !== null) return sealFault === "not canonical" ? `line is not canonical ${at}` : `${sealFault} ${at}`;
  return { head: headOfIntegrity(integrity), line, entry: read.entry };
}
