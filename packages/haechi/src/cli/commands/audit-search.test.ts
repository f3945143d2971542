import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { type CliFolder, cliFolder } from "../../../test/support/run-cli.ts";
import type { AuditEvent } from "../../core/audit/event.ts";
import { sampleDecisionEvent, sampleProtectEvent } from "../../core/audit/sample-events.oracle.ts";
import { createAuditLog } from "../../engine/audit/audit-log.ts";
import { createFileAuditSegments } from "../../providers/storage/audit-segments.ts";
import { createFileAuditStore } from "../../providers/storage/file-audit-store.ts";
import { systemClock } from "../../providers/system/system-clock.ts";
import { systemRandom } from "../../providers/system/system-random.ts";

const AUDIT = "audit.jsonl";

/** A log of two segments: `events`, half of them in each. */
async function logOf(test: TestContext, events: readonly AuditEvent[]): Promise<CliFolder> {
  const folder = await cliFolder(test);
  const log = createAuditLog({
    store: createFileAuditStore({ path: AUDIT }),
    segments: { store: createFileAuditSegments(AUDIT) },
    clock: systemClock,
    random: systemRandom,
  });
  const half = Math.ceil(events.length / 2);
  await Promise.all(events.slice(0, half).map((event) => log.record(event)));
  await log.rotate();
  await Promise.all(events.slice(half).map((event) => log.record(event)));
  await log.close();
  return folder;
}

const day = (number: number) => `2030-01-0${number}T12:00:00.000Z`;
const EVENTS: readonly AuditEvent[] = [
  { ...sampleProtectEvent(1), timestamp: day(1) },
  { ...sampleProtectEvent(2), timestamp: day(1), profile: "strict", blocked: true },
  { ...sampleDecisionEvent(3), timestamp: day(2), routeId: "messages" },
  { ...sampleProtectEvent(4), timestamp: day(3), profile: "strict" },
  { ...sampleDecisionEvent(5, { decision: "auth_denied", reason: "no_token" }), timestamp: day(3) },
  { ...sampleProtectEvent(6), timestamp: day(4) },
];

/** The numbers of the sample events in what was printed. */
function numbersIn(stdout: string): number[] {
  const lines = stdout.split("\n").slice(0, -1);
  return lines.flatMap((line) => {
    const { id, decision } = JSON.parse(line);
    return decision === "segment_started" ? [] : [Number.parseInt(id.slice(-12), 16)];
  });
}

async function numbersOf({ run }: CliFolder, line: string): Promise<number[]> {
  const { exitCode, stdout, stderr } = await run(`${line} --audit ${AUDIT}`);
  assert.equal(exitCode, 0, stderr);
  return numbersIn(stdout);
}

describe("audit search", () => {
  it("finds entries by each condition, over all segments", async (test) => {
    const folder = await logOf(test, EVENTS);
    const found: Record<string, readonly number[]> = {
      "": [1, 2, 3, 4, 5, 6],
      "--since 2030-01-03 --until 2030-01-04": [4, 5],
      "--since 2030-01-01T12:00Z --until 2030-01-01T12:00:01": [1, 2],
      "--type email": [1, 2, 4, 6],
      "--type card": [],
      "--action redact --blocked": [2],
      "--decision auth_denied": [5],
      "--profile strict": [2, 4],
      "--route messages": [3],
      "--route chat-completions": [1, 2, 4, 5, 6],
      "--exchange 00000000-0000-4000-8000-0000000000ff --limit 3": [1, 2, 3],
      "--exchange other": [],
    };
    for (const [options, expected] of Object.entries(found)) {
      assert.deepEqual(await numbersOf(folder, `audit search ${options}`), expected, options);
    }
  });

  it("passes over what is no entry", async (test) => {
    const folder = await logOf(test, EVENTS);
    const { appendFileSync } = await import("node:fs");
    appendFileSync(AUDIT, '{"no":"entry"}\nnot json\n{"torn');
    assert.deepEqual(await numbersOf(folder, "audit search"), [1, 2, 3, 4, 5, 6]);
  });

  it("ends when nobody reads any more", async (test) => {
    const { path } = await logOf(
      test,
      Array.from({ length: 2_000 }, (_, index) => sampleProtectEvent(index)),
    );
    const main = join(import.meta.dirname, "../main.ts");
    const child = spawn(process.execPath, [main, "audit", "search", "--audit", AUDIT], { cwd: path });
    await once(child.stdout, "data");
    child.stdout.destroy();
    const [code] = await once(child, "close");
    assert.equal(code, 0);
  });

  it("refuses a time that is none, and a log that is not there", async (test) => {
    const { run } = await logOf(test, EVENTS);
    assert.equal((await run(`audit search --since yesterday --audit ${AUDIT}`)).exitCode, 2);
    assert.equal((await run("audit search --audit missing.jsonl")).exitCode, 1);
  });
});

