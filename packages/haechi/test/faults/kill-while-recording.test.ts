import assert from "node:assert/strict";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { sampleProtectEvent } from "../../src/core/audit/sample-events.oracle.ts";
import { createAuditLog } from "../../src/engine/audit/audit-log.ts";
import { verifyAuditFile } from "../../src/providers/storage/audit-reader.ts";
import { createFileAuditStore } from "../../src/providers/storage/file-audit-store.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";
import { linesUntilKilled } from "../support/lines-until-killed.ts";

const PROGRAM = join(import.meta.dirname, "record-for-ever.ts");
const KILLS = Number(process.env.HAECHI_KILLS ?? 5);

it("loses no acknowledged record to a killed process, and needs no repair by hand", async () => {
  const directory = fs.mkdtempSync(join(tmpdir(), "haechi-kill-"));
  const path = join(directory, "audit.jsonl");
  const acknowledged: string[] = [];
  for (let kill = 1; kill <= KILLS; kill++) {
    acknowledged.push(...(await linesUntilKilled(PROGRAM, path, 40 * ((kill % 5) + 1))));
    // The next writer starts on whatever the kill left, without a wait.
    const log = createAuditLog({ store: createFileAuditStore({ path }), clock: systemClock, random: systemRandom });
    const { eventId } = await log.record({ ...sampleProtectEvent(), id: systemRandom.uuid() });
    acknowledged.push(eventId);
    await log.close();
    const verdict = await verifyAuditFile(path);
    assert.equal(verdict.valid, true, JSON.stringify(verdict));
  }
  const lines = fs.readFileSync(path, "utf8").trimEnd().split("\n");
  const recorded = new Set(lines.map((line) => JSON.parse(line).id));
  assert.deepEqual(
    acknowledged.filter((id) => !recorded.has(id)),
    [],
  );
  assert.deepEqual(fs.readdirSync(directory).sort(), ["audit.jsonl", "audit.jsonl.owner"]);
  fs.rmSync(directory, { recursive: true });
});
