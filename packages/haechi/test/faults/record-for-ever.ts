// A process to be killed: records events until it dies, and prints the id of each
// event after it has been told that the event is durable.
import { writeSync } from "node:fs";
import { sampleProtectEvent } from "../../src/core/audit/sample-events.oracle.ts";
import { createAuditLog } from "../../src/engine/audit/audit-log.ts";
import { createFileAuditStore } from "../../src/providers/storage/file-audit-store.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";

const CALLERS = 8;

const log = createAuditLog({
  store: createFileAuditStore({ path: process.argv[2]! }),
  clock: systemClock,
  random: systemRandom,
});

await Promise.all(Array.from({ length: CALLERS }, recordForEver));

async function recordForEver(): Promise<void> {
  for (;;) {
    const { eventId } = await log.record({ ...sampleProtectEvent(), id: systemRandom.uuid() });
    writeSync(1, `${eventId}\n`);
  }
}