describe("audit tail", () => {
  it("shows the newest entries, those before the open segment too", async (test) => {
    const folder = await logOf(test, EVENTS);
    assert.deepEqual(await numbersOf(folder, "audit tail --lines 2"), [5, 6]);
    assert.deepEqual(await numbersOf(folder, "audit tail --lines 5"), [3, 4, 5, 6]);
    assert.deepEqual(await numbersOf(folder, "audit tail --lines 1 --profile strict"), [4]);
    assert.deepEqual(await numbersOf(folder, "audit tail"), [1, 2, 3, 4, 5, 6]);
  });
});

describe("audit export", () => {
  it("writes OCSF events with all that the classes require", async (test) => {
    const { run } = await logOf(test, EVENTS);
    const { stdout } = await run(`audit export --format ocsf --audit ${AUDIT}`);
    const events = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.equal(events.length, 7);
    for (const event of events) {
      assert.equal(event.type_uid, event.class_uid * 100 + event.activity_id);
      assert.equal(event.category_uid, Math.floor(event.class_uid / 1000));
      assert.ok(event.severity_id >= 1 && event.severity_id <= 4 && Number.isSafeInteger(event.time));
      assert.ok(event.metadata.version === "1.5.0" && event.metadata.product.name === "Haechi");
      if (event.class_uid === 2006)
        assert.ok(event.finding_info.title && event.finding_info.uid === event.metadata.uid);
    }
    const control = events.map(({ class_uid, action_id, disposition_id }) => [class_uid, action_id, disposition_id]);
    assert.deepEqual(control[0], [2006, 4, 11]);
    assert.deepEqual(control[1], [2006, 2, 2]);
    assert.deepEqual(control[2], [0, 2, 2]);
    assert.equal(events[0].time, Date.parse(day(1)));
  });

  it("writes CEF lines that can be read again", async (test) => {
    const { run } = await logOf(test, EVENTS);
    const { stdout } = await run(`audit export --format cef --blocked --audit ${AUDIT}`);
    const lines = stdout.trimEnd().split("\n");
    assert.equal(lines.length, 3);
    const [version, vendor, product, , signature, name, severity, extension] = lines[0]!.split("|");
    assert.deepEqual([version, vendor, product, signature, severity], ["CEF:0", "Haechi", "Haechi", "inspected", "6"]);
    assert.equal(name, "1 findings, blocked (request:POST chat-completions)");
    const members = new Map([...extension!.matchAll(/(\w+)=(.*?)(?= \w+=|$)/g)].map(([, key, value]) => [key, value]));
    assert.deepEqual(
      ["rt", "act", "cs1Label", "cs1", "cs4", "cnt"].map((key) => members.get(key)),
      [String(Date.parse(day(1))), "blocked", "types", "email:1", "strict", "1"],
    );
  });

  it("needs a format that it knows", async (test) => {
    const { run } = await logOf(test, EVENTS);
    for (const options of ["", "--format leef"]) {
      assert.equal((await run(`audit export --audit ${AUDIT} ${options}`)).exitCode, 2);
    }
  });
});

describe("report --by", () => {
  const rowsOf = async ({ run }: CliFolder, options: string) => {
    const { exitCode, stdout, stderr } = await run(`report --audit ${AUDIT} ${options}`);
    assert.equal(exitCode, 0, stderr);
    const rows: { name: string; events: number; blocked: number; findings: number }[] = JSON.parse(stdout).rows;
    return rows.map(({ name, events, blocked, findings }) => [name, events, blocked, findings]);
  };

  it("counts by each thing, over all segments", async (test) => {
    const folder = await logOf(test, EVENTS);
    assert.deepEqual(await rowsOf(folder, "--by type"), [["email", 4, 1, 4]]);
    assert.deepEqual(await rowsOf(folder, "--by action"), [["redact", 4, 1, 4]]);
    assert.deepEqual(await rowsOf(folder, "--by profile --since 2030-01-01"), [
      ["none", 4, 2, 2],
      ["strict", 2, 1, 2],
    ]);
    assert.deepEqual(await rowsOf(folder, "--by day --type email"), [
      ["2030-01-01", 2, 1, 2],
      ["2030-01-03", 1, 0, 1],
      ["2030-01-04", 1, 0, 1],
    ]);
    assert.deepEqual(await rowsOf(folder, "--by route --profile strict"), [["chat-completions", 2, 1, 2]]);
    assert.deepEqual(await rowsOf(folder, "--by decision --blocked"), [
      ["none", 1, 1, 1],
      ["auth_denied", 1, 1, 0],
      ["rate_limited", 1, 1, 0],
    ]);
  });

  it("writes CSV, and a table at a terminal", async (test) => {
    const { run } = await logOf(test, EVENTS);
    const csv = await run(`report --audit ${AUDIT} --by day --type email --csv`);
    assert.match(csv.stdout, /^day,events,blocked,findings\r\n2030-01-01,2,1,2\r\n/);
    const table = await run(`report --audit ${AUDIT} --by type --no-color`, { isTerminal: true });
    assert.match(table.stdout, /^type +events +blocked +findings\nemail +4 +1 +4\n/);
    assert.equal((await run(`report --audit ${AUDIT} --csv`)).exitCode, 2);
    assert.equal((await run(`report --audit ${AUDIT} --type email`)).exitCode, 2);
  });
});
