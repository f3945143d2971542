import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { allCases } from "../bench/detection/all-cases.ts";
import { benignChunks, digestOf, megabytesOf } from "../bench/detection/benign.ts";
import { type Baseline, compare } from "../bench/detection/gate.ts";

const program = fileURLToPath(new URL("../bench/detection-quality.ts", import.meta.url));
let folder = "";

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "haechi-gate-"));
});
after(() => rm(folder, { recursive: true }));

test("no type does worse than its baseline says", async () => {
  const { code, output } = await gate(["--gate"]);
  assert.equal(code, 0, output);
});

test("a rule that is gone shuts the gate, until the baseline is written anew", async () => {
  const few = ["--type", "email", "--group", "e-mail", "--no-benign", "--baseline", join(folder, "baseline.json")];
  assert.equal((await gate([...few, "--write-baseline"])).code, 0);
  assert.equal((await gate([...few, "--gate"])).code, 0);
  const broken = [...few, "--without", "email"];
  const shut = await gate([...broken, "--gate"]);
  assert.equal(shut.code, 1);
  assert.match(shut.output, /^email: recall 0(?:\.\d+)?, was (?:1|0\.\d+)$/m);
  assert.equal((await gate([...broken, "--write-baseline"])).code, 0);
  assert.equal((await gate([...broken, "--gate"])).code, 0);
});

test("a type that the baseline does not know is reported and fails nothing", () => {
  const known = baseline({ email: { recall: 1, precision: 1 } });
  const more = baseline({ email: { recall: 1, precision: 1 }, passport: { recall: 0, precision: 0 } });
  assert.deepEqual(compare(more, known), { worse: [], remarks: ["passport: not in the baseline yet"] });
});

test("lost precision and more false alarms count as worse, as long as the benign texts are the same", () => {
  const known = baseline({ email: { recall: 1, precision: 1 } });
  const worse = baseline({ email: { recall: 1, precision: 0.999999 } }, 1.5);
  assert.deepEqual(compare(worse, known).worse, [
    "email: precision 0.999999, was 1",
    "false alarms per MB: 1.5, was 1",
  ]);
  const elsewhere = compare({ ...worse, alarms: { falsePerMb: 9, digest: "other" } }, known);
  assert.deepEqual(elsewhere.worse, ["email: precision 0.999999, was 1"]);
  assert.equal(elsewhere.remarks.length, 1);
});

test("cases and benign texts are the same in every run, and many", async () => {
  const [cases, again] = [await allCases(), await allCases()];
  assert.deepEqual(cases, again);
  assert.ok(cases.length > 15_000, `${cases.length} cases`);
  for (const { text: whole, gold } of cases)
    for (const { start, end } of gold) assert.ok(start >= 0 && start < end && end <= whole.length, whole);
  const chunks = benignChunks();
  assert.equal(digestOf(chunks), digestOf(benignChunks()));
  assert.ok(megabytesOf(chunks) > 15);
});

function baseline(types: Baseline["types"], falsePerMb = 1): Baseline {
  return { alarms: { falsePerMb, digest: "same" }, types };
}

async function gate(options: readonly string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [program, ...options], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? -1)));
  const [code, out, error] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, output: out + error };
}
