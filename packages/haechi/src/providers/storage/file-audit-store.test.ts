import assert from "node:assert/strict";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import fc from "fast-check";
import { sampleDecisionEvent, sampleProtectEvent } from "../../core/audit/sample-events.oracle.ts";
import { isHaechiError } from "../../core/errors.ts";
import { createAuditLog } from "../../engine/audit/audit-log.ts";
import { createFileCheckpointSink } from "../checkpoints/file-checkpoint-sink.ts";
import { systemClock } from "../system/system-clock.ts";
import { systemRandom } from "../system/system-random.ts";
import { readAuditSummary, verifyAuditFile } from "./audit-reader.ts";
import { type DurableFiles, durableFiles } from "./durable-files.ts";
import { createFileAuditStore } from "./file-audit-store.ts";

const ports = { clock: systemClock, random: systemRandom };

let directory = "";
let path = "";
beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), "haechi-audit-"));
  path = join(directory, "state", "audit.jsonl");
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

function openLog(files?: DurableFiles) {
  const options = files === undefined ? { path } : { path, files };
  return createAuditLog({ store: createFileAuditStore(options), ...ports });
}

async function writeRecords(count: number): Promise<void> {
  const log = openLog();
  for (let index = 0; index < count; index++) await log.record(sampleProtectEvent(index));
  await log.close();
}

const readEntries = () =>
  fs
    .readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

const unwritable = (error: unknown) => isHaechiError(error, "AUDIT_UNWRITABLE");

