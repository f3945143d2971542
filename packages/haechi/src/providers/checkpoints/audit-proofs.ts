import {
  type BundleVerdict,
  CONSISTENCY_FORMAT,
  type ConsistencyBundle,
  checkBundle,
  encodeHashes,
  INCLUSION_FORMAT,
  type InclusionBundle,
} from "../../core/audit/proof-bundle.ts";
import { FIRST_SEGMENT } from "../../core/audit/segments.ts";
import { formatNoteKey, type NoteKey } from "../../core/audit/signed-note.ts";
import { HaechiError } from "../../core/errors.ts";
import type { SignedCheckpoint } from "../../ports/checkpoint-sink.ts";
import { findEntry, proveConsistency, proveInclusion } from "../storage/audit-prover.ts";
import { isSignedBy } from "./note-signer.ts";

/** What proofs are made of beside the log. */
export interface ProofSources {
  /** Of this log, signed by `key`; in any order. */
  readonly checkpoints: readonly SignedCheckpoint[];
  readonly key: NoteKey;
}

/**
 * The proof that the entry of an event is in the log at `path`, or why there is none.
 * @throws HaechiError LOG_INCONSISTENT when the log is not what its checkpoints signed
 */
export async function proveEntry(
  path: string,
  eventId: string,
  { checkpoints, key }: ProofSources,
): Promise<InclusionBundle | "unknown event" | "not covered"> {
  const found = await findEntry(path, eventId);
  if (found === null) return "unknown event";
  const { segment, index, line } = found;
  const covering = ofSegment(checkpoints, segment).filter(({ checkpoint }) => checkpoint.size > index);
  const [first] = covering;
  const last = covering.at(-1);
  if (first === undefined || last === undefined) return "not covered";
  const inclusion = demand(await proveInclusion(path, index, first.checkpoint));
  const verifierKey = formatNoteKey(key);
  const bundle = { format: INCLUSION_FORMAT, line, index, checkpoint: first.note, inclusion, verifierKey } as const;
  if (last.checkpoint.size === first.checkpoint.size) return requireProof(bundle, key);
  const consistency = demand(await proveConsistency(path, first.checkpoint.size, last.checkpoint));
  return requireProof({ ...bundle, later: { checkpoint: last.note, consistency } }, key);
}

/** Two checkpoints of one segment, by the number of entries that each covers. */
export interface Growth {
  readonly from: number;
  /** The newest checkpoint of the segment when absent. */
  readonly to?: number;
  /** The first when absent. */
  readonly segment?: number;
}

/**
 * The proof that the log of one checkpoint goes on from that of another; null when there is no checkpoint of such a size.
 * @throws HaechiError LOG_INCONSISTENT when the log is not what its checkpoints signed
 */
export async function proveGrowth(
  path: string,
  { from, to, segment = FIRST_SEGMENT }: Growth,
  { checkpoints, key }: ProofSources,
): Promise<ConsistencyBundle | null> {
  const sorted = ofSegment(checkpoints, segment);
  const old = sorted.find(({ checkpoint }) => checkpoint.size === from);
  const next = to === undefined ? sorted.at(-1) : sorted.find(({ checkpoint }) => checkpoint.size === to);
  if (old === undefined || next === undefined) return null;
  const consistency = demand(await proveConsistency(path, from, next.checkpoint));
  const verifierKey = formatNoteKey(key);
  const bundle = { format: CONSISTENCY_FORMAT, old: old.note, new: next.note, consistency, verifierKey } as const;
  return requireProof(bundle, key);
}

/** Checks a proof with nothing but the key that the log is known to sign with; the key in the proof is not believed. */
export function checkProof(proof: unknown, key: NoteKey): BundleVerdict {
  return checkBundle(proof, key.name, (note) => isSignedBy(note, key));
}

/** What is made of a log that was changed proves nothing, and is not handed out. */
function requireProof<T extends InclusionBundle | ConsistencyBundle>(bundle: T, key: NoteKey): T {
  const verdict = checkProof(bundle, key);
  if (verdict.valid) return bundle;
  throw new HaechiError("LOG_INCONSISTENT", `The audit log is not what its checkpoints signed: ${verdict.reason}`);
}

/** In order of their sizes. */
function ofSegment(checkpoints: readonly SignedCheckpoint[], segment: number): readonly SignedCheckpoint[] {
  return checkpoints
    .filter(({ checkpoint }) => checkpoint.segment === segment)
    .toSorted(({ checkpoint: left }, { checkpoint: right }) => left.size - right.size);
}

function demand(hashes: readonly Uint8Array[] | null): readonly string[] {
  if (hashes === null) throw new HaechiError("LOG_INCONSISTENT", "The audit log is shorter than its checkpoints say");
  return encodeHashes(hashes);
}
