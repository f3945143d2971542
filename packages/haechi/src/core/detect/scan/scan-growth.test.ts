import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { textDocument } from "../../document/text-document.ts";
import type { Anchor, Detector } from "../detector.ts";
import type { EntityType } from "../entity-type.ts";
import { builtInDetectors } from "../registry.ts";
import { type CompiledDetectors, compileDetectors } from "../rules/compile.ts";
import { scanDocument } from "./scan.ts";

// Work is counted, not timed: how often a pattern or a validator is run, and how many
// bytes are made into text for them. A scan that looks at the same text again and again
// shows in the count, however fast the machine.
describe("the work of a scan", () => {
  for (const [index, detector] of builtInDetectors.entries()) {
    it(`grows no faster than the text for ${detector.id}`, () => {
      const compiled = compileDetectors([detector]);
      const units = unitsOf(detector).filter((_, at) => (at + index) % UNIT_STEP === 0);
      for (const unit of units) assertGrowsWithText(compiled, unit);
    });
  }

  it("grows no faster than the text for all rules together", () => {
    const compiled = compileDetectors(builtInDetectors);
    for (const unit of UNITS.filter((one) => one !== "")) assertGrowsWithText(compiled, unit);
  });
});

/** Each detector is tried on every so many of its own texts, in turns with its neighbours, which have the same form. */
const UNIT_STEP = Number(process.env.HAECHI_GROWTH_STEP ?? 3);

const UNITS = [
  ...'a. a@b. @ sk- sk-sk- eyJa. eyJaaa. 4444\u0020 4- 1-1-1- AC 010-1234- 12:34: ://a: {"a":" (((('.split(" "),
  ...'4444 |password: |token="|-----BEGIN |name, |no |\t1\n|a,b\n|1;2\n'.split("|"),
  " ",
  "\n",
  "\\",
  "'\"",
];

// In half of it, pieces that are read from the beginning each time hide in the steps below.
const LENGTH = 16 * 1024;
const GROWTH_MAX = 2.2;
// What comes in steps as large as a window: the longest match, three bytes a character, twice over.
const STEPS: Work = { runs: 200, bytesRead: 100_000 };

interface Work {
  readonly runs: number;
  readonly bytesRead: number;
}

function assertGrowsWithText(compiled: CompiledDetectors, unit: string): void {
  const count = Math.floor(LENGTH / unit.length);
  // What is made when a rule first looks at such a text is no work of the scan.
  workOf(compiled, unit.repeat(Math.ceil(count / 10)));
  const [once, twice] = [count, 2 * count].map((times) => workOf(compiled, unit.repeat(times)));
  for (const kind of ["runs", "bytesRead"] as const) {
    const limit = once![kind] * GROWTH_MAX + STEPS[kind];
    assert.ok(twice![kind] <= limit, `${kind} over ${JSON.stringify(unit)}: ${once![kind]}, then ${twice![kind]}`);
  }
}

/** What a rule looks for, and what it nearly takes, to be repeated. */
function unitsOf(detector: Detector<EntityType>): string[] {
  const { finds, ignores } = detector.samples;
  const samples = [...finds, ...ignores].map(({ text }) => text);
  const starts = literalsOf(detector.anchor);
  const labels = (detector.context?.requires ?? []).slice(0, 1);
  const units = [
    ...starts.slice(0, 2),
    ...starts.slice(0, 1).map((start) => `${start}: a1`),
    ...samples.slice(0, 2),
    ...samples.slice(0, 1).flatMap((sample) => [sample.slice(0, -1), `${labels.join("")} ${sample.slice(0, 8)}`]),
  ];
  return units.filter((unit) => unit !== "" && unit.length < LENGTH);
}

function literalsOf(anchor: Anchor): readonly string[] {
  switch (anchor.kind) {
    case "literal":
      return anchor.literals;
    case "keyed":
      return anchor.names;
    case "digits":
      return ["1".repeat(anchor.run), `${"1".repeat(anchor.run)} `];
    case "at-sign":
      return ["@", "a@"];
  }
}

function workOf(compiled: CompiledDetectors, text: string): Work {
  const bytes = new TextEncoder().encode(text);
  const { exec } = RegExp.prototype;
  const { decode } = TextDecoder.prototype;
  let runs = 0;
  let bytesRead = 0;
  RegExp.prototype.exec = function (over) {
    runs++;
    return exec.call(this, over);
  };
  TextDecoder.prototype.decode = function (input, options) {
    bytesRead += input?.byteLength ?? 0;
    return decode.call(this, input, options);
  };
  try {
    scanDocument(textDocument(bytes), compiled, { direction: "response", scanNumbers: true, decodeAndRescan: false });
    return { runs, bytesRead };
  } finally {
    RegExp.prototype.exec = exec;
    TextDecoder.prototype.decode = decode;
  }
}
