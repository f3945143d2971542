import { createTreeChecker, type TreeChecker } from "../../core/audit/check-tree.ts";
import { type Checkpoint, formatCheckpoint } from "../../core/audit/checkpoint.ts";
import { consistencyRanges, createRangeHasher } from "../../core/audit/merkle-proof.ts";
import { hashLeaf } from "../../core/audit/merkle-tree.ts";
import { FIRST_SEGMENT } from "../../core/audit/segments.ts";
import { parseNote, parseSignature } from "../../core/audit/signed-note.ts";
import { createLogVerifier, type LogVerifier } from "../../core/audit/verify-log.ts";
import { HaechiError, isHaechiError } from "../../core/errors.ts";
import type { LogSnapshot, SegmentSnapshot } from "../../ports/audit-snapshot.ts";
import type { CheckpointSigner, CheckpointWitness, SignedCheckpoint } from "../../ports/checkpoint-sink.ts";

export interface CheckpointerOptions {
  readonly takeSnapshot: () => Promise<LogSnapshot>;
  readonly signer: CheckpointSigner;
  /** What was signed before, by this key; nothing is signed that does not go on from it. */
  readonly earlier: readonly Checkpoint[];
  readonly witnesses: readonly CheckpointWitness[];
  /** Keeps a note, with the signatures that the witnesses added. */
  readonly keep: (note: string) => Promise<void>;
}

/** Signs what a log has become. */
export interface Checkpointer {
  /**
   * Signs the end of every segment that was closed since, and the open one when it has
   * grown by `minRecords`. Reads only what is new, after the first time.
   * @throws HaechiError LOG_INCONSISTENT when the log does not hold, or is not what was signed; AUDIT_UNWRITABLE
   */
  run(minRecords?: number): Promise<readonly SignedCheckpoint[]>;
}

/** Goes on from the checkpoints that were signed before. */
export function createCheckpointer(options: CheckpointerOptions): Checkpointer {
  const { takeSnapshot, signer, witnesses, keep } = options;
  const signed = [...options.earlier];
  /** The segment that was open last time, as far as it has been read. */
  let reading: Reading | null = null;

  return { run };

  async function run(minRecords = 1): Promise<readonly SignedCheckpoint[]> {
    const snapshot = await takeSnapshot();
    try {
      const made: SignedCheckpoint[] = [];
      for (const segment of segmentsToRead(snapshot)) {
        const current: Reading = reading ?? { offset: 0, verifier: createLogVerifier(null), checker: null };
        reading = null;
        await readOn(segment, current);
        const isClosed = segment.number !== null;
        const head = headOf(current);
        if (head !== null && head.size - lastSigned(head.segment) >= (isClosed ? 1 : minRecords)) {
          made.push(await sign(head, segment));
        }
        if (!isClosed) reading = current;
      }
      demandNothingLost();
      return made;
    } catch (error) {
      reading = null;
      throw error;
    } finally {
      await snapshot.close();
    }
  }

  /** Those behind the last that was signed; it too, as it may have grown. */
  function segmentsToRead({ segments }: LogSnapshot): readonly SegmentSnapshot[] {
    const first = reading === null ? lastSegment() : reading.verifier.place().segment;
    return segments.filter(({ number }) => number === null || number >= first);
  }

  async function readOn(segment: SegmentSnapshot, current: Reading): Promise<void> {
    await segment.readLines(current.offset, (line) => {
      if (!current.verifier.addLine(line)) return false;
      current.checker ??= checkerOf(current.verifier.place().segment);
      current.offset += line.length + 1;
      return current.checker.addLine(line);
    });
    const verdict = current.verifier.finish(false);
    const fault = verdict.valid ? (current.checker?.finish() ?? null) : verdict.reason;
    if (fault !== null) throw inconsistent(fault);
  }

  function checkerOf(number: number): TreeChecker {
    return createTreeChecker(signed.filter(({ segment }) => segment === number));
  }

  function headOf({ verifier, checker }: Reading): Checkpoint | null {
    if (checker === null) return null;
    return { log: signer.log, segment: verifier.place().segment, size: checker.tree.size, root: checker.tree.root() };
  }

  async function sign(checkpoint: Checkpoint, segment: SegmentSnapshot): Promise<SignedCheckpoint> {
    const own = { checkpoint, note: signer.sign(formatCheckpoint(checkpoint)) };
    const proveFrom = (size: number) => proveConsistency(segment, size, checkpoint.size);
    const asked = await Promise.allSettled(witnesses.map((witness) => witness.witness(own, proveFrom)));
    const failures = asked.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
    const contradiction = failures.find((failure) => isHaechiError(failure, "LOG_INCONSISTENT"));
    if (contradiction !== undefined) throw contradiction;
    const added = asked.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
    const note = added.reduce((kept, line) => withSignature(kept, line, signer.log), own.note);
    await keep(note);
    signed.push(checkpoint);
    // It is kept, but not everywhere where it should be.
    if (failures.length > 0) throw failures[0];
    return { checkpoint, note };
  }

  function lastSegment(): number {
    // One argument for each of them would be more than a call takes, some months on.
    return signed.reduce((last, { segment }) => Math.max(last, segment), FIRST_SEGMENT);
  }

  function lastSigned(number: number): number {
    return signed.reduce((last, { segment, size }) => (segment === number ? Math.max(last, size) : last), 0);
  }

  /** The segment that was signed last must have been among those that were read. */
  function demandNothingLost(): void {
    const now = reading?.verifier.place().segment ?? 0;
    if (signed.length > 0 && (reading?.checker == null || now < lastSegment())) {
      throw inconsistent(`segment ${lastSegment()} missing`);
    }
  }
}

/**
 * The note with a signature that a witness gave. One under the name of the log itself, or that would make something else
 * of the note, is left out: with it the checkpoint would not be believed any more.
 */
function withSignature(note: string, line: string, log: string): string {
  const longer = `${note}${line}\n`;
  const isKept = parseNote(longer)?.text === parseNote(note)?.text && parseSignature(line)?.keyName !== log;
  return isKept ? longer : note;
}

interface Reading {
  /** Bytes of the segment that have been read. */
  offset: number;
  readonly verifier: LogVerifier;
  /** Null until the first line has said which segment it is. */
  checker: TreeChecker | null;
}

async function proveConsistency(segment: SegmentSnapshot, from: number, to: number): Promise<readonly Uint8Array[]> {
  const ranges = consistencyRanges(from, to);
  if (ranges === null) throw inconsistent(`there are only ${to} entries`);
  const hasher = createRangeHasher(ranges);
  let size = 0;
  await segment.readLines(0, (line) => {
    hasher.append(hashLeaf(line));
    size += 1;
    return size < to;
  });
  const hashes = hasher.hashes();
  if (hashes === null) throw inconsistent(`there are only ${size} entries`);
  return hashes;
}

function inconsistent(why: string): HaechiError {
  return new HaechiError("LOG_INCONSISTENT", `The audit log is not what was signed, or does not hold: ${why}`);
}
