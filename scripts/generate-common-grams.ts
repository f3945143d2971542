// Counts which three and which four bytes stand next to each other most often in ordinary text: the
// documents and sources of this project and of the packages it is made with, and the texts of its benches.
//   node scripts/generate-common-grams.ts
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { benignChunks } from "../packages/haechi/bench/detection/benign.ts";
import { SAMPLE_TEXTS } from "../packages/haechi/bench/sample-texts.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FILE = `${ROOT}packages/haechi/src/core/detect/tables/common-grams.generated.ts`;
// Detectors hold the very words that are looked for.
const SOURCES = ["docs/**/*.md", "packages/haechi/src/{config,core/audit,core/document,engine,gateway}/**/*.ts"];

const COUNTED = 6000;
const SAMPLE_LENGTH = 64 * 1024;
const CASE_BIT = 0x20;

/** Of the texts of the detection bench, those of people and those of programs. */
const BENIGN = [
  ["docs", "chat", "prose en"],
  ["types", "code"],
];
const benign = benignChunks(8);

const texts = [
  ...SOURCES.map((glob) =>
    globSync(glob, { cwd: ROOT })
      .sort()
      .map((path) => readFileSync(`${ROOT}${path}`, "utf8"))
      .join("\n"),
  ),
  ...BENIGN.map((categories) =>
    benign
      .filter(({ category }) => categories.includes(category))
      .map(({ text }) => text)
      .join("\n"),
  ),
  ...Object.entries(SAMPLE_TEXTS).flatMap(([name, make]) => (name === "base64" ? [] : [make(SAMPLE_LENGTH)])),
];

/** The commonest so many bytes, as one character each, one behind the other. Each text has the same say, however long it is. */
function commonest(length: number): string {
  const shares = new Map<string, number>();
  for (const text of texts) {
    const bytes = Buffer.from(new TextEncoder().encode(text).map((byte) => byte | CASE_BIT)).toString("latin1");
    for (let at = 0; at + length <= bytes.length; at++) {
      const gram = bytes.slice(at, at + length);
      shares.set(gram, (shares.get(gram) ?? 0) + 1 / bytes.length);
    }
  }
  return [...shares]
    .sort(([a, share], [b, other]) => other - share || (a < b ? -1 : 1))
    .slice(0, COUNTED)
    .map(([gram]) => gram)
    .join("");
}

writeFileSync(
  FILE,
  [
    "// Written by scripts/generate-common-grams.ts from ordinary texts. Do not edit.",
    "",
    "/** The commonest three bytes of ordinary text, the bit 0x20 of each set: as many after each other as there are. */",
    "// biome-ignore format: one line",
    `export const COMMON_TRIGRAMS = ${quoted(commonest(3))};`,
    "",
    "/** Likewise the commonest four. */",
    "// biome-ignore format: one line",
    `export const COMMON_FOURGRAMS = ${quoted(commonest(4))};`,
    "",
  ].join("\n"),
);

function quoted(bytes: string): string {
  return JSON.stringify(bytes).replace(/[^ -~]|\$(?=\{)/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
}
