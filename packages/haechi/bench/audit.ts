// Durable audit records per second, and the CPU time of one, at several numbers of
// callers that each wait for their record before they send the next.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAuditLog } from "../src/engine/audit/audit-log.ts";
import { createFileAuditStore } from "../src/providers/storage/file-audit-store.ts";
import { systemClock } from "../src/providers/system/system-clock.ts";
import { systemRandom } from "../src/providers/system/system-random.ts";
import { sampleEvent } from "./audit-event.ts";

const SECONDS = 2;

for (const callers of [1, 16, 64, 256]) await measure(callers);

async function measure(callers: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "haechi-bench-"));
  const store = createFileAuditStore({ path: join(directory, "audit.jsonl") });
  const log = createAuditLog({ store, clock: systemClock, random: systemRandom });
  const caller = async (until: number) => {
    let records = 0;
    for (; performance.now() < until; records++) await log.record(sampleEvent(systemRandom));
    return records;
  };
  await Promise.all(Array.from({ length: callers }, () => caller(performance.now() + 300)));
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const counts = await Promise.all(Array.from({ length: callers }, () => caller(start + SECONDS * 1000)));
  const seconds = (performance.now() - start) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const records = counts.reduce((sum, count) => sum + count, 0);
  const cpuMicros = ((cpu.user + cpu.system) / records).toFixed(1);
  console.log(`${callers} callers: ${Math.round(records / seconds)} records/s, ${cpuMicros} µs CPU per record`);
  await log.close();
  rmSync(directory, { recursive: true });
}
