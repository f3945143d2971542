// What a fresh process pays before its first finding: the rules compiled, then a first text
// of words, then one with numbers. Each round is a process of its own; milliseconds of
// processor time beyond the loading of modules, medians.
//   node packages/haechi/bench/cold-start.ts
import { spawnSync } from "node:child_process";
import { builtInDetectors } from "../src/core/detect/registry.ts";
import { compileDetectors } from "../src/core/detect/rules/compile.ts";
import { scanDocument } from "../src/core/detect/scan/scan.ts";
import { textDocument } from "../src/core/document/text-document.ts";
import { spread } from "./spread.ts";

const ROUNDS = 15;

if (process.argv[2] === "once") {
  console.log(JSON.stringify(onceMs()));
} else {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const { stdout } = spawnSync(process.execPath, [import.meta.filename, "once"], { encoding: "utf8" });
    return JSON.parse(stdout) as ReturnType<typeof onceMs>;
  });
  console.log(`${builtInDetectors.length} rules`);
  for (const step of ["compile", "words", "numbers"] as const) {
    console.log(
      step.padEnd(8),
      spread(rounds.map((round) => round[step]))
        .median.toFixed(1)
        .padStart(6),
      "ms",
    );
  }
}

function onceMs(): { compile: number; words: number; numbers: number } {
  const since = process.cpuUsage();
  const elapsed = () => {
    const { user, system } = process.cpuUsage(since);
    return (user + system) / 1000;
  };
  const compiled = compileDetectors(builtInDetectors);
  const compile = elapsed();
  const scan = (text: string) => {
    const document = textDocument(new TextEncoder().encode(text));
    scanDocument(document, compiled, { direction: "request", scanNumbers: true, decodeAndRescan: false });
  };
  scan("The quick brown fox jumps over the lazy dog.");
  const words = elapsed() - compile;
  scan("It jumped 12345678 times, at 4111 1111 1111 1112 in all.");
  return { compile, words, numbers: elapsed() - compile - words };
}
