import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { type CliFolder, cliFolder } from "../../../test/support/run-cli.ts";

/** A folder whose log has so many closed segments, each with a few entries, and anchors for all of them. */
async function folderWith(test: TestContext, closed: number): Promise<CliFolder> {
  const folder = await cliFolder(test);
  writeFileSync("haechi.config.json", JSON.stringify({ mode: "enforce", audit: { anchor: { mode: "file" } } }));
  await folder.run("init");
  for (let number = 0; number <= closed; number++) {
    if (number > 0) await folder.run("audit rotate");
    await folder.run("protect -", { stdin: '["minji.kim@example.org"]' });
  }
  return folder;
}

const VERIFIER = join(import.meta.dirname, "../../../../../specs/verify/verify-audit.mjs");

const closedFiles = () =>
  readdirSync(".haechi")
    .filter((name) => name.includes(".segment-"))
    .sort();

describe("audit expire", () => {
  it("lists what would go, and deletes and records it when it is told to", async (test) => {
    const folder = await folderWith(test, 3);
    const listed = JSON.parse((await folder.run("audit expire --keep 1")).stdout);
    assert.deepEqual([listed.ok, listed.deleted], [true, false]);
    assert.deepEqual(
      listed.segments.map(({ number, records }: { number: number; records: number }) => [number, records]),
      [
        [1, 1],
        [2, 2],
      ],
    );
    assert.equal(closedFiles().length, 3);
    assert.equal(JSON.parse((await folder.run("audit expire --keep 1 --yes")).stdout).deleted, true);
    assert.deepEqual(closedFiles(), ["audit.segment-000003.jsonl"]);
    const newest = JSON.parse(readFileSync(".haechi/audit.jsonl", "utf8").trimEnd().split("\n").at(-1)!);
    assert.deepEqual([newest.decision, newest.segment.number], ["segments_expired", 3]);
  });

  it("is no reason for a warning, and verification says what is gone", async (test) => {
    const folder = await folderWith(test, 2);
    await folder.run("audit expire --keep 1 --yes");
    const verified = await folder.run("audit-verify");
    assert.equal(verified.exitCode, 0);
    const { result } = JSON.parse(verified.stdout);
    assert.equal(result.expired.segments, 1);
    const surroundings = { isTerminal: true };
    const words = (await folder.run("audit-verify --no-color", surroundings)).stdout;
    assert.match(words, /expired +segment 1, deleted on purpose as the log records \(2\d{3}-/);
    const { warnings, audit } = JSON.parse((await folder.run("status")).stdout);
    assert.equal(audit.chain.valid, true);
    assert.deepEqual(
      warnings.filter((line: string) => line.includes("does not hold")),
      [],
    );
    assert.match((await folder.run("status --no-color", surroundings)).stdout, /segment 1, deleted on purpose/);
    rmSync(".haechi/audit.segment-000002.jsonl");
    const tampered = await folder.run("audit-verify");
    assert.equal(tampered.exitCode, 4);
    assert.equal(JSON.parse(tampered.stdout).result.reason, "segment 2 missing");
    assert.match((await folder.run("status")).stdout, /the audit log does not hold: segment 2 missing/);
  });

  it("holds against an auditor who wants the older segments too", async (test) => {
    const folder = await folderWith(test, 2);
    await folder.run("audit expire --keep 1 --yes");
    const { exitCode, stdout } = await folder.run("audit-verify --first-segment 1");
    assert.deepEqual([exitCode, JSON.parse(stdout).result.reason], [4, "segment 1 missing"]);
    assert.equal((await folder.run("audit-verify --first-segment 2")).exitCode, 0);
  });

  it("leaves checkpoints and anchors good for what is there", async (test) => {
    const folder = await folderWith(test, 3);
    await folder.run("audit checkpoint");
    await folder.run("audit expire --keep 1 --yes");
    await folder.run("audit rotate");
    const unsigned = await folder.run("audit expire --keep 0 --yes");
    assert.equal(unsigned.exitCode, 1);
    assert.match(unsigned.stderr, /no checkpoint covers segment 4 yet/);
    await folder.run("audit checkpoint");
    assert.equal((await folder.run("audit expire --keep 0")).exitCode, 0);
    const key = ".haechi/audit-checkpoint.key.json.pub";
    const line = `audit-verify --checkpoints .haechi/audit.checkpoints --verifier-key ${key} --anchor`;
    const { exitCode, stdout } = await folder.run(line);
    assert.equal(exitCode, 0, stdout);
    const { result } = JSON.parse(stdout);
    assert.deepEqual([result.expired.segments, result.segments, result.checkpoints], [2, 3, 6]);
    const options = [
      "--key",
      key,
      "--checkpoints",
      ".haechi/audit.checkpoints",
      "--anchors",
      ".haechi/audit.anchor.jsonl",
    ];
    const other = spawnSync(process.execPath, [VERIFIER, "log", ".haechi/audit.jsonl", ...options], {
      encoding: "utf8",
    });
    assert.equal(other.status, 0, other.stdout);
    writeFileSync(".haechi/audit.jsonl", readFileSync(".haechi/audit.jsonl", "utf8").replace(/[^\n]*\n$/, ""));
    assert.equal((await folder.run(line)).exitCode, 4);
  });

  it("deletes nothing of a log that does not hold, and by no condition", async (test) => {
    const folder = await folderWith(test, 2);
    assert.equal((await folder.run("audit expire --yes")).exitCode, 2);
    assert.equal((await folder.run("audit expire --before yesterday --yes")).exitCode, 2);
    assert.deepEqual(JSON.parse((await folder.run("audit expire --before 2020-01-01 --yes")).stdout).segments, []);
    const first = ".haechi/audit.segment-000001.jsonl";
    writeFileSync(first, readFileSync(first, "utf8").replace('"email":1', '"email":2'));
    const { exitCode, stderr } = await folder.run("audit expire --keep 0 --yes");
    assert.equal(exitCode, 4);
    assert.match(stderr, /nothing was deleted: segment 1: event hash mismatch at line 1/);
    assert.equal(closedFiles().length, 2);
  });
});
