import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { sampleProtectEvent } from "../../src/core/audit/sample-events.oracle.ts";
import { createAuditLog } from "../../src/engine/audit/audit-log.ts";
import { verifyAuditFile } from "../../src/providers/storage/audit-reader.ts";
import { createFileAuditSegments, listClosedSegments } from "../../src/providers/storage/audit-segments.ts";
import { createFileAuditStore } from "../../src/providers/storage/file-audit-store.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";
import { linesUntilKilled } from "../support/lines-until-killed.ts";
import { tempFolder } from "../support/temp-folder.ts";

const PROGRAM = join(import.meta.dirname, "audit-rotate-for-ever.ts");
const KILLS = Number(process.env.HAECHI_KILLS ?? 6);

it("loses no acknowledged record and no segment to a process that is killed while it closes segments", async (test) => {
  const path = join(await tempFolder(test), "audit.jsonl");
  const acknowledged: string[] = [];
  for (let kill = 1; kill <= KILLS; kill++) {
    acknowledged.push(...(await linesUntilKilled(PROGRAM, path, 37 * ((kill % 6) + 1))));
    // The next writer starts on whatever the kill left, without a wait.
    const log = createAuditLog({
      store: createFileAuditStore({ path }),
      segments: { store: createFileAuditSegments(path) },
      clock: systemClock,
      random: systemRandom,
    });
    acknowledged.push((await log.record({ ...sampleProtectEvent(), id: systemRandom.uuid() })).eventId);
    await log.close();
    const verdict = await verifyAuditFile(path);
    assert.equal(verdict.valid, true, JSON.stringify(verdict));
  }
  const files = [...listClosedSegments(path).map((segment) => segment.path), path];
  assert.ok(files.length > KILLS);
  const lines = files.flatMap((file) => readFileSync(file, "utf8").trimEnd().split("\n"));
  const recorded = new Set(lines.map((line) => JSON.parse(line).id));
  assert.deepEqual(
    acknowledged.filter((id) => !recorded.has(id)),
    [],
  );
});
