import assert from "node:assert/strict";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { type CliFolder, cliFolder } from "../support/run-cli.ts";

const AUDIT = ".haechi/audit.jsonl";
const ANCHORS = ".haechi/audit.anchor.jsonl";
const EMAIL = "minji.kim@example.org";

/** A log of so many events, each with one finding, and anchors for them. */
async function writeLog({ run }: CliFolder, events: number): Promise<void> {
  writeFileSync("haechi.config.json", JSON.stringify({ mode: "enforce", audit: { anchor: { mode: "file" } } }));
  await run("init");
  for (let count = 0; count < events; count++) await run("protect -", { stdin: JSON.stringify([EMAIL]) });
}

function changeLines(change: (lines: string[]) => string[]): void {
  const lines = readFileSync(AUDIT, "utf8").split("\n").slice(0, -1);
  writeFileSync(AUDIT, `${change(lines).join("\n")}\n`);
}

describe("audit-verify", () => {
  it("holds a good log against its anchors", async (test) => {
    const folder = await cliFolder(test);
    await writeLog(folder, 3);
    const { exitCode, stdout } = await folder.run("audit-verify");
    assert.equal(exitCode, 0);
    const { result, ...members } = JSON.parse(stdout);
    assert.deepEqual(members, { ok: true, command: "audit-verify", auditPath: AUDIT, anchorPath: ANCHORS });
    assert.deepEqual(Object.keys(result), ["valid", "records", "headHash", "anchored"]);
    assert.deepEqual([result.valid, result.records, result.anchored], [true, 3, { count: 3, lastSequence: 3 }]);
  });

  it("exits 4 for a log that was changed, shortened in its middle or put in another order", async (test) => {
    const folder = await cliFolder(test);
    await writeLog(folder, 3);
    const whole = readFileSync(AUDIT, "utf8");
    const changes = [
      (lines: string[]) => lines.with(1, lines[1]!.replace('"email":1', '"email":2')),
      (lines: string[]) => lines.toSpliced(1, 1),
      (lines: string[]) => [lines[0]!, lines[2]!, lines[1]!],
      (lines: string[]) => lines.toSpliced(1, 0, lines[1]!),
    ];
    for (const change of changes) {
      writeFileSync(AUDIT, whole);
      changeLines(change);
      const { exitCode, stdout } = await folder.run(`audit-verify --audit ${AUDIT}`);
      assert.equal(exitCode, 4);
      const { ok, anchorPath, result } = JSON.parse(stdout);
      assert.deepEqual([ok, anchorPath, result.valid, typeof result.reason], [false, null, false, "string"]);
    }
  });

  it("finds by the anchors that the newest entries are gone", async (test) => {
    const folder = await cliFolder(test);
    await writeLog(folder, 3);
    changeLines((lines) => lines.slice(0, 2));
    assert.equal((await folder.run(`audit-verify --audit ${AUDIT}`)).exitCode, 0);
    for (const line of [
      "audit-verify",
      "audit-verify --anchor",
      `audit-verify --audit ${AUDIT} --anchor`,
      `audit-verify --audit ${AUDIT} --anchor ${ANCHORS}`,
    ]) {
      const { exitCode, stdout } = await folder.run(line);
      assert.equal(exitCode, 4, line);
      assert.match(JSON.parse(stdout).result.reason, /^tail truncation/);
    }
  });

  it("verifies segments that were put aside, each with its own anchors", async (test) => {
    const folder = await cliFolder(test);
    await writeLog(folder, 2);
    renameSync(AUDIT, "old.jsonl");
    renameSync(ANCHORS, "old.anchor.jsonl");
    await writeLog(folder, 1);
    for (const [line, records] of [
      ["audit-verify --audit old.jsonl --anchor old.anchor.jsonl", 2],
      ["audit-verify", 1],
    ] as const) {
      const { exitCode, stdout } = await folder.run(line);
      assert.equal(exitCode, 0, line);
      assert.equal(JSON.parse(stdout).result.records, records);
    }
    assert.equal((await folder.run(`audit-verify --audit old.jsonl --anchor ${ANCHORS}`)).exitCode, 4);
  });

  it("needs no configuration for a log that is named, with the anchors that are", async (test) => {
    const folder = await cliFolder(test);
    await writeLog(folder, 1);
    writeFileSync("haechi.config.json", "not json");
    const { exitCode, stderr } = await folder.run(`audit-verify --audit ${AUDIT} --anchor ${ANCHORS}`);
    assert.deepEqual([exitCode, stderr], [0, ""]);
  });

  it("does not take a missing log for a good one", async (test) => {
    const { run } = await cliFolder(test);
    const { exitCode, stdout } = await run("audit-verify --audit missing.jsonl");
    assert.equal(exitCode, 4);
    assert.equal(JSON.parse(stdout).result.reason, "log file missing");
  });

  it("says at a terminal whether the log holds", async (test) => {
    const folder = await cliFolder(test);
    await writeLog(folder, 1);
    const surroundings = { isTerminal: true, environment: { NO_COLOR: "1" } };
    assert.match((await folder.run("audit-verify", surroundings)).stdout, /^The audit log holds\.\n/);
    changeLines((lines) => [...lines, "{}"]);
    const { exitCode, stdout } = await folder.run("audit-verify", surroundings);
    assert.equal(exitCode, 4);
    assert.match(stdout, /^The audit log does not hold: .* at line 2\.\n/);
  });
});

describe("report", () => {
  it("counts what the log says", async (test) => {
    const folder = await cliFolder(test);
    await writeLog(folder, 2);
    await folder.run("protect -", { stdin: JSON.stringify({ card: `4111${"1".repeat(12)}` }) });
    const { exitCode, stdout } = await folder.run("report");
    assert.equal(exitCode, 0);
    assert.deepEqual(JSON.parse(stdout), {
      ok: true,
      auditPath: AUDIT,
      summary: {
        events: 3,
        blocked: 1,
        detections: 3,
        byType: { card: 1, email: 2 },
        byAction: { block: 1, redact: 2 },
      },
    });
  });

  it("counts nothing where there is no log", async (test) => {
    const { run } = await cliFolder(test);
    const { exitCode, stdout } = await run("report --audit missing.jsonl");
    assert.equal(exitCode, 0);
    const { summary } = JSON.parse(stdout);
    assert.deepEqual(summary, { events: 0, blocked: 0, detections: 0, byType: {}, byAction: {} });
  });

  it("shows a person tables, the largest count first", async (test) => {
    const folder = await cliFolder(test);
    await writeLog(folder, 2);
    await folder.run("protect -", { stdin: JSON.stringify({ card: `4111${"1".repeat(12)}` }) });
    const { stdout } = await folder.run("report --no-color", { isTerminal: true });
    assert.match(stdout, /\n\ntype {3}count\nemail {2}2\ncard {3}1\n\n/);
  });
});
