// How fast the built-in detectors scan ordinary texts of 16 KB, as one string of a
// JSON body and as a plain text; MB of UTF-8 per second, median of the rounds.
import { compileDetectors } from "../src/core/detect/compile.ts";
import { builtInDetectors } from "../src/core/detect/registry.ts";
import { scanDocument } from "../src/core/detect/scan.ts";
import type { JsonDocument } from "../src/core/document/json-document.ts";
import { textDocument } from "../src/core/document/text-document.ts";
import { tokenize } from "../src/core/document/tokenize.ts";
import { openStreamScanner } from "../src/core/stream/stream-scanner.ts";
import { SAMPLE_TEXTS } from "./sample-texts.ts";

const TEXT_LENGTH = 16 * 1024;
const ROUNDS = 9;
const ROUND_MS = 40;
const DELTA_LENGTH = 4;

const compileStart = performance.now();
const compiled = compileDetectors(builtInDetectors);
console.log(`${builtInDetectors.length} rules compiled in ${(performance.now() - compileStart).toFixed(1)} ms`);

const utf8 = new TextEncoder();
console.log("text".padEnd(12), "text MB/s", "JSON MB/s", "findings", "stream µs/delta", "held avg", "held max");
for (const [name, make] of Object.entries(SAMPLE_TEXTS)) {
  const text = make(TEXT_LENGTH);
  const plain = textDocument(utf8.encode(text));
  const json = tokenize(utf8.encode(JSON.stringify({ content: text })), { depthMax: 8 });
  const stream = streamCost(text);
  console.log(
    name.padEnd(12),
    speed(plain).toFixed(0).padStart(9),
    speed(json).toFixed(0).padStart(9),
    String(scan(plain)).padStart(8),
    stream.microseconds.toFixed(2).padStart(15),
    stream.heldAverage.toFixed(1).padStart(8),
    String(stream.heldMax).padStart(8),
  );
}

function scan(document: JsonDocument): number {
  return scanDocument(document, compiled, { direction: "request", scanNumbers: true, decodeAndRescan: false }).length;
}

function speed(document: JsonDocument): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    let times = 0;
    while (performance.now() - start < ROUND_MS) {
      scan(document);
      times++;
    }
    return (times * document.bytes.length) / (performance.now() - start) / 1000;
  });
  return rounds.sort((a, b) => a - b)[ROUNDS >> 1]!;
}

function streamCost(text: string): { microseconds: number; heldAverage: number; heldMax: number } {
  let held = 0;
  let heldMax = 0;
  let deltas = 0;
  const rounds = Array.from({ length: ROUNDS }, () => {
    const scanner = openStreamScanner(compiled, { direction: "response", heldMax: 256 });
    const start = performance.now();
    for (let at = 0; at < text.length; at += DELTA_LENGTH) {
      scanner.push(text.slice(at, at + DELTA_LENGTH));
      held += scanner.heldLength;
      heldMax = Math.max(heldMax, scanner.heldLength);
      deltas++;
    }
    return ((performance.now() - start) * 1000) / (text.length / DELTA_LENGTH);
  });
  return { microseconds: rounds.sort((a, b) => a - b)[ROUNDS >> 1]!, heldAverage: held / deltas, heldMax };
}
