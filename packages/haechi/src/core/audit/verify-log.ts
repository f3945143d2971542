import { type ChainHead, findSealFault, readEntry } from "./entry-line.ts";

/** What verification found; `records` counts the entries that hold. */
export type LogVerdict =
  | {
      readonly valid: true;
      readonly records: number;
      /** base64url; null for a log without entries. */
      readonly headHash: string | null;
      /** Present when anchors were given. */
      readonly anchored?: { readonly count: number; readonly lastSequence: number | null };
    }
  | { readonly valid: false; readonly records: number; readonly reason: string };

/** Checks a log from its first line to its last, in memory that does not grow with the log. */
export interface LogVerifier {
  /** Takes the bytes of the next line, without its newline. False once the log is known to be bad. */
  addLine(line: Uint8Array): boolean;
  /** @param tornTail bytes stand behind the last newline */
  finish(tornTail: boolean): LogVerdict;
}

/** An anchor to hold against the log. */
export type ExpectedHead = ChainHead;

/** @param anchors heads that were published while the log was written; null when none are to be checked */
export function createLogVerifier(anchors: readonly ExpectedHead[] | null): LogVerifier {
  const expected = new Map<number, string>();
  let fault: string | null = null;
  let lastAnchored: number | null = null;
  for (const { sequence, eventHash } of anchors ?? []) {
    if ((expected.get(sequence) ?? eventHash) !== eventHash) fault ??= `two anchors differ at sequence ${sequence}`;
    expected.set(sequence, eventHash);
    lastAnchored = Math.max(lastAnchored ?? 0, sequence);
  }
  let head: ChainHead | null = null;
  return {
    addLine(bytes) {
      if (fault !== null) return false;
      const checked = checkLine(bytes, head, expected);
      if (typeof checked === "string") fault = checked;
      else head = checked;
      return fault === null;
    },
    finish(tornTail) {
      const records = head?.sequence ?? 0;
      if (fault === null && tornTail) fault = "torn last line";
      if (fault === null && lastAnchored !== null && lastAnchored > records) {
        fault = `tail truncation: anchored up to sequence ${lastAnchored}, the log ends at ${records}`;
      }
      if (fault !== null) return { valid: false, records, reason: fault };
      const result = { valid: true, records, headHash: head?.eventHash ?? null } as const;
      return anchors === null ? result : { ...result, anchored: { count: expected.size, lastSequence: lastAnchored } };
    },
  };
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The head that the line makes, or the reason why it does not hold. */
function checkLine(
  bytes: Uint8Array,
  previous: ChainHead | null,
  expected: ReadonlyMap<number, string>,
): ChainHead | string {
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
  const sealFault = findSealFault(line, read);
  if (sealFault !== null) return sealFault === "not canonical" ? `line is not canonical ${at}` : `${sealFault} ${at}`;
  const anchored = expected.get(sequence);
  if (anchored !== undefined && anchored !== integrity.eventHash) return `anchor hash mismatch at sequence ${sequence}`;
  return { sequence, eventHash: integrity.eventHash };
}