describe("createFileAuditStore", () => {
  it("writes a log that verifies, for its owner only", async () => {
    await writeRecords(3);
    const verdict = await verifyAuditFile(path);
    assert.ok(verdict.valid && verdict.records === 3);
    assert.equal(fs.statSync(path).mode & 0o777, 0o600);
    assert.equal(fs.statSync(join(directory, "state")).mode & 0o777, 0o700);
  });

  it("takes away the rights of others on a log that is there", async () => {
    await writeRecords(1);
    fs.chmodSync(path, 0o644);
    await writeRecords(1);
    assert.equal(fs.statSync(path).mode & 0o777, 0o600);
  });

  it("drops only the unacknowledged tail, wherever the last three records are cut, says so and goes on", async () => {
    await writeRecords(5);
    const whole = fs.readFileSync(path);
    const ends = [...whole.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at + 1);
    // Opening at every byte writes the disk a thousand times; a disk that lies is enough here.
    const lying: DurableFiles = {
      ...durableFiles,
      openForAppend: (file) => fs.openSync(file, "a+", 0o600),
      truncate: (fd, length) => fs.ftruncateSync(fd, length),
    };
    for (let length = ends[1]!; length < whole.length; length++) {
      fs.writeFileSync(path, whole.subarray(0, length));
      const log = openLog(lying);
      await log.record(sampleProtectEvent(9));
      await log.close();
      const kept = ends.findLastIndex((end) => end <= length) + 1;
      const dropped = length - ends[kept - 1]!;
      const entries = readEntries();
      assert.equal(entries.length, kept + (dropped > 0 ? 2 : 1), `cut at ${length}`);
      assert.deepEqual(fs.readFileSync(path).subarray(0, ends[kept - 1]), whole.subarray(0, ends[kept - 1]));
      if (dropped > 0) assert.equal(entries[kept].reason, `dropped_bytes:${dropped}`);
      if (length % 50 === 0) assert.equal((await verifyAuditFile(path)).valid, true);
    }
  });

  it("reports a torn tail before it is repaired", async () => {
    await writeRecords(2);
    fs.appendFileSync(path, '{"half');
    assert.deepEqual(await verifyAuditFile(path), { valid: false, records: 2, reason: "torn last line" });
  });

  it("does not touch a file that is no audit log", async () => {
    fs.mkdirSync(join(directory, "state"));
    fs.writeFileSync(path, '{"version":1,"keys":[]}');
    await assert.rejects(openLog().record(sampleProtectEvent()), (error) => isHaechiError(error, "LOG_INCONSISTENT"));
    assert.equal(fs.readFileSync(path, "utf8"), '{"version":1,"keys":[]}');
  });

  it("keeps one chain between two writers of one file", async () => {
    const logs = [openLog(), openLog(), openLog()];
    await Promise.all(
      logs.flatMap((log, at) =>
        Array.from({ length: 20 }, (_, index) => log.record(sampleProtectEvent(at * 100 + index))),
      ),
    );
    for (const log of logs) for (let index = 0; index < 5; index++) await log.record(sampleDecisionEvent(index));
    for (const log of logs) await log.close();
    const verdict = await verifyAuditFile(path);
    assert.ok(verdict.valid && verdict.records === 75, JSON.stringify(verdict));
    assert.ok(readEntries().every(({ decision }) => decision !== "log_recovered"));
  });

  it("gives up when another writer keeps the log", async () => {
    const owner = createFileAuditStore({ path });
    await owner.open();
    const other = createFileAuditStore({ path, lockWaitMs: 10 });
    await assert.rejects(
      other.open(),
      (error) => unwritable(error) && isHaechiError(error) && error.reason === "audit_log_busy",
    );
    await owner.release?.();
    await other.open();
    await other.close();
    await owner.close();
  });

  it("has its turn beside another writer that is never done", async () => {
    const busy = openLog();
    let isOver = false;
    const writing = (async () => {
      while (!isOver) await busy.record(sampleProtectEvent(1));
    })();
    const others = [openLog(), openLog()];
    try {
      for (let turn = 0; turn < 3; turn++) {
        await Promise.all(others.map((log) => log.record(sampleDecisionEvent(turn))));
      }
    } finally {
      isOver = true;
      await writing;
      for (const log of [busy, ...others]) await log.close();
    }
    assert.equal((await verifyAuditFile(path)).valid, true);
  });

  it("appends nothing without owning the file", async () => {
    const store = createFileAuditStore({ path });
    await assert.rejects(store.append(["{}"]), unwritable);
    await store.open();
    await store.append(["{}"]);
    await store.release?.();
    await assert.rejects(store.append(["{}"]), unwritable);
    await store.close();
    assert.equal(fs.readFileSync(path, "utf8"), "{}\n");
  });

  it("leaves nothing beside the log but the empty file that carries the lock", async () => {
    await writeRecords(2);
    const log = openLog();
    await log.ready();
    await log.close();
    assert.deepEqual(fs.readdirSync(join(directory, "state")).sort(), ["audit.jsonl", "audit.jsonl.owner"]);
    assert.equal(fs.statSync(`${path}.owner`).size, 0);
  });

  it("leaves no part of a failed append, refuses, and writes again when the disk does", async () => {
    let failAfterBytes: number | null = null;
    const failing: DurableFiles = {
      ...durableFiles,
      async write(fd, bytes) {
        if (failAfterBytes === null) return durableFiles.write(fd, bytes);
        fs.writeSync(fd, bytes.subarray(0, failAfterBytes));
        throw Object.assign(new Error("write"), { code: "ENOSPC" });
      },
    };
    const log = openLog(failing);
    await log.record(sampleProtectEvent(1));
    const size = fs.statSync(path).size;
    for (failAfterBytes of [0, 1, 40, 5_000]) {
      await assert.rejects(log.record(sampleProtectEvent(2)), unwritable);
      assert.equal(fs.statSync(path).size, size);
    }
    failAfterBytes = null;
    await log.record(sampleProtectEvent(3));
    await log.close();
    assert.deepEqual(
      readEntries().map(({ id }) => id),
      [1, 3].map((index) => sampleProtectEvent(index).id),
    );
    assert.equal((await verifyAuditFile(path)).valid, true);
  });

  it("keeps every acknowledged record and one chain, whatever fails in whatever order", async () => {
    type Failure = "none" | "before" | "torn" | "after" | "torn for good";
    const failure = fc.constantFrom<Failure>("none", "none", "before", "torn", "after", "torn for good");
    await fc.assert(
      fc.asyncProperty(fc.array(failure, { maxLength: 12 }), fc.nat(400), async (failures, tornAt) => {
        fs.rmSync(path, { force: true });
        let now: Failure = "none";
        const unreliable: DurableFiles = {
          ...durableFiles,
          openForAppend: (file) => fs.openSync(file, "a+", 0o600),
          async write(fd, bytes) {
            if (now !== "before") fs.writeSync(fd, now.startsWith("torn") ? bytes.subarray(0, tornAt) : bytes);
            if (now !== "none") throw new Error("EIO");
          },
          truncate(fd, length) {
            if (now === "after" || now === "torn for good") throw new Error("EIO");
            fs.ftruncateSync(fd, length);
          },
        };
        const log = openLog(unreliable);
        const acknowledged: string[] = [];
        for (const [index, next] of [...failures, "none" as const].entries()) {
          now = next;
          const { eventId } = await log.record(sampleProtectEvent(index)).catch(() => ({ eventId: null }));
          assert.equal(eventId !== null, next === "none");
          if (eventId !== null) acknowledged.push(eventId);
        }
        await log.close();
        const recorded = new Set(readEntries().map(({ id }) => id));
        assert.ok(acknowledged.every((id) => recorded.has(id)));
        const verdict = await verifyAuditFile(path);
        assert.ok(verdict.valid, JSON.stringify(verdict));
      }),
      { numRuns: 60 },
    );
  });

  it("repairs on the next opening what it could not shorten", async () => {
    let isBroken = false;
    const failing: DurableFiles = {
      ...durableFiles,
      async write(fd, bytes) {
        if (!isBroken) return durableFiles.write(fd, bytes);
        fs.writeSync(fd, bytes.subarray(0, 100));
        throw new Error("EIO");
      },
      truncate(fd, length) {
        if (isBroken) throw new Error("EIO");
        durableFiles.truncate(fd, length);
      },
    };
    const log = openLog(failing);
    await log.record(sampleProtectEvent(1));
    isBroken = true;
    await assert.rejects(log.record(sampleProtectEvent(2)), unwritable);
    isBroken = false;
    await log.record(sampleProtectEvent(3));
    await log.close();
    assert.deepEqual(
      readEntries().map(({ reason }) => reason),
      [undefined, "dropped_bytes:100", undefined],
    );
    assert.equal((await verifyAuditFile(path)).valid, true);
  });

  it("is not ready where its folder cannot be, on a full disk, or with a file that is not its own", async (t) => {
    const { accessSync, statfsSync } = fs;
    const store = createFileAuditStore({ path });
    const free = (bavail: number, blocks = 1000) => {
      const found = { ...statfsSync(directory), blocks, bavail, bsize: 1024 };
      t.mock.method(fs, "statfsSync", () => found, { times: 1 });
    };
    free(63);
    assert.deepEqual(await store.ready(), { ok: false, reason: "audit_disk_full" });
    free(64);
    assert.deepEqual(await store.ready(), { ok: true });
    // A file system in memory that has no size.
    free(0, 0);
    assert.deepEqual(await store.ready(), { ok: true });
    fs.writeFileSync(path, "");
    t.mock.method(fs, "accessSync", (checked: string, mode: number) => {
      if (checked === path) throw new Error("EACCES");
      accessSync(checked, mode);
    });
    assert.deepEqual(await store.ready(), { ok: false, reason: "audit_file_not_writable" });
    const blocked = createFileAuditStore({ path: join(path, "audit.jsonl") });
    assert.deepEqual(await blocked.ready(), { ok: false, reason: "audit_dir_not_writable" });
    await assert.rejects(blocked.open(), unwritable);
  });

  it("is not ready after a failed append until the disk takes bytes again", async () => {
    let isBroken = true;
    const failing: DurableFiles = {
      ...durableFiles,
      write: (fd, bytes) => (isBroken ? Promise.reject(new Error("ENOSPC")) : durableFiles.write(fd, bytes)),
    };
    const log = openLog(failing);
    assert.deepEqual(await log.ready(), { ok: true });
    await assert.rejects(log.record(sampleProtectEvent(1)), unwritable);
    assert.deepEqual(await log.ready(), { ok: false, reason: "audit_write_failed" });
    isBroken = false;
    assert.deepEqual(await log.ready(), { ok: true });
    await log.record(sampleProtectEvent(1));
    await log.close();
    assert.deepEqual(fs.readdirSync(join(directory, "state")).sort(), ["audit.jsonl", "audit.jsonl.owner"]);
  });

  it("starts a new log when the old one is moved aside, and says so there", async () => {
    const log = openLog();
    await log.record(sampleProtectEvent(1));
    fs.renameSync(path, `${path}.1`);
    await log.record(sampleProtectEvent(2));
    await log.close();
    assert.deepEqual(
      readEntries().map(({ reason, auditIntegrity }) => [reason, auditIntegrity.sequence]),
      [
        ["entries_missing:1", 1],
        [undefined, 2],
      ],
    );
    assert.equal((await verifyAuditFile(path)).valid, true);
    assert.equal((await verifyAuditFile(`${path}.1`)).valid, true);
  });

  it("refuses to go on behind an entry that was changed under it", async () => {
    const log = openLog();
    await log.record(sampleDecisionEvent(1));
    fs.writeFileSync(path, fs.readFileSync(path, "utf8").replace("rate:60", "rate:600"));
    await assert.rejects(log.record(sampleDecisionEvent(2)), (error) => isHaechiError(error, "LOG_INCONSISTENT"));
    await log.close();
  });
});

