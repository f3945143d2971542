import { type AdjacentParts, adjacentParts } from "../../core/detect/decoded/decoded-parts.ts";
import type { Finding } from "../../core/detect/finding.ts";
import type { KnownRuns } from "../../core/detect/scan/scan.ts";
import type { JsonDocument } from "../../core/document/json-document.ts";
import { type LeafRun, objectRuns, runOf } from "../../core/document/leaf-run.ts";
import { textsOverLines } from "../../core/stream/texts-over-lines.ts";
import type { Random } from "../../ports/random.ts";
import { type ReadContents, type RecallContext, runDigests } from "./run-digest.ts";

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

/** What is known of one document. */
export interface Recollection {
  readonly known: KnownRuns;
  /** The parts that are to be read together; of those that are is known too what goes on from one to the next. */
  readonly adjacent: readonly AdjacentParts[];
  /** Notes everything that was found in the document for the runs that were not known. */
  note(findings: readonly Finding[]): void;
}

/** @param random for the key of the hashes */
export function createFindingMemory(random: Random): FindingMemory {
  const digests = runDigests(random);
  // The order of a map is that of adding, so its first entries are those that were not met for longest.
  const findingsByRun = new Map<string, readonly Finding[]>();

  const add = (digest: string, findings: readonly Finding[]) => {
    if (findings.length > FINDINGS_PER_RUN_MAX) return;
    findingsByRun.set(digest, findings);
    if (findingsByRun.size > RUNS_MAX) forgetOldest();
  };
  const forgetOldest = () => {
    // Many at once: to find the first entry, V8 walks over all that have been taken out before it.
    for (const digest of [...findingsByRun.keys()].slice(0, RUNS_FORGOTTEN)) findingsByRun.delete(digest);
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
      const { readable } = contents;
      const isAnswer = context.direction === "response";
      // Lines that a client sends are records, which do not go on in one another.
      const adjacent = isAnswer ? [...adjacentParts(readable), ...textsOverLines(readable)] : adjacentParts(readable);
      // Answers do not come again.
      const runs = isAnswer ? [] : objectRuns(document, RUN_BYTES_MIN);
      if (runs.length === 0) return { ...NOTHING_RECALLED, adjacent };
      const homes = adjacent.map((parts) => homeOf(parts, runs));
      const isCrossed = crossedRuns(adjacent, homes, runs);
      const digestOf = digests(contents, context);
      const known: LeafRun[] = [];
      const findings: Finding[] = [];
      const unknown: { readonly run: LeafRun; readonly index: number; readonly digest: string }[] = [];
      for (const [index, run] of runs.entries()) {
        const digest = digestOf(run, isCrossed[index]!);
        const found = meetAgain(digest);
        if (found === undefined) unknown.push({ run, index, digest });
        else {
          addJoined(known, run);
          for (const finding of found) findings.push(moved(finding, run.firstLeaf, run.start));
        }
      }
      const isUnknown = new Set(unknown.map(({ index }) => index));
      return {
        known: { runs: known, findings },
        adjacent: adjacent.filter((_, at) => {
          const home = homes[at]!;
          return home === NO_HOME || isCrossed[home]! || isUnknown.has(home);
        }),
        note(all) {
          for (const { run, index, digest } of unknown) add(digest, findingsIn(run, all, !isCrossed[index]!));
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

const NOTHING_RECALLED = { known: { runs: [], findings: [] }, note: () => {} };

/** The run in which all of the parts stand. */
function homeOf(parts: AdjacentParts, runs: readonly LeafRun[]): number {
  const home = runOf(parts[0]!, runs);
  return home === runOf(parts.at(-1)!, runs) ? home : NO_HOME;
}

const NO_HOME = -1;

/**
 * By run: true when a value may go on from it to what stands before or behind it. How far its parts are read
 * together depends on more than its own bytes then.
 */
function crossedRuns(
  adjacent: readonly AdjacentParts[],
  homes: readonly number[],
  runs: readonly LeafRun[],
): readonly boolean[] {
  const isCrossed = runs.map(() => false);
  for (const [at, parts] of adjacent.entries()) {
    if (homes[at] !== NO_HOME) continue;
    for (const part of parts) {
      const run = runOf(part, runs);
      if (run !== -1) isCrossed[run] = true;
    }
  }
  return isCrossed;
}

/** What was found in a run, by leaf and byte from its beginning. */
function findingsIn(
  { firstLeaf, pastLeaf, start }: LeafRun,
  all: readonly Finding[],
  withAcross: boolean,
): readonly Finding[] {
  if (all.length === 0) return NO_FINDINGS;
  return all
    .filter(({ leaf, acrossLeaves }) => leaf >= firstLeaf && leaf < pastLeaf && (withAcross || acrossLeaves !== true))
    .map((finding) => moved(finding, -firstLeaf, -start));
}

const NO_FINDINGS: readonly Finding[] = [];

function moved(finding: Finding, leaves: number, bytes: number): Finding {
  return { ...finding, leaf: finding.leaf + leaves, start: finding.start + bytes, end: finding.end + bytes };
}

/** A few messages: a hash costs as much as to scan some hundred bytes, and the last run of a growing list is always new. */
const RUN_BYTES_MIN = 4096;
/** The memory of 30 MB of conversations, in one or two megabytes; in ten times that, if each held as many findings as it may. */
const RUNS_MAX = 8192;
const RUNS_FORGOTTEN = 512;
const FINDINGS_PER_RUN_MAX = 16;
