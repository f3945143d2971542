import assert from "node:assert/strict";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { sampleDecisionEvent, sampleProtectEvent } from "../../core/audit/sample-events.oracle.ts";
import { isHaechiError } from "../../core/errors.ts";
import { type AuditLog, createAuditLog } from "../../engine/audit/audit-log.ts";
import type { SegmentOptions } from "../../engine/audit/audit-segments.ts";
import type { AuditSegments } from "../../ports/audit-store.ts";
import { createFileCheckpointSink } from "../checkpoints/file-checkpoint-sink.ts";
import { systemRandom } from "../system/system-random.ts";
import { readAuditSummary, verifyAuditFile } from "./audit-reader.ts";
import { createFileAuditSegments, listClosedSegments, type SegmentFiles } from "./audit-segments.ts";
import { createFileAuditStore } from "./file-audit-store.ts";

let directory = "";
let path = "";
let now = 0;
const clock = { now: () => now };
beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), "haechi-segments-"));
  path = join(directory, "audit.jsonl");
  now = Date.UTC(2030, 0, 2, 3, 4, 5);
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

interface LogChanges extends Omit<Partial<SegmentOptions>, "store"> {
  readonly segments?: AuditSegments;
  readonly anchorPath?: string;
}

function openLog({ segments = createFileAuditSegments(path), anchorPath, ...options }: LogChanges = {}): AuditLog {
  const anchors = anchorPath === undefined ? {} : { anchors: createFileCheckpointSink(anchorPath) };
  const store = createFileAuditStore({ path });
  return createAuditLog({ store, segments: { store: segments, ...options }, ...anchors, clock, random: systemRandom });
}

const closedPath = (number: number) => join(directory, `audit.segment-00000${number}.jsonl`);
const entriesOf = (file: string) =>
  fs
    .readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
const allFiles = () => [...listClosedSegments(path).map((segment) => segment.path), path];
const allEntries = () => allFiles().flatMap(entriesOf);
const eventIds = () =>
  allEntries()
    .filter(({ decision }) => decision !== "segment_started")
    .map(({ id }) => id);

/** Three segments of so many events each. */
async function writeSegments(events = 3, changes: LogChanges = {}): Promise<void> {
  const log = openLog(changes);
  for (let segment = 0; segment < 3; segment++) {
    if (segment > 0) await log.rotate();
    for (let index = 0; index < events; index++) await log.record(sampleProtectEvent(segment * 100 + index));
  }
  await log.close();
}

async function reasonOf(options: Parameters<typeof verifyAuditFile>[1] = {}): Promise<string | null> {
  const verdict = await verifyAuditFile(path, options);
  return verdict.valid ? null : verdict.reason;
}

