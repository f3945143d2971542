// Durable audit records per second, and the CPU time of one, at several numbers of
// callers that each wait for their record before they send the next.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { protectEvent } from "../src/core/audit/build-event.ts";
import type { AuditEvent } from "../src/core/audit/event.ts";
import { summarize } from "../src/core/audit/summarize.ts";
import { createAuditLog } from "../src/engine/audit-log.ts";
import { createFileAuditStore } from "../src/providers/storage/file-audit-store.ts";
import { systemClock } from "../src/providers/system/system-clock.ts";
import { systemRandom } from "../src/providers/system/system-random.ts";

const SECONDS = 2;

for (const callers of [1, 16, 64, 256]) await measure(callers);

async function measure(callers: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "haechi-bench-"));
  const store = createFileAuditStore({ path: join(directory, "audit.jsonl") });
  const log = createAuditLog({ store, clock: systemClock, random: systemRandom });
  const caller = async (until: number) => {
    let records = 0;
    for (; performance.now() < until; records++) await log.record(sampleEvent());
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

function sampleEvent(): AuditEvent {
  const found = { type: "email", ruleId: "email", kind: "value", confidence: 0.9, action: "tokenize" } as const;
  const path = "key_0123456789ab.[0].key_ba9876543210";
  const detections = [
    { ...found, path, enforced: true },
    { ...found, path, enforced: true },
  ];
  return protectEvent(
    {
      id: systemRandom.uuid(),
      timestamp: new Date(systemClock.now()).toISOString(),
      correlationId: systemRandom.uuid(),
      protocol: "llm-http",
      operation: "request:POST chat-completions",
      identity: null,
      profile: null,
      mode: "enforce",
    },
    {
      enforced: true,
      blocked: false,
      payloadShapeHash: "0123456789ab",
      detections,
      summary: summarize(detections),
    },
  );
}
