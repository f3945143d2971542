// Precision and recall of the built-in detectors on the corpus, type by type.
//   --gate            exit 1 when a type falls below detection-baseline.json
//   --write-baseline  rewrite detection-baseline.json
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { builtInDetectors } from "../src/core/detect/registry.ts";
import { loadCorpus } from "../src/testing/corpus.ts";
import { scoreDetection, type TypeScore } from "../src/testing/score-detection.ts";

type Baseline = Readonly<Record<string, Pick<TypeScore, "precision" | "recall">>>;

const baselineFile = new URL("./detection-baseline.json", import.meta.url);
const corpus = await loadCorpus(fileURLToPath(new URL("../../../corpus/detection", import.meta.url)));
const { types, mistakes } = scoreDetection(builtInDetectors, corpus);

console.table(Object.fromEntries(types.map(({ entityType, ...score }) => [entityType, score])));
for (const mistake of mistakes) console.log(mistake);

if (process.argv.includes("--write-baseline")) {
  const baseline = Object.fromEntries(
    types.map(({ entityType, precision, recall }) => [entityType, { precision, recall }]),
  );
  writeFileSync(baselineFile, `${JSON.stringify(baseline, null, 2)}\n`);
}

if (process.argv.includes("--gate")) {
  // Written by this program and committed, so its shape is known.
  const baseline = JSON.parse(readFileSync(baselineFile, "utf8")) as Baseline;
  for (const { entityType, precision, recall } of types) {
    const known = baseline[entityType];
    if (known === undefined) console.log(`${entityType}: not in the baseline yet`);
    else if (precision < known.precision || recall < known.recall) {
      console.error(
        `${entityType}: precision ${precision} (was ${known.precision}), recall ${recall} (was ${known.recall})`,
      );
      process.exitCode = 1;
    }
  }
}
