import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { sampleProtectEvent } from "../../core/audit/sample-events.oracle.ts";
import { isHaechiError } from "../../core/errors.ts";
import { type AuditLog, createAuditLog } from "../../engine/audit/audit-log.ts";
import { systemRandom } from "../system/system-random.ts";
import { type ExpiryConditions, expireSegments, findExpirable } from "./audit-expiry.ts";
import { verifyAuditFile } from "./audit-reader.ts";
import { createFileAuditSegments } from "./audit-segments.ts";
import { createFileAuditStore } from "./file-audit-store.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const VERIFIER = join(import.meta.dirname, "../../../../../specs/verify/verify-audit.mjs");

/** A log of so many segments, one a day from the first of January on. */
async function logOfDays(test: TestContext, days: number) {
  const path = join(await tempFolder(test), "audit.jsonl");
  let now = Date.UTC(2030, 0, 1, 12);
  const clock = { now: () => now };
  const ports = { clock, random: systemRandom };
  const segments = { store: createFileAuditSegments(path), isDaily: true };
  const audit = createAuditLog({ store: createFileAuditStore({ path }), segments, ...ports });
  test.after(() => audit.close());
  for (let day = 1; day <= days; day++) {
    if (day > 1) now += DAY_MS;
    for (let index = 0; index < 3; index++) await audit.record(eventAt(day * 10 + index, now));
  }
  return { path, audit, ports, expire, closed };

  async function expire(conditions: ExpiryConditions): Promise<number[]> {
    const found = await findExpirable(path, conditions);
    await expireSegments(found, { audit, ...ports });
    return found.map(({ number }) => number);
  }

  function closed(): number[] {
    const names = fs.readdirSync(join(path, "..")).sort();
    return names.flatMap((name) => Number(/segment-(\d+)/.exec(name)?.[1] ?? 0) || []);
  }
}

function eventAt(index: number, now: number) {
  return { ...sampleProtectEvent(index), timestamp: new Date(now).toISOString() };
}

/** What Haechi and the verifier that shares no code with it say. */
async function verdictOf(path: string) {
  const verdict = await verifyAuditFile(path);
  const { status, stdout } = spawnSync(process.execPath, [VERIFIER, "log", path], { encoding: "utf8" });
  assert.equal(status === 0, verdict.valid, stdout);
  const other = JSON.parse(stdout);
  if (verdict.valid) {
    assert.deepEqual(
      [other.records, other.headHash, other.expired],
      [verdict.records, verdict.headHash, verdict.expired?.segments ?? 0],
    );
  } else {
    assert.equal(other.reason, verdict.reason);
  }
  return verdict;
}

async function reasonOf(path: string): Promise<string | null> {
  const verdict = await verdictOf(path);
  return verdict.valid ? null : verdict.reason;
}

async function alsoRecord(audit: AuditLog, index: number): Promise<void> {
  await audit.record(sampleProtectEvent(index));
}

describe("findExpirable", () => {
  it("finds the oldest closed segments, by when they were closed and by how many are to stay", async (test) => {
    const { path } = await logOfDays(test, 5);
    const numbers = async (conditions: ExpiryConditions) =>
      (await findExpirable(path, conditions)).map(({ number }) => number);
    const on = (day: number, hour = 0) => Date.UTC(2030, 0, day, hour);
    assert.deepEqual(await numbers({}), [1, 2, 3, 4]);
    assert.deepEqual(await numbers({ keep: 1 }), [1, 2, 3]);
    assert.deepEqual(await numbers({ keep: 9 }), []);
    // The segment of the second was closed when the third began, at noon.
    assert.deepEqual(await numbers({ closedBefore: on(3) }), [1]);
    assert.deepEqual(await numbers({ closedBefore: on(3, 13) }), [1, 2]);
    assert.deepEqual(await numbers({ closedBefore: on(9), keep: 3 }), [1]);
    assert.deepEqual(await numbers({ closedBefore: on(1) }), []);
  });
});

