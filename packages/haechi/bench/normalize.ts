// What reading disguises costs on ordinary bodies of 64 KB beside the plain scan of the same
// leaves. Without rules a scan does little else, so that the difference does not drown in the
// engine; with all rules the factor is what a body pays. Processor time, medians of rounds.

import { builtInDetectors } from "../src/core/detect/registry.ts";
import { type CompiledDetectors, compileDetectors } from "../src/core/detect/rules/compile.ts";
import { scanDocument } from "../src/core/detect/scan/scan.ts";
import { TextScan } from "../src/core/detect/scan/text-scan.ts";
import {
  HAS_ESCAPE,
  HAS_NON_ASCII,
  type JsonDocument,
  KEY_LEAF,
  NUMBER_LEAF,
  STRING_LEAF,
} from "../src/core/document/json-document.ts";
import { leafText } from "../src/core/document/leaf.ts";
import { tokenize } from "../src/core/document/tokenize.ts";
import { FoldSigns } from "../src/core/normalize/fold-signs.ts";
import { needsNormalizing } from "../src/core/normalize/normalize.ts";
import { SAMPLE_BODIES } from "./sample-bodies.ts";
import { spread } from "./spread.ts";

const BODY_LENGTH = 64 * 1024;
const ROUNDS = 9;
const ROUND_MS = 30;

const utf8 = new TextEncoder();
const noRules = compileDetectors([]);
const allRules = compileDetectors(builtInDetectors);
let keyOfLeaf: string | null = null;
const nobody = { found: () => {}, keyText: () => keyOfLeaf };
const plainScans = new Map([noRules, allRules].map((tables) => [tables, new TextScan(tables, nobody)]));

console.log("body".padEnd(20), " leaves  triggers", " MB/s of test", "beside µs", "of scan", "  factor");
for (const [name, make] of Object.entries(SAMPLE_BODIES)) {
  const document = tokenize(utf8.encode(JSON.stringify(make(BODY_LENGTH))), { depthMax: 16 });
  // One after the other in each round, so that what else the machine does falls on all alike.
  const rounds = Array.from({ length: ROUNDS }, () => {
    const beside = msPer(() => scan(document, noRules)) - msPer(() => scanPlainly(document, noRules));
    const plain = msPer(() => scanPlainly(document, allRules));
    const disguised = msPer(() => scan(document, allRules));
    return { test: msPer(() => triggers(document)), beside, share: beside / plain, factor: plain / disguised };
  });
  const median = (of: (round: (typeof rounds)[number]) => number) => spread(rounds.map(of)).median;
  console.log(
    name.padEnd(20),
    String(document.leaves.count).padStart(7),
    String(triggers(document)).padStart(9),
    (document.bytes.length / 1000 / median(({ test }) => test)).toFixed(0).padStart(13),
    (median(({ beside }) => beside) * 1000).toFixed(0).padStart(9),
    `${(median(({ share }) => share) * 100).toFixed(1)} %`.padStart(8),
    median(({ factor }) => factor)
      .toFixed(2)
      .padStart(7),
  );
}

function scan(document: JsonDocument, tables: CompiledDetectors): number {
  const options = { direction: "request", scanNumbers: true, decodeAndRescan: false, spellings: "all" } as const;
  return scanDocument(document, tables, options).length;
}

/** Every leaf as it stands, and nothing else. */
function scanPlainly(document: JsonDocument, tables: CompiledDetectors): void {
  const { bytes, leaves } = document;
  const text = plainScans.get(tables)!;
  text.open(bytes, "request");
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    const start = leaves.start[leaf]!;
    const end = leaves.end[leaf]!;
    if (leaves.kind[leaf] === NUMBER_LEAF && end - start < tables.numberLengthMin) continue;
    const flags = leaves.flags[leaf]!;
    const isMember = leaves.kind[leaf] === STRING_LEAF && leaves.container[leaf] === leaves.container[leaf - 1];
    keyOfLeaf = isMember && leaves.kind[leaf - 1] === KEY_LEAF ? leafText(document, leaf - 1) : null;
    text.scan(start, end, (flags & HAS_ESCAPE) !== 0, (flags & (HAS_ESCAPE | HAS_NON_ASCII)) === 0);
  }
  text.close();
}

/** How many leaves are not read as they stand. */
function triggers({ bytes, leaves }: JsonDocument): number {
  let count = 0;
  const signs = new FoldSigns(bytes, true);
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (leaves.kind[leaf] === NUMBER_LEAF) continue;
    const [start, end, flags] = [leaves.start[leaf]!, leaves.end[leaf]!, leaves.flags[leaf]!];
    if (needsNormalizing(bytes, start, end, flags, "all", false, () => signs)) count++;
  }
  return count;
}

function msPer(run: () => void): number {
  const since = process.cpuUsage();
  let times = 0;
  do {
    run();
    times++;
  } while (cpuMs(since) < ROUND_MS);
  return cpuMs(since) / times;
}

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}
