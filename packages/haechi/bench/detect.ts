// How fast the built-in detectors scan ordinary texts of 16 KB, as a plain text and as one
// string of a JSON body, alone and among 500 rules more; how long hostile texts take; what
// a stream costs. Speeds are MB of UTF-8 per second of processor time, medians of rounds.

import type { Detector } from "../src/core/detect/detector.ts";
import type { EntityType } from "../src/core/detect/entity-type.ts";
import { builtInDetectors } from "../src/core/detect/registry.ts";
import { type CompiledDetectors, compileDetectors } from "../src/core/detect/rules/compile.ts";
import { scanDocument } from "../src/core/detect/scan/scan.ts";
import type { JsonDocument } from "../src/core/document/json-document.ts";
import { textDocument } from "../src/core/document/text-document.ts";
import { tokenize } from "../src/core/document/tokenize.ts";
import { openStreamScanner } from "../src/core/stream/stream-scanner.ts";
import { SAMPLE_TEXTS } from "./sample-texts.ts";
import { spread } from "./spread.ts";

const TEXT_LENGTH = 16 * 1024;
const HOSTILE_LENGTH = 100 * 1024;
const ROUNDS = 9;
const ROUND_MS = 40;
const DELTA_LENGTH = 4;
const MORE_RULES = 500;

const HOSTILE_UNITS = [
  ...'a.a.a. a@b. sk-sk- eyJaaa. 1-1-1- AC 010-1234- ://a: ((" \\" token="'.split(" "),
  ..."4444 4444 |password: |-----BEGIN | |a,b\n|idfa,7785123\n".split("|"),
];

const utf8 = new TextEncoder();
const start = process.cpuUsage();
const compiled = compileDetectors(builtInDetectors);
const compileMs = cpuMs(start);
const first = process.cpuUsage();
scan(textDocument(utf8.encode("The first text, with a number: 12345678.")), compiled);
console.log(
  `${builtInDetectors.length} rules: compiled in ${compileMs.toFixed(1)} ms, first text in ${cpuMs(first).toFixed(1)} ms`,
);
const crowded = compileDetectors([
  ...builtInDetectors,
  ...Array.from({ length: MORE_RULES }, (_, at) => vendorToken(at)),
]);

console.log(
  "\ntext".padEnd(13),
  "text MB/s",
  "JSON MB/s",
  `+${MORE_RULES} rules`,
  " ×2 text",
  "stream µs/delta",
  "held avg",
  "held max",
);
for (const [name, make] of Object.entries(SAMPLE_TEXTS)) {
  const text = make(TEXT_LENGTH);
  const plain = textDocument(utf8.encode(text));
  const twice = textDocument(utf8.encode(make(2 * TEXT_LENGTH)));
  const json = tokenize(utf8.encode(JSON.stringify({ content: text })), { depthMax: 8 });
  // One after the other in each round, so that what else the machine does falls on all alike.
  const rounds = Array.from({ length: ROUNDS }, () => {
    const [alone, among, double] = [msPerScan(plain, compiled), msPerScan(plain, crowded), msPerScan(twice, compiled)];
    return { alone, json: msPerScan(json, compiled), more: among / alone - 1, growth: double / alone };
  });
  const median = (of: (round: (typeof rounds)[number]) => number) => spread(rounds.map(of)).median;
  const stream = streamCost(text);
  console.log(
    name.padEnd(12),
    (plain.bytes.length / 1000 / median(({ alone }) => alone)).toFixed(0).padStart(9),
    (json.bytes.length / 1000 / median(({ json: ms }) => ms)).toFixed(0).padStart(9),
    `${(median(({ more }) => more) * 100).toFixed(0)} %`.padStart(10),
    median(({ growth }) => growth)
      .toFixed(2)
      .padStart(8),
    stream.microseconds.toFixed(2).padStart(15),
    stream.heldAverage.toFixed(1).padStart(8),
    String(stream.heldMax).padStart(8),
  );
}

const prose = textDocument(utf8.encode(SAMPLE_TEXTS.prose!(HOSTILE_LENGTH)));
console.log("\n100 KB of", " ".repeat(10), "ms", "  × prose");
for (const unit of HOSTILE_UNITS) {
  const hostile = textDocument(utf8.encode(unit.repeat(HOSTILE_LENGTH / unit.length)));
  const rounds = Array.from({ length: ROUNDS }, () => ({
    ms: msPerScan(hostile, compiled),
    prose: msPerScan(prose, compiled),
  }));
  const ms = spread(rounds.map((round) => round.ms)).median;
  const ratio = spread(rounds.map((round) => round.ms / round.prose)).median;
  console.log(JSON.stringify(unit).padEnd(18), ms.toFixed(1).padStart(5), ratio.toFixed(1).padStart(9));
}

/** A rule like those for the tokens of vendors, of a vendor that does not exist. */
function vendorToken(at: number): Detector<EntityType> {
  const prefix = `v${(at * 7919).toString(36).padStart(5, "q")}_`;
  return {
    id: `synthetic-${at}`,
    entityType: "secret",
    confidence: 0.9,
    anchor: { kind: "literal", literals: [prefix] },
    pattern: new RegExp(`(?<!\\w)${prefix}[A-Za-z\\d]{32}(?!\\w)`),
    samples: { finds: [], ignores: [] },
  };
}

function scan(document: JsonDocument, tables: CompiledDetectors): number {
  // As bodies are scanned, and as `detect` scans.
  const options = { direction: "request", scanNumbers: true, decodeAndRescan: false, spellings: "all" } as const;
  return scanDocument(document, tables, options).length;
}

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

function msPerScan(document: JsonDocument, tables: CompiledDetectors): number {
  const since = process.cpuUsage();
  let times = 0;
  do {
    scan(document, tables);
    times++;
  } while (cpuMs(since) < ROUND_MS);
  return cpuMs(since) / times;
}

function streamCost(text: string): { microseconds: number; heldAverage: number; heldMax: number } {
  let held = 0;
  let heldMax = 0;
  let deltas = 0;
  const rounds = Array.from({ length: ROUNDS }, () => {
    const scanner = openStreamScanner(compiled, { direction: "response", heldMax: 256 });
    const since = process.cpuUsage();
    for (let at = 0; at < text.length; at += DELTA_LENGTH) {
      scanner.push(text.slice(at, at + DELTA_LENGTH));
      held += scanner.heldLength;
      heldMax = Math.max(heldMax, scanner.heldLength);
      deltas++;
    }
    return (cpuMs(since) * 1000) / (text.length / DELTA_LENGTH);
  });
  return { microseconds: spread(rounds).median, heldAverage: held / deltas, heldMax };
}