describe("expireSegments", () => {
  it("leaves a log that holds, and says what it does not have any more", async (test) => {
    const { path, audit, expire, closed } = await logOfDays(test, 5);
    assert.deepEqual(await expire({ keep: 2 }), [1, 2]);
    assert.deepEqual(closed(), [3, 4]);
    const verdict = await verdictOf(path);
    assert.ok(verdict.valid);
    assert.deepEqual(verdict.expired, { segments: 2, at: "2030-01-05T12:00:00.000Z" });
    assert.equal(verdict.segments, 3);
    // The entry about it is in the segment of that day; it expires itself in the end.
    for (let round = 0; round < 3; round++) {
      await alsoRecord(audit, 100 + round);
      await audit.rotate();
      assert.ok((await expire({ keep: 0 })).length > 0);
      assert.equal(await reasonOf(path), null);
      assert.deepEqual(closed(), []);
    }
  });

  it("does not cover what was deleted besides, in front or in the middle", async (test) => {
    const { path, expire, closed } = await logOfDays(test, 6);
    await expire({ keep: 3 });
    assert.deepEqual(closed(), [3, 4, 5]);
    const file = (number: number) => path.replace(".jsonl", `.segment-00000${number}.jsonl`);
    fs.renameSync(file(3), `${path}.aside`);
    assert.equal(await reasonOf(path), "segment 3 missing");
    fs.renameSync(`${path}.aside`, file(3));
    fs.renameSync(file(4), `${path}.aside`);
    assert.equal(await reasonOf(path), "segment 4 missing");
    fs.renameSync(`${path}.aside`, file(4));
    assert.equal(await reasonOf(path), null);
  });

  it("does not cover a first segment that is another one than what was continued", async (test) => {
    const [one, other] = [await logOfDays(test, 3), await logOfDays(test, 3)];
    await one.expire({ keep: 1 });
    await other.expire({ keep: 1 });
    assert.deepEqual(one.closed(), [2]);
    // Everything in the open segment but its link to segment 2 is of the other log.
    const second = (path: string) => path.replace(".jsonl", ".segment-000002.jsonl");
    fs.copyFileSync(second(other.path), second(one.path));
    assert.equal(await reasonOf(one.path), "segment 3: does not continue segment 2");
    fs.copyFileSync(other.path, one.path);
    fs.copyFileSync(second(other.path), second(one.path));
    assert.equal(await reasonOf(one.path), null);
  });

  it("holds at every moment of an expiry that is cut off, and is done by the next", async (test) => {
    const { path, audit, ports, closed } = await logOfDays(test, 4);
    const before = await findExpirable(path, {});
    const [first] = before;
    // The process ends behind the first file.
    const broken = [first!, { ...before[1]!, path: join(path, "no folder") }, before[2]!];
    await assert.rejects(expireSegments(broken, { audit, ...ports }));
    assert.deepEqual(closed(), [2, 3]);
    const verdict = await verdictOf(path);
    assert.ok(verdict.valid);
    assert.equal(verdict.expired?.segments, 1);
    await expireSegments(await findExpirable(path, {}), { audit, ...ports });
    assert.deepEqual(closed(), []);
    assert.equal(await reasonOf(path), null);
  });

  it("deletes nothing when it cannot be recorded", async (test) => {
    const { path, ports, closed } = await logOfDays(test, 3);
    const record = () => Promise.reject(new Error("the disk is full"));
    const audit = { record, ready: async () => ({ ok: false }), close: async () => {} };
    await assert.rejects(expireSegments(await findExpirable(path, {}), { audit, ...ports }), /disk is full/);
    assert.deepEqual(closed(), [1, 2]);
    assert.equal(await reasonOf(path), null);
  });

  it("refuses a log with a gap", async (test) => {
    const { path } = await logOfDays(test, 4);
    fs.rmSync(path.replace(".jsonl", ".segment-000002.jsonl"));
    await assert.rejects(findExpirable(path, {}), (error) => isHaechiError(error, "LOG_INCONSISTENT"));
  });
});
