import { decisionEvent } from "../core/audit/build-event.ts";
import type { AuditSink } from "../ports/audit-sink.ts";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";

export type KeyOperation = "rotate" | "retire" | "destroy" | "wrap" | "unwrap";

/** Runs a change of the key file: recorded before it happens, and again when it fails. */
export async function recordKeyChange<T>(
  ports: { readonly audit: AuditSink; readonly clock: Clock; readonly random: Random },
  operation: KeyOperation,
  change: () => Promise<T>,
): Promise<T> {
  await record(`key_${operation}`);
  try {
    return await change();
  } catch (error) {
    await record(`key_${operation}_failed`);
    throw error;
  }

  async function record(reason: string): Promise<void> {
    const origin = {
      id: ports.random.uuid(),
      timestamp: new Date(ports.clock.now()).toISOString(),
      correlationId: null,
      protocol: "keys",
      operation: `keys:${operation}`,
      identity: null,
      profile: null,
      mode: "n/a",
    } as const;
    await ports.audit.record(decisionEvent(origin, { decision: "key_change", reason }));
  }
}