describe("verifyAuditFile", () => {
  it("holds the anchors against the log, and misses an anchor file that was taken away", async () => {
    const anchorPath = join(directory, "elsewhere", "anchors.jsonl");
    const log = createAuditLog({
      store: createFileAuditStore({ path }),
      anchors: createFileCheckpointSink(anchorPath),
      everyRecords: 2,
      ...ports,
    });
    for (let index = 0; index < 5; index++) await log.record(sampleProtectEvent(index));
    await log.close();
    assert.equal(fs.statSync(anchorPath).mode & 0o777, 0o600);
    const verdict = await verifyAuditFile(path, { anchorPath });
    assert.ok(verdict.valid);
    assert.deepEqual(verdict.anchored, { count: 2, lastSequence: 4 });

    fs.appendFileSync(anchorPath, '{"torn');
    assert.equal((await verifyAuditFile(path, { anchorPath })).valid, true);
    const reopened = createFileCheckpointSink(anchorPath);
    await reopened.publish({ sequence: 9, eventHash: "x", timestamp: "2030-01-01T00:00:00.000Z" });
    await reopened.close();
    const cut = await verifyAuditFile(path, { anchorPath });
    assert.ok(!cut.valid && cut.reason.startsWith("tail truncation: anchored up to sequence 9"));

    fs.writeFileSync(path, "");
    assert.equal((await verifyAuditFile(path, { anchorPath })).valid, false);
    fs.rmSync(anchorPath);
    assert.deepEqual(await verifyAuditFile(path, { anchorPath }), {
      valid: false,
      records: 0,
      reason: "anchor file missing",
    });
  });

  it("does not call a log valid that is not there", async () => {
    assert.deepEqual(await verifyAuditFile(path), { valid: false, records: 0, reason: "log file missing" });
  });

  it("reads lines that lie across the pieces it reads", async () => {
    const log = openLog();
    await Promise.all(Array.from({ length: 1_500 }, (_, index) => log.record(sampleProtectEvent(index))));
    await log.close();
    const verdict = await verifyAuditFile(path);
    assert.ok(verdict.valid && verdict.records === 1_500);
  });
});

describe("readAuditSummary", () => {
  it("passes over lines that are JSON and no entries", async () => {
    fs.mkdirSync(dirname(path), { recursive: true });
    fs.writeFileSync(path, ['"x"', "5", "null", "true", '{"blocked":true}', ""].join("\n"));
    const { events, blocked } = await readAuditSummary(path);
    assert.deepEqual([events, blocked], [1, 1]);
  });

  it("counts what the log says", async () => {
    const log = openLog();
    await log.record(sampleProtectEvent(1));
    await log.record(sampleProtectEvent(2));
    await log.record(sampleDecisionEvent(3));
    await log.close();
    fs.appendFileSync(path, "torn");
    assert.deepEqual(await readAuditSummary(path), {
      events: 3,
      blocked: 1,
      detections: 2,
      byType: { email: 2 },
      byAction: { redact: 2, rate_limited: 1 },
    });
  });

  it("is all zeros without a log", async () => {
    assert.deepEqual(await readAuditSummary(path), { events: 0, blocked: 0, detections: 0, byType: {}, byAction: {} });
  });
});
