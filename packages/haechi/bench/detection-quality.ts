// How well the built-in detectors do: on cases made from the format facts and the
// written ones of corpus/, and on benign text. Run with --help for the options.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { builtInDetectors } from "../src/core/detect/registry.ts";
import { compileDetectors } from "../src/core/detect/rules/compile.ts";
import { type Alarm, countAlarms, raiseAlarms } from "./detection/alarms.ts";
import { allCases } from "./detection/all-cases.ts";
import { benignChunks, digestOf, megabytesOf } from "./detection/benign.ts";
import { scoreCarriers } from "./detection/carriers.ts";
import { baselineOf, compare } from "./detection/gate.ts";
import { alarmTable, clipped, macro, mistakeTable, percent, plainTable, scoreTable } from "./detection/report.ts";
import { scoreCases } from "./detection/score.ts";

const HELP = `node packages/haechi/bench/detection-quality.ts [options]
  --type a,b         only cases and rules of these entity types
  --group TEXT       only cases whose group contains this
  --without ID       leave out a rule
  --misses N         list N groups of mistakes (20)
  --show N           list N mistakes one by one
  --alarms N         list N rules that are wrong in benign text, and N of their alarms (10)
  --share N          every Nth piece of the benign text (1; 8 with --gate)
  --no-benign        no benign text
  --out FILE         every mistake and alarm as a line of JSON
  --gate             exit 1 when a figure falls below the baseline
  --write-baseline   rewrite the baseline
  --baseline FILE    the baseline (detection-baseline.json)
`;

const { values: options } = parseArgs({
  options: {
    type: { type: "string" },
    group: { type: "string" },
    without: { type: "string", multiple: true, default: [] },
    misses: { type: "string", default: "20" },
    show: { type: "string", default: "0" },
    alarms: { type: "string", default: "10" },
    share: { type: "string" },
    "no-benign": { type: "boolean", default: false },
    out: { type: "string" },
    gate: { type: "boolean", default: false },
    "write-baseline": { type: "boolean", default: false },
    baseline: { type: "string", default: fileURLToPath(new URL("./detection-baseline.json", import.meta.url)) },
    help: { type: "boolean", default: false },
  },
});

if (options.help) {
  console.log(HELP);
  process.exit();
}

const quiet = options.gate || options["write-baseline"];
const types = options.type?.split(",") ?? null;
const rules = builtInDetectors.filter(
  ({ id, entityType }) => !options.without.includes(id) && (types?.includes(entityType) ?? true),
);
const detectors = compileDetectors(rules);
const cases = (await allCases()).filter(
  ({ gold, group }) =>
    (types === null || gold.length === 0 || gold.some(({ type }) => types.includes(type))) &&
    (options.group === undefined || group.includes(options.group)),
);
const board = scoreCases(cases, detectors);
const chunks = options["no-benign"] ? [] : benignChunks(Number(options.share ?? (quiet ? 8 : 1)));
const alarms = raiseAlarms(chunks, rules);
const megabytes = megabytesOf(chunks);
const wrongAlarms = alarms.filter(({ right }) => !right);

if (!quiet) report();
if (options.out !== undefined) writeFileSync(options.out, jsonLines());

const figures = baselineOf(board, wrongAlarms.length, megabytes, digestOf(chunks));
if (options["write-baseline"]) {
  writeFileSync(options.baseline, `${JSON.stringify(figures, null, 2)}\n`);
  console.log(`${options.baseline}: ${Object.keys(figures.types).length} types`);
}
if (options.gate) {
  // Written by this program and committed, so its shape is known.
  const { worse, remarks } = compare(figures, JSON.parse(readFileSync(options.baseline, "utf8")));
  for (const remark of remarks) console.log(remark);
  for (const line of worse) console.error(line);
  const { recall, f1 } = macro(board.types());
  console.log(
    `${cases.length} cases: macro recall ${percent(recall)}, F1 ${percent(f1)}; ${figures.alarms.falsePerMb} false alarms per MB of ${megabytes.toFixed(1)}`,
  );
  if (worse.length > 0) {
    mistakesShown();
    process.exitCode = 1;
  }
}

function report(): void {
  const scores = board.types().filter(({ golds, wrong }) => golds > 0 || wrong > 0);
  console.log(scoreTable(scores));
  const tiers = plainTable(["tier", "places", "recall"], 1);
  for (const { tier, golds, recall } of board.tiers()) tiers.push([tier, `${golds}`, percent(recall)]);
  console.log(tiers.toString());
  const disguises = plainTable(["disguise", "places", "found"], 1);
  for (const [name, { golds, found }] of board.disguises()) disguises.push([name, `${golds}`, `${found}`]);
  console.log(disguises.toString());
  const carriers = plainTable(["found in the text, and as", "texts", "found"], 1);
  for (const { carrier, places, found } of scoreCarriers(
    cases.filter((_, at) => at % 10 === 0),
    detectors,
  ))
    carriers.push([carrier, `${places}`, `${found}`]);
  console.log(carriers.toString());
  console.log(`${cases.length} cases; span precision ${percent(board.spanPrecision)}`);
  mistakesShown();
  if (chunks.length === 0) return;
  console.log(alarmTable(countAlarms(alarms, chunks), Number(options.alarms)));
  for (const { found, chunk } of spread(wrongAlarms, Number(options.alarms)))
    console.log(
      `  ${found.type}/${found.ruleId} [${chunk.category}] ${clipped(chunk.source, 40)}: ${clipped(chunk.text.slice(Math.max(0, found.start - 40), found.start), 60)}⟦${clipped(found.value, 60)}⟧`,
    );
  console.log(
    `${alarms.length} alarms in ${megabytes.toFixed(1)} MB of benign text, ${wrongAlarms.length} of them wrong: ${(wrongAlarms.length / megabytes).toFixed(2)} per MB`,
  );
}

function mistakesShown(): void {
  const counted = board.mistakes.filter(({ tier, kind }) => kind === "wrong" || tier !== "bare");
  if (Number(options.misses) > 0) console.log(mistakeTable(counted, Number(options.misses)));
  for (const { kind, type, tier, group, text, value, by } of spread(counted, Number(options.show)))
    console.log(`${kind} ${type} (${tier}) ${group} [${by}] ⟦${clipped(value, 60)}⟧ in ${clipped(text, 160)}`);
}

/** So many of a list, from all over it. */
function spread<T>(list: readonly T[], count: number): T[] {
  const step = Math.max(1, list.length / Math.max(1, count));
  return Array.from({ length: Math.min(count, list.length) }, (_, at) => list[Math.floor(at * step)]!);
}

function jsonLines(): string {
  const alarmLine = ({ found, chunk, right }: Alarm) => ({
    kind: right ? "true alarm" : "false alarm",
    ...found,
    category: chunk.category,
    source: chunk.source,
    before: chunk.text.slice(Math.max(0, found.start - 60), found.start),
    after: chunk.text.slice(found.end, found.end + 40),
  });
  return [...board.mistakes, ...alarms.map(alarmLine)].map((line) => `${JSON.stringify(line)}\n`).join("");
}
