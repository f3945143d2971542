import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sampleDecisionEvent, sampleProtectEvent } from "../../core/audit/sample-events.oracle.ts";
import { createLogVerifier, type LogVerdict } from "../../core/audit/verify-log.ts";
import { isHaechiError } from "../../core/errors.ts";
import type { AuditStore } from "../../ports/audit-store.ts";
import type { Anchor, CheckpointSink } from "../../ports/checkpoint-sink.ts";
import { createMemoryAuditStore } from "../../providers/storage/memory-audit-store.ts";
import { systemRandom } from "../../providers/system/system-random.ts";
import { createAuditLog, WAITING_RECORDS_MAX } from "./audit-log.ts";

const clock = { now: () => Date.UTC(2030, 0, 1) };
const random = systemRandom;

function verify(lines: readonly string[], anchors: readonly Anchor[] | null = null): LogVerdict {
  const verifier = createLogVerifier(anchors);
  for (const line of lines) verifier.addLine(Buffer.from(line));
  return verifier.finish(false);
}

const unwritable = (error: unknown) => isHaechiError(error, "AUDIT_UNWRITABLE");

describe("createAuditLog", () => {
  it("keeps one chain of 300 parallel records, in few appends", async () => {
    const store = createMemoryAuditStore();
    let appends = 0;
    const counting: AuditStore = {
      ...store,
      append: (lines) => {
        appends++;
        return store.append(lines);
      },
    };
    const log = createAuditLog({ store: counting, clock, random });
    const events = Array.from({ length: 300 }, (_, index) => sampleProtectEvent(index));
    const receipts = await Promise.all(events.map((event) => log.record(event)));
    assert.deepEqual(
      receipts.map(({ eventId }) => eventId),
      events.map(({ id }) => id),
    );
    assert.deepEqual(
      store.lines.map((line) => JSON.parse(line).id),
      events.map(({ id }) => id),
    );
    const verdict = verify(store.lines);
    assert.ok(verdict.valid && verdict.records === 300);
    assert.equal(appends, 1);
  });

  it("gives the receipt after the append and not before", async () => {
    const store = createMemoryAuditStore();
    let finish = () => {};
    const slow: AuditStore = {
      ...store,
      append: (lines) => new Promise((resolve) => (finish = () => resolve(store.append(lines)))),
    };
    const log = createAuditLog({ store: slow, clock, random });
    let isRecorded = false;
    const recording = log.record(sampleProtectEvent()).then(() => (isRecorded = true));
    await new Promise(setImmediate);
    assert.equal(isRecorded, false);
    finish();
    await recording;
    assert.equal(store.lines.length, 1);
  });

  it("goes on from the chain that it finds", async () => {
    const first = createMemoryAuditStore();
    await createAuditLog({ store: first, clock, random }).record(sampleProtectEvent(1));
    const second = createMemoryAuditStore(first.lines);
    await createAuditLog({ store: second, clock, random }).record(sampleProtectEvent(2));
    const verdict = verify(second.lines);
    assert.ok(verdict.valid && verdict.records === 2);
  });

  it("refuses to continue a log whose last entry was changed", async () => {
    const store = createMemoryAuditStore();
    await createAuditLog({ store, clock, random }).record(sampleDecisionEvent());
    const changed = createMemoryAuditStore([store.lines[0]!.replace("rate:60", "rate:61")]);
    const log = createAuditLog({ store: changed, clock, random });
    await assert.rejects(log.record(sampleProtectEvent()), (error) => isHaechiError(error, "LOG_INCONSISTENT"));
    assert.deepEqual(await log.ready(), { ok: false, reason: "log_inconsistent" });
  });

  it("refuses every event of a failed append, and recovers by itself", async () => {
    const store = createMemoryAuditStore();
    let isBroken = false;
    const failing: AuditStore = {
      ...store,
      append: (lines) => (isBroken ? Promise.reject(new Error("EIO")) : store.append(lines)),
    };
    const log = createAuditLog({ store: failing, clock, random });
    await log.record(sampleProtectEvent(1));
    isBroken = true;
    const refused = await Promise.allSettled([2, 3].map((index) => log.record(sampleProtectEvent(index))));
    assert.ok(refused.every((result) => result.status === "rejected" && unwritable(result.reason)));
    isBroken = false;
    await log.record(sampleProtectEvent(4));
    const verdict = verify(store.lines);
    assert.ok(verdict.valid && verdict.records === 2);
  });

  it("takes up the chain behind entries of a failed append that are there nevertheless", async () => {
    const store = createMemoryAuditStore();
    let isBroken = true;
    const failing: AuditStore = {
      ...store,
      append: async (lines) => {
        await store.append(lines);
        if (isBroken) throw new Error("EIO after the write");
      },
    };
    const log = createAuditLog({ store: failing, clock, random });
    await assert.rejects(log.record(sampleProtectEvent(1)), unwritable);
    isBroken = false;
    await log.record(sampleProtectEvent(2));
    const verdict = verify(store.lines);
    assert.ok(verdict.valid && verdict.records === 2);
  });

  it("records that a torn tail was dropped, even when the first attempt to say so fails", async () => {
    const store = createMemoryAuditStore();
    let opened = 0;
    let isBroken = true;
    const torn: AuditStore = {
      ...store,
      open: async () => ({ lastLine: null, droppedBytes: opened++ === 0 ? 17 : 0 }),
      append: (lines) => (isBroken ? Promise.reject(new Error("ENOSPC")) : store.append(lines)),
    };
    const log = createAuditLog({ store: torn, clock, random });
    await assert.rejects(log.record(sampleProtectEvent(1)), unwritable);
    isBroken = false;
    await log.record(sampleProtectEvent(2));
    assert.deepEqual(
      store.lines.map((line) => JSON.parse(line).reason),
      ["dropped_bytes:17", undefined],
    );
    assert.equal(JSON.parse(store.lines[0]!).decision, "log_recovered");
    assert.equal(verify(store.lines).valid, true);
  });

  it("records that acknowledged entries are gone", async () => {
    const store = createMemoryAuditStore();
    let hidden = 0;
    const cut: AuditStore = {
      ...store,
      open: async () => ({ lastLine: store.lines.at(-1 - hidden) ?? null, droppedBytes: 0 }),
      release: async () => {},
    };
    const log = createAuditLog({ store: cut, clock, random });
    for (const index of [1, 2, 3]) await log.record(sampleProtectEvent(index));
    hidden = 2;
    await log.record(sampleProtectEvent(4));
    const added = store.lines.slice(3).map((line) => JSON.parse(line));
    assert.deepEqual(
      added.map(({ reason, auditIntegrity }) => [reason, auditIntegrity.sequence]),
      [
        ["entries_missing:2", 2],
        [undefined, 3],
      ],
    );
  });

  it("opens the log when it is asked whether it is ready, and writes no entry", async () => {
    const store = createMemoryAuditStore();
    const log = createAuditLog({ store, clock, random });
    assert.deepEqual(await log.ready(), { ok: true });
    assert.equal(store.lines.length, 0);
    const broken = createAuditLog({
      store: { ...store, open: () => Promise.reject(new Error("EACCES")) },
      clock,
      random,
    });
    assert.deepEqual(await broken.ready(), { ok: false, reason: "audit_unwritable" });
  });

  it("anchors every so many records", async () => {
    const store = createMemoryAuditStore();
    const anchors: Anchor[] = [];
    const sink: CheckpointSink = {
      publish: async (anchor) => void anchors.push(anchor),
      close: async () => {},
    };
    const log = createAuditLog({ store, anchors: sink, everyRecords: 3, clock, random });
    await Promise.all(Array.from({ length: 7 }, (_, index) => log.record(sampleProtectEvent(index))));
    await log.record(sampleProtectEvent(8));
    await log.record(sampleProtectEvent(9));
    await log.close();
    assert.deepEqual(
      anchors.map(({ sequence, timestamp }) => [sequence, timestamp]),
      [3, 6, 9].map((sequence) => [sequence, "2030-01-01T00:00:00.000Z"]),
    );
    assert.equal(verify(store.lines, anchors).valid, true);
    assert.equal(verify(store.lines.slice(0, 8), anchors).valid, false);
  });

  it("is not ready while an anchor is refused, and publishes it later", async () => {
    const anchors: number[] = [];
    let isBroken = true;
    const sink: CheckpointSink = {
      publish: async ({ sequence }) => {
        if (isBroken) throw new Error("EPIPE");
        anchors.push(sequence);
      },
      close: async () => {},
    };
    const log = createAuditLog({ store: createMemoryAuditStore(), anchors: sink, clock, random });
    await log.record(sampleProtectEvent(1));
    assert.deepEqual(await log.ready(), { ok: false, reason: "audit_anchor_unwritable" });
    isBroken = false;
    assert.deepEqual(await log.ready(), { ok: true });
    assert.deepEqual(anchors, [1]);
  });

  it("refuses events past the limit instead of holding them all", async () => {
    const store = createMemoryAuditStore();
    let finish = () => {};
    const stuck: AuditStore = {
      ...store,
      append: () => new Promise((resolve) => (finish = resolve)),
    };
    const log = createAuditLog({ store: stuck, clock, random });
    const held = Array.from({ length: WAITING_RECORDS_MAX }, () => log.record(sampleDecisionEvent()));
    await assert.rejects(
      log.record(sampleDecisionEvent()),
      (error) => unwritable(error) && isHaechiError(error) && error.reason === "audit_queue_full",
    );
    const finishing = setInterval(() => finish(), 0);
    await Promise.all(held);
    clearInterval(finishing);
  });

  it("finishes what was asked for before it closes, and refuses what comes after", async () => {
    const store = createMemoryAuditStore();
    const log = createAuditLog({ store, clock, random });
    const recording = log.record(sampleProtectEvent(1));
    await log.close();
    await recording;
    assert.equal(store.lines.length, 1);
    await assert.rejects(log.record(sampleProtectEvent(2)), unwritable);
    assert.deepEqual(await log.ready(), { ok: false, reason: "audit_closed" });
  });
});