describe("a log in segments", () => {
  it("starts a fresh chain in each, which says how the one before ended", async () => {
    await writeSegments();
    assert.deepEqual(fs.readdirSync(directory).sort(), [
      "audit.jsonl",
      "audit.jsonl.owner",
      "audit.segment-000001.jsonl",
      "audit.segment-000002.jsonl",
    ]);
    const [first, second, third] = allFiles().map(entriesOf);
    assert.deepEqual(
      [first, second, third].map((entries) => entries!.map(({ auditIntegrity }) => auditIntegrity.sequence)),
      [
        [1, 2, 3],
        [1, 2, 3, 4],
        [1, 2, 3, 4],
      ],
    );
    assert.equal(third![0].auditIntegrity.previousHash, null);
    assert.deepEqual(third![0].segment, {
      number: 3,
      previousHash: second!.at(-1).auditIntegrity.eventHash,
      previousRecords: 4,
    });
    assert.ok(first!.every(({ auditIntegrity }) => !("segment" in auditIntegrity)));
    assert.ok(second!.every(({ auditIntegrity }) => auditIntegrity.segment === 2));
    for (const file of allFiles()) assert.equal(fs.statSync(file).mode & 0o777, 0o600);
  });

  it("verifies as a whole, and segment by segment", async () => {
    await writeSegments();
    const headHash = entriesOf(path).at(-1).auditIntegrity.eventHash;
    assert.deepEqual(await verifyAuditFile(path), { valid: true, records: 11, headHash, segments: 3 });
    for (const [number, records] of [
      [1, 3],
      [2, 4],
    ] as const) {
      const verdict = await verifyAuditFile(closedPath(number));
      assert.ok(verdict.valid && verdict.records === records, JSON.stringify(verdict));
    }
  });

  it("counts over all segments", async () => {
    await writeSegments();
    const { events, byAction } = await readAuditSummary(path);
    assert.deepEqual([events, byAction], [11, { redact: 9, segment_started: 2 }]);
  });

  it("closes a segment before it grows past its size, and loses nothing of a busy log", async () => {
    const log = openLog({ maxBytes: 20_000 });
    const events = Array.from({ length: 400 }, (_, index) => sampleProtectEvent(index));
    for (let at = 0; at < events.length; at += 10) {
      await Promise.all(events.slice(at, at + 10).map((event) => log.record(event)));
    }
    await log.close();
    assert.ok(listClosedSegments(path).length > 5);
    for (const file of allFiles()) assert.ok(fs.statSync(file).size <= 20_000);
    assert.deepEqual(
      eventIds(),
      events.map(({ id }) => id),
    );
    assert.equal(await reasonOf(), null);
  });

  it("takes an append that is larger than a segment may be, instead of closing segments without end", async () => {
    const log = openLog({ maxBytes: 10 });
    for (const index of [1, 2, 3]) await log.record(sampleProtectEvent(index));
    await log.close();
    assert.equal(listClosedSegments(path).length, 2);
    assert.equal(await reasonOf(), null);
  });

  it("starts a segment with the first event of a day", async () => {
    const log = openLog({ isDaily: true });
    const record = (index: number) =>
      log.record({ ...sampleDecisionEvent(index), timestamp: new Date(now).toISOString() });
    await record(1);
    await record(2);
    now += 24 * 3600 * 1000;
    await record(3);
    await record(4);
    await log.close();
    assert.deepEqual(
      allFiles().map((file) => entriesOf(file).map(({ timestamp }) => timestamp.slice(0, 10))),
      [
        ["2030-01-02", "2030-01-02"],
        ["2030-01-03", "2030-01-03", "2030-01-03"],
      ],
    );
    assert.equal(await reasonOf(), null);
  });

  it("has nothing to close without an event", async () => {
    const log = openLog();
    assert.equal(await log.rotate(), null);
    await log.record(sampleDecisionEvent(1));
    const closed = await log.rotate();
    assert.deepEqual([closed?.number, closed?.records], [1, 1]);
    assert.equal(await log.rotate(), null);
    await log.close();
    assert.equal(listClosedSegments(path).length, 1);
  });

  it("is closed by one process while others write", async () => {
    const writers = [
      openLog(),
      openLog(),
      createAuditLog({ store: createFileAuditStore({ path }), clock, random: systemRandom }),
    ];
    const recorded: string[] = [];
    await Promise.all([
      ...writers.map(async (log, writer) => {
        for (let index = 0; index < 60; index++) {
          recorded.push((await log.record(sampleProtectEvent(writer * 1000 + index))).eventId);
        }
      }),
      (async () => {
        const other = openLog();
        for (let count = 0; count < 12; count++) {
          await other.rotate();
          await new Promise(setImmediate);
        }
        await other.close();
      })(),
    ]);
    for (const log of writers) await log.close();
    assert.deepEqual(eventIds().sort(), recorded.sort());
    assert.ok(allEntries().every(({ decision }) => decision !== "log_recovered"));
    assert.equal(await reasonOf(), null);
  });

  it("is read whole while it is being closed", async () => {
    const log = openLog();
    let isDone = false;
    const writing = (async () => {
      for (let index = 0; index < 40; index++) {
        await log.record(sampleProtectEvent(index));
        await log.rotate();
      }
      isDone = true;
    })();
    let before = 0;
    while (!isDone) {
      const verdict = await verifyAuditFile(path);
      if (!verdict.valid && verdict.reason === "log file missing") continue;
      assert.ok(verdict.valid && verdict.records >= before, JSON.stringify(verdict));
      before = verdict.records;
    }
    await writing;
    await log.close();
  });

  it("says nothing is missing when somebody else closed the segment, and what is missing when something is", async () => {
    const log = openLog();
    for (const index of [1, 2, 3]) await log.record(sampleDecisionEvent(index));
    const other = openLog();
    await other.rotate();
    await log.record(sampleDecisionEvent(4));
    assert.ok(allEntries().every(({ decision }) => decision !== "log_recovered"));

    for (const index of [5, 6]) await log.record(sampleDecisionEvent(index));
    const lines = fs.readFileSync(path, "utf8").split("\n");
    fs.writeFileSync(path, `${lines.slice(0, 2).join("\n")}\n`);
    await other.rotate();
    await log.record(sampleDecisionEvent(7));
    const reasons = entriesOf(path).map(({ reason }) => reason);
    assert.deepEqual(reasons, ["segment_started", "entries_missing:2", "rate:60"]);
    await log.close();
    await other.close();
  });

  it("does not put a segment over another of the same number", async () => {
    const log = openLog();
    await log.record(sampleDecisionEvent(1));
    fs.writeFileSync(closedPath(1), "something else");
    await assert.rejects(log.rotate(), (error) => isHaechiError(error, "LOG_INCONSISTENT"));
    await log.record(sampleDecisionEvent(2));
    await log.close();
    assert.equal(fs.readFileSync(closedPath(1), "utf8"), "something else");
    assert.equal(entriesOf(path).length, 2);
  });

  it("goes on in the open segment while it cannot be closed", async () => {
    const segments: AuditSegments = {
      bytes: () => 1_000_000,
      start: () => Promise.reject(new Error("EPERM")),
    };
    const log = openLog({ segments, maxBytes: 10 });
    for (const index of [1, 2, 3]) await log.record(sampleDecisionEvent(index));
    await log.close();
    assert.equal(entriesOf(path).length, 3);
    assert.equal(await reasonOf(), null);
  });

  it("goes on in the next one when the closing failed too late to be undone", async () => {
    const real = createFileAuditSegments(path);
    const segments: AuditSegments = {
      ...real,
      async start(line, segment) {
        await real.start(line, segment);
        throw new Error("EIO");
      },
    };
    const log = openLog({ segments, maxBytes: 10 });
    for (const index of [1, 2]) await log.record(sampleDecisionEvent(index));
    await log.close();
    assert.deepEqual(
      [closedPath(1), path].map((file) =>
        entriesOf(file)
          .map(({ id }) => id)
          .slice(-1),
      ),
      [1, 2].map((index) => [sampleDecisionEvent(index).id]),
    );
    assert.equal(await reasonOf(), null);
    assert.ok(allEntries().every(({ decision }) => decision !== "log_recovered"));
  });
});

