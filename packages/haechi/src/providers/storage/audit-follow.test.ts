import assert from "node:assert/strict";
import fs from "node:fs";
import { dirname, join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { sampleProtectEvent } from "../../core/audit/sample-events.oracle.ts";
import { type AuditLog, createAuditLog } from "../../engine/audit/audit-log.ts";
import { systemClock } from "../system/system-clock.ts";
import { systemRandom } from "../system/system-random.ts";
import { followLog } from "./audit-follow.ts";
import { createFileAuditSegments } from "./audit-segments.ts";
import { createFileAuditStore } from "./file-audit-store.ts";

interface Followed {
  readonly path: string;
  readonly audit: AuditLog;
  record(...numbers: readonly number[]): Promise<void>;
  /** Resolves with all that was seen once the event with this number was. */
  seenUntil(number: number): Promise<readonly number[]>;
  /** Ends the following, and resolves with all that was seen. */
  end(): Promise<readonly number[]>;
}

async function followed(test: TestContext, before: (log: Pick<Followed, "audit" | "record">) => Promise<unknown>) {
  const path = join(await tempFolder(test), "audit.jsonl");
  const segments = { store: createFileAuditSegments(path) };
  const ports = { clock: systemClock, random: systemRandom };
  const audit = createAuditLog({ store: createFileAuditStore({ path }), segments, ...ports });
  test.after(() => audit.close());
  const record = async (...numbers: readonly number[]) => {
    for (const number of numbers) await audit.record(sampleProtectEvent(number));
  };
  await before({ audit, record });
  const ending = new AbortController();
  const seen: number[] = [];
  let onSeen = () => {};
  let oldCount = -1;
  const reading = (async () => {
    for await (const { lines, isOld } of followLog(path, ending.signal)) {
      seen.push(...lines.flatMap(numberOf));
      if (isOld && lines.length === 0) oldCount = seen.length;
      onSeen();
    }
  })();
  test.after(() => ending.abort());
  const log: Followed = {
    path,
    audit,
    record,
    seenUntil: (number) =>
      new Promise((resolve) => {
        onSeen = () => {
          if (seen.includes(number)) resolve([...seen]);
        };
        onSeen();
      }),
    async end() {
      ending.abort();
      await reading;
      return seen;
    },
  };
  return { ...log, oldCount: () => oldCount };
}

/** The number of a sample event; nothing for an entry about the log itself. */
function numberOf(line: string): number[] {
  const { id, decision } = JSON.parse(line);
  return decision === undefined ? [Number.parseInt(id.slice(-12), 16)] : [];
}

describe("followLog", () => {
  it("gives what is there, then what comes, each line once and in order", async (test) => {
    const log = await followed(test, ({ record }) => record(1, 2));
    assert.deepEqual(await log.seenUntil(2), [1, 2]);
    await log.record(3, 4);
    assert.deepEqual(await log.seenUntil(4), [1, 2, 3, 4]);
    assert.equal(log.oldCount(), 2);
    assert.deepEqual(await log.end(), [1, 2, 3, 4]);
  });

  it("waits for a log that is not there yet", async (test) => {
    const log = await followed(test, async () => {});
    // A turn in which the follower looks, and finds nothing.
    await new Promise((resolve) => fs.readdir(dirname(log.path), resolve));
    await log.record(1, 2);
    assert.deepEqual(await log.seenUntil(2), [1, 2]);
    assert.deepEqual(await log.end(), [1, 2]);
  });

  it("goes on over segments, those that were closed before and those that are closed meanwhile", async (test) => {
    const log = await followed(test, async ({ audit, record }) => {
      await record(1);
      await audit.rotate();
      await record(2);
    });
    await log.seenUntil(2);
    for (let number = 3; number < 30; number++) {
      await log.record(number);
      await log.audit.rotate();
    }
    await log.record(30);
    assert.deepEqual(
      await log.seenUntil(30),
      Array.from({ length: 30 }, (_, index) => index + 1),
    );
  });

  it("waits for the rest of a line, and forgets what was taken back", async (test) => {
    const log = await followed(test, ({ record }) => record(1));
    await log.seenUntil(1);
    await log.audit.close();
    const { size } = fs.statSync(log.path);
    fs.appendFileSync(log.path, '{"torn');
    fs.truncateSync(log.path, size);
    const ports = { clock: systemClock, random: systemRandom };
    const next = createAuditLog({ store: createFileAuditStore({ path: log.path }), ...ports });
    await next.record(sampleProtectEvent(2));
    await next.close();
    assert.deepEqual(await log.seenUntil(2), [1, 2]);
  });

  it("goes on with a log that begins anew where the one before was moved away", async (test) => {
    const log = await followed(test, ({ record }) => record(1));
    await log.seenUntil(1);
    fs.renameSync(log.path, `${log.path}.old`);
    await log.record(2);
    assert.deepEqual(await log.seenUntil(2), [1, 2]);
  });

  it("ends at once when it is told to, whatever it waits for", async (test) => {
    const log = await followed(test, ({ record }) => record(1));
    await log.seenUntil(1);
    assert.deepEqual(await log.end(), [1]);
    const aborted = AbortSignal.abort();
    assert.deepEqual(await Array.fromAsync(followLog(log.path, aborted)), []);
  });
});
