import { decodeBase64, encodeBase64 } from "./base64.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { findSealFault, readEntry } from "./entry-line.ts";
import { verifyConsistency, verifyInclusion } from "./merkle-proof.ts";
import { hashLeaf } from "./merkle-tree.ts";
import { FIRST_SEGMENT } from "./segments.ts";
import { parseNote, type SignedNote } from "./signed-note.ts";

/** Proves that an entry is in the log, to whoever trusts the key: specs/checkpoints.md. */
export interface InclusionBundle {
  readonly format: typeof INCLUSION_FORMAT;
  /** For the reader's convenience; a verifier brings its own. */
  readonly verifierKey: string;
  /** The stored line, without its newline. */
  readonly line: string;
  /** Place of the entry in its segment, from 0. */
  readonly index: number;
  /** The first checkpoint that covers the entry. */
  readonly checkpoint: string;
  /** base64 hashes. */
  readonly inclusion: readonly string[];
  /** The newest checkpoint of the segment, when it is another one, and the proof that it goes on from the first. */
  readonly later?: { readonly checkpoint: string; readonly consistency: readonly string[] };
}

/** Proves that one checkpoint goes on from another. */
export interface ConsistencyBundle {
  readonly format: typeof CONSISTENCY_FORMAT;
  readonly verifierKey: string;
  readonly old: string;
  readonly new: string;
  /** base64 hashes. */
  readonly consistency: readonly string[];
}

export const INCLUSION_FORMAT = "haechi-audit-inclusion/1";
export const CONSISTENCY_FORMAT = "haechi-audit-consistency/1";

/** What a bundle proves, or why it proves nothing. */
export type BundleVerdict =
  | {
      readonly valid: true;
      readonly proves: "inclusion" | "consistency";
      readonly segment: number;
      /** Entries of the newest checkpoint in the bundle. */
      readonly size: number;
      /** The entry, of a proof of inclusion. */
      readonly entry?: Readonly<Record<string, unknown>>;
    }
  | { readonly valid: false; readonly reason: string };

/** Checks a bundle offline. `isSigned` says whether the key that the verifier trusts has signed a note. */
export function checkBundle(bundle: unknown, log: string, isSigned: (note: SignedNote) => boolean): BundleVerdict {
  const readNote = (value: unknown): Checkpoint | null => {
    const note = typeof value === "string" ? parseNote(value) : null;
    const checkpoint = note === null ? null : parseCheckpoint(note.text);
    return note !== null && checkpoint?.log === log && isSigned(note) ? checkpoint : null;
  };
  if (!isObject(bundle)) return invalid("not a proof");
  if (bundle.format === CONSISTENCY_FORMAT) {
    return checkConsistency(readNote(bundle.old), readNote(bundle.new), bundle.consistency);
  }
  if (bundle.format !== INCLUSION_FORMAT) return invalid("not a proof");
  const checkpoint = readNote(bundle.checkpoint);
  if (checkpoint === null) return invalid("checkpoint not signed by this key");
  const entry = checkInclusion(bundle, checkpoint);
  if (typeof entry === "string") return invalid(entry);
  const proven = { valid: true, proves: "inclusion", segment: checkpoint.segment, entry } as const;
  if (bundle.later === undefined) return { ...proven, size: checkpoint.size };
  if (!isObject(bundle.later)) return invalid("not a proof");
  const later = checkConsistency(checkpoint, readNote(bundle.later.checkpoint), bundle.later.consistency);
  return later.valid ? { ...proven, size: later.size } : later;
}

/** Hashes as they stand in a bundle. */
export function encodeHashes(hashes: readonly Uint8Array[]): readonly string[] {
  return hashes.map(encodeBase64);
}

function checkInclusion(
  { line, index, inclusion }: Readonly<Record<string, unknown>>,
  { segment, size, root }: Checkpoint,
): Readonly<Record<string, unknown>> | string {
  const proof = decodeHashes(inclusion);
  if (typeof line !== "string" || typeof index !== "number" || proof === null) return "not a proof";
  const read = readEntry(line);
  if (read.fault !== null) return read.fault;
  const sealFault = findSealFault(line, read);
  if (sealFault !== null) return sealFault;
  const isPlaced = read.integrity.sequence === index + 1 && (read.integrity.segment ?? FIRST_SEGMENT) === segment;
  if (!isPlaced) return "entry of another place";
  const leafHash = hashLeaf(new TextEncoder().encode(line));
  return verifyInclusion({ leafHash, index, size, root, proof }) ? read.entry : "inclusion does not hold";
}

function checkConsistency(old: Checkpoint | null, next: Checkpoint | null, hashes: unknown): BundleVerdict {
  const proof = decodeHashes(hashes);
  if (old === null || next === null) return invalid("checkpoint not signed by this key");
  if (proof === null) return invalid("not a proof");
  if (old.segment !== next.segment) return invalid("checkpoints of different segments");
  const isContinued = verifyConsistency({ ...next, oldSize: old.size, oldRoot: old.root, proof });
  if (!isContinued) return invalid("consistency does not hold");
  return { valid: true, proves: "consistency", segment: next.segment, size: next.size };
}

function decodeHashes(value: unknown): readonly Uint8Array[] | null {
  if (!Array.isArray(value) || value.length > HASHES_MAX) return null;
  const hashes = value.map((text) => (typeof text === "string" ? decodeBase64(text) : null));
  return hashes.every((hash) => hash !== null) ? hashes : null;
}

/** No proof about a tree of 2^53 leaves is longer. */
const HASHES_MAX = 64;

function invalid(reason: string): BundleVerdict {
  return { valid: false, reason };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