describe("a crash while a segment is closed", () => {
  const steps = ["write", "link", "syncDirectory", "rename", "syncDirectory again"];
  for (const [index, step] of steps.entries()) {
    for (const when of ["before", "after"] as const) {
      it(`leaves one log that goes on, ${when} ${step}`, async () => {
        await writeSegments(2);
        const dying = openLog({ segments: createFileAuditSegments(path, failingFiles(index, when)) });
        await dying.record(sampleDecisionEvent(900));
        await assert.rejects(dying.rotate());
        // The process is gone here; what it left on the disk is all that the next one has.
        await dying.close();
        assert.equal(await reasonOf(), null);

        const next = openLog();
        await next.record(sampleDecisionEvent(901));
        assert.equal(await reasonOf(), null);
        await next.rotate();
        await next.record(sampleDecisionEvent(902));
        await next.close();
        assert.equal(await reasonOf(), null);
        assert.deepEqual(
          eventIds().slice(-3),
          [900, 901, 902].map((number) => sampleDecisionEvent(number).id),
        );
        assert.equal(new Set(eventIds()).size, eventIds().length);
        assert.ok(allEntries().every(({ decision }) => decision !== "log_recovered"));
        assert.equal(fs.existsSync(`${path}.next`), false);
      });
    }
  }

  /** The calls of the file system, of which the one with this index fails before or after it was done. */
  function failingFiles(failing: number, when: "before" | "after"): SegmentFiles {
    let calls = 0;
    const step = (work: () => void) => {
      const isLast = calls++ === failing;
      if (!isLast || when === "after") work();
      if (isLast) throw new Error("EIO");
    };
    return {
      write: (file, text) => step(() => fs.writeFileSync(file, text, { mode: 0o600 })),
      link: (file, name) => step(() => fs.linkSync(file, name)),
      rename: (from, to) => step(() => fs.renameSync(from, to)),
      syncDirectory: () => step(() => undefined),
    };
  }
});

