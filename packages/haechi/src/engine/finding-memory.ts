import { hash } from "node:crypto";
import type { Direction, Finding } from "../core/detect/finding.ts";
import type { KnownRuns } from "../core/detect/scan.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { type LeafRun, objectRuns } from "../core/document/leaf-run.ts";
import type { Random } from "../ports/random.ts";
import type { FieldContents } from "./field-contents.ts";

/**
 * What was found in the messages and tools of earlier requests: a conversation comes again
 * with each of its turns, and what reads the same to the last byte holds the same. Nothing
 * of a text is kept but a keyed hash and the places of what was found, and nothing that one
 * caller sent is known of another, who could tell from the time that an answer takes.
 */
export interface FindingMemory {
  /** Reads which leaves of a document, which is read as the contents say, are known. */
  recall(document: JsonDocument, contents: ReadContents, context: RecallContext): Recollection;
}

type ReadContents = Pick<FieldContents, "readable" | "nested" | "encodedTexts">;

export interface RecallContext {
  /** Whose exchange it is. */
  readonly scope: string;
  readonly direction: Direction;
  readonly scanNumbers: boolean;
}

/** What is known of one document. */
export interface Recollection {
  readonly known: KnownRuns;
  /** Notes everything that was found in the document for the runs that were not known. */
  note(findings: readonly Finding[]): void;
}

/** @param random for the key of the hashes, which lives as long as the memory */
export function createFindingMemory(random: Random): FindingMemory {
  const key = random.bytes(KEY_BYTES);
  // The order of a map is that of adding, so its first entry is the one that was not met for longest.
  const findingsByRun = new Map<string, readonly Finding[]>();

  const add = (digest: string, findings: readonly Finding[]) => {
    if (findings.length > FINDINGS_PER_RUN_MAX) return;
    findingsByRun.set(digest, findings);
    if (findingsByRun.size > RUNS_MAX) findingsByRun.delete(findingsByRun.keys().next().value!);
  };
  const meetAgain = (digest: string): readonly Finding[] | undefined => {
    const findings = findingsByRun.get(digest);
    if (findings === undefined) return undefined;
    findingsByRun.delete(digest);
    findingsByRun.set(digest, findings);
    return findings;
  };

  return {
    recall(document, contents, context) {
      // Answers do not come again.
      const runs = context.direction === "request" ? objectRuns(document, RUN_BYTES_MIN) : [];
      if (runs.length === 0) return NOTHING_RECALLED;
      const digestOf = runDigest(key, contents, context);
      const known: LeafRun[] = [];
      const findings: Finding[] = [];
      const unknown: { readonly run: LeafRun; readonly digest: string }[] = [];
      for (const run of runs) {
        const digest = digestOf(run);
        const found = meetAgain(digest);
        if (found === undefined) unknown.push({ run, digest });
        else {
          addJoined(known, run);
          for (const finding of found) findings.push(moved(finding, run.firstLeaf, run.start));
        }
      }
      return {
        known: { runs: known, findings },
        note(all) {
          for (const { run, digest } of unknown) add(digest, findingsIn(run, all));
        },
      };
    },
  };
}

/** Adds a run to those before it, as one with the last of them when nothing stands between. */
function addJoined(runs: LeafRun[], run: LeafRun): void {
  const last = runs.at(-1);
  if (last?.pastLeaf !== run.firstLeaf) runs.push(run);
  else runs[runs.length - 1] = { ...run, firstLeaf: last.firstLeaf, start: last.start };
}

const NOTHING_RECALLED: Recollection = { known: { runs: [], findings: [] }, note: () => {} };

/** What was found in a run, by leaf and byte from its beginning. */
function findingsIn({ firstLeaf, pastLeaf, start }: LeafRun, all: readonly Finding[]): readonly Finding[] {
  if (all.length === 0) return NO_FINDINGS;
  return all
    .filter(({ leaf, acrossLeaves }) => leaf >= firstLeaf && leaf < pastLeaf && acrossLeaves !== true)
    .map((finding) => moved(finding, -firstLeaf, -start));
}

const NO_FINDINGS: readonly Finding[] = [];

function moved({ leaf, start, end, entityType, ruleId, confidence }: Finding, leaves: number, bytes: number): Finding {
  return { leaf: leaf + leaves, start: start + bytes, end: end + bytes, entityType, ruleId, confidence };
}

/** Of everything that what is found in a run depends on: who asks for what, the bytes, and which leaves are read as something else. */
function runDigest(
  key: Uint8Array,
  { readable: { bytes, leaves }, nested, encodedTexts }: ReadContents,
  { scope, scanNumbers }: RecallContext,
): (run: LeafRun) => string {
  const asked = utf8.encode(JSON.stringify([scope, scanNumbers]));
  const encoded = new Set(encodedTexts.map(({ leaf }) => leaf));
  const kindOf = (leaf: number) => (nested.has(leaf) ? NESTED : encoded.has(leaf) ? ENCODED : LEFT_OUT);
  let room = Buffer.allocUnsafe(ROOM_AT_FIRST);
  return ({ firstLeaf, pastLeaf, start, end }) => {
    const length = key.length + asked.length + (2 + pastLeaf - firstLeaf) * INTEGER_BYTES + end - start;
    if (length > room.length) room = Buffer.allocUnsafe(length);
    room.set(key);
    room.set(asked, key.length);
    room.set(bytes.subarray(start, end), key.length + asked.length);
    let past = key.length + asked.length + end - start;
    let emptied = 0;
    for (let leaf = firstLeaf; leaf < pastLeaf; leaf++) {
      if (leaves.start[leaf] !== leaves.end[leaf]) continue;
      past = room.writeUInt32LE((leaf - firstLeaf) * CONTENT_KINDS + kindOf(leaf), past);
      emptied++;
    }
    past = room.writeUInt32LE(emptied, past);
    past = room.writeUInt32LE(asked.length, past);
    return hash("sha256", room.subarray(0, past), "latin1");
  };
}

// What becomes of a leaf that is not read as it stands.
const LEFT_OUT = 0;
const NESTED = 1;
const ENCODED = 2;
const CONTENT_KINDS = 4;

const utf8 = new TextEncoder();
const KEY_BYTES = 32;
const INTEGER_BYTES = 4;
const ROOM_AT_FIRST = 8192;

/** A few messages: a hash costs as much as to scan some hundred bytes, and the last run of a growing list is always new. */
const RUN_BYTES_MIN = 4096;
/** The memory of 30 MB of conversations, in one or two megabytes; in ten times that, if each held as many findings as it may. */
const RUNS_MAX = 8192;
const FINDINGS_PER_RUN_MAX = 16;
