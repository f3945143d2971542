import assert from "node:assert/strict";
import { writeSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { createAuditLog } from "../../src/engine/audit/audit-log.ts";
import { verifyAuditFile } from "../../src/providers/storage/audit-reader.ts";
import { type DurableFiles, durableFiles } from "../../src/providers/storage/durable-files.ts";
import { createFileAuditStore } from "../../src/providers/storage/file-audit-store.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";
import { numberedRequest, unrecorded } from "../support/numbered-requests.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { tempFolder } from "../support/temp-folder.ts";

const BURST = 24;

describe("a disk that is full", () => {
  for (const action of ["tokenize", "redact"] as const) {
    // What a disk that runs full takes of a write before it refuses the rest: nothing, less than a line, whole lines.
    for (const roomBytes of [0, 1, 300, 700, 2000, 5000]) {
      it(`lets nothing out that it cannot hold, and is forgotten once there is room: ${action}, ${roomBytes} bytes left`, async (test) => {
        const { upstream, haechi, disk, ask, auditPath } = await startOnDisk(test, action);
        assert.deepEqual(await ask(BURST), [200]);

        disk.roomBytes = roomBytes;
        const statuses = await ask(BURST);
        assert.ok(
          statuses.includes(503) && statuses.every((status) => status === 200 || status === 503),
          `${statuses}`,
        );
        disk.roomBytes = 0;
        const forwarded = upstream.requests.length;
        assert.deepEqual(await ask(BURST), [503]);
        assert.equal(upstream.requests.length, forwarded);
        assert.equal((await fetch(`${haechi.url}/__haechi/ready`)).status, 503);
        assert.equal((await fetch(`${haechi.url}/__haechi/live`)).status, 200);

        disk.roomBytes = Number.POSITIVE_INFINITY;
        assert.equal((await fetch(`${haechi.url}/__haechi/ready`)).status, 200);
        assert.deepEqual(await ask(BURST), [200]);
        assert.deepEqual(unrecorded(upstream.requests, await haechi.auditEntries()), []);
        const verdict = await verifyAuditFile(auditPath);
        assert.ok(verdict.valid, JSON.stringify(verdict));
      });
    }
  }

  it("needs no request that fails before it serves again", async (test) => {
    const { disk, ask } = await startOnDisk(test, "redact");
    disk.roomBytes = 0;
    assert.deepEqual(await ask(1), [503]);
    disk.roomBytes = Number.POSITIVE_INFINITY;
    assert.deepEqual(await ask(1), [200]);
  });
});

/** A gateway whose audit log lies on a disk of the test's own making. */
async function startOnDisk(test: TestContext, email: "tokenize" | "redact") {
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
  const auditPath = join(await tempFolder(test), "audit.jsonl");
  const disk = { roomBytes: Number.POSITIVE_INFINITY };
  const store = createFileAuditStore({ path: auditPath, files: filesOn(disk) });
  const audit = createAuditLog({ store, clock: systemClock, random: systemRandom });
  const config = { policy: { presets: [], actions: { email } }, audit: { path: auditPath } };
  const haechi = await startHaechi(test, upstream.url, config, { audit });
  let number = 0;
  /** The statuses that so many requests at a time get, each once. */
  const ask = async (count: number): Promise<number[]> => {
    const replies = Array.from({ length: count }, async () => {
      number += 1;
      const reply = await fetch(`${haechi.url}/v1/chat/completions`, numberedRequest(number));
      await reply.arrayBuffer();
      return reply.status;
    });
    return [...new Set(await Promise.all(replies))];
  };
  return { upstream, haechi, disk, ask, auditPath };
}

/** The file system's own calls, on a disk that has only so much room (POSIX write: the part that fits, then ENOSPC). */
function filesOn(disk: { roomBytes: number }): DurableFiles {
  return {
    ...durableFiles,
    async write(fd, bytes) {
      if (bytes.length <= disk.roomBytes) {
        disk.roomBytes -= bytes.length;
        return durableFiles.write(fd, bytes);
      }
      writeSync(fd, bytes.subarray(0, disk.roomBytes));
      disk.roomBytes = 0;
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    },
  };
}
