import { decisionEvent } from "../core/audit/build-event.ts";
import type { AuditDecision } from "../core/audit/event.ts";
import type { AuditSink } from "../ports/audit-sink.ts";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";

/** Something that an operator does to what Haechi keeps. */
export interface Operation {
  readonly protocol: "keys" | "token-vault";
  readonly verb: "rotate" | "retire" | "destroy" | "wrap" | "unwrap" | "backup" | "restore" | "import";
  readonly decision: AuditDecision;
}

export interface OperationPorts {
  readonly audit: AuditSink;
  readonly clock: Clock;
  readonly random: Random;
}

/** Runs an operation that is recorded before it begins, and again with how it ended; `countOf` says over how many tokens it went. */
export async function recordOperation<T>(
  { audit, clock, random }: OperationPorts,
  { protocol, verb, decision }: Operation,
  operate: () => Promise<T>,
  countOf: (result: T) => number | undefined = () => undefined,
): Promise<T> {
  await record("started");
  let result: T;
  try {
    result = await operate();
  } catch (error) {
    await record("failed");
    throw error;
  }
  await record("done", countOf(result));
  return result;

  async function record(state: "started" | "done" | "failed", count?: number): Promise<void> {
    const origin = {
      id: random.uuid(),
      timestamp: new Date(clock.now()).toISOString(),
      correlationId: null,
      protocol,
      operation: `${protocol}:${verb}`,
      identity: null,
      profile: null,
      mode: "n/a",
    } as const;
    const reason = `${verb}_${state}`;
    await audit.record(decisionEvent(origin, { decision, reason, ...(count === undefined ? undefined : { count }) }));
  }
}