describe("verification of segments", () => {
  it("misses a segment, wherever it was", async () => {
    await writeSegments();
    fs.renameSync(closedPath(2), join(directory, "elsewhere"));
    assert.equal(await reasonOf(), "segment 2 missing");
    fs.renameSync(join(directory, "elsewhere"), closedPath(2));
    fs.rmSync(closedPath(1));
    assert.equal(await reasonOf(), "segment 1 missing");
    assert.equal(await reasonOf({ firstSegment: 2 }), null);
    fs.rmSync(path);
    assert.equal(await reasonOf({ firstSegment: 2 }), "log file missing");
  });

  it("finds segments in each other's place", async () => {
    await writeSegments();
    const [first, second] = [1, 2].map((number) => fs.readFileSync(closedPath(number)));
    fs.writeFileSync(closedPath(1), second!);
    fs.writeFileSync(closedPath(2), first!);
    assert.equal(await reasonOf(), "segment 1: the entries are those of segment 2");
    fs.writeFileSync(closedPath(1), first!);
    assert.equal(await reasonOf(), "segment 2: the entries are those of segment 1");
  });

  it("finds a closed segment that was cut, emptied or written again", async () => {
    await writeSegments();
    const whole = fs.readFileSync(closedPath(2), "utf8");
    fs.writeFileSync(closedPath(2), whole.slice(0, whole.lastIndexOf("\n", whole.length - 2) + 1));
    assert.equal(await reasonOf(), "segment 3: does not continue segment 2");
    fs.writeFileSync(closedPath(2), "");
    assert.equal(await reasonOf(), "segment 2: no entries");
    fs.writeFileSync(closedPath(2), whole.replace('"email":1', '"email":2'));
    assert.equal(await reasonOf(), "segment 2: event hash mismatch at line 2");
    fs.writeFileSync(closedPath(2), whole);
    fs.writeFileSync(path, "");
    assert.equal(await reasonOf(), "segment 3: no entries");
  });

  it("finds by the anchors that the newest segment is gone", async () => {
    const anchorPath = join(directory, "anchors");
    await writeSegments(3, { anchorPath });
    const verdict = await verifyAuditFile(path, { anchorPath });
    assert.ok(verdict.valid);
    assert.deepEqual(verdict.anchored, { count: 11, lastSequence: 4 });
    for (const number of [1, 2]) {
      assert.equal((await verifyAuditFile(closedPath(number), { anchorPath })).valid, true);
    }
    fs.renameSync(closedPath(2), path);
    assert.equal(await reasonOf(), null);
    const lost = "tail truncation: anchored up to segment 3, the log ends in segment 2";
    assert.equal(await reasonOf({ anchorPath }), lost);
  });
});
