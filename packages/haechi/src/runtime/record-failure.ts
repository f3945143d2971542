import { decisionEvent } from "../core/audit/build-event.ts";
import type { Logger } from "../ports/logger.ts";
import type { Runtime } from "./create-runtime.ts";

/** Records that a process of the gateway failed. Nothing is told of an error: its text, and even its name, may be from anywhere. */
export async function recordFailure(
  { audit, clock, random, policy }: Pick<Runtime, "audit" | "clock" | "random" | "policy">,
  reason: "unhandled_failure" | "worker_lost",
  logger: Logger,
): Promise<void> {
  const origin = {
    id: random.uuid(),
    timestamp: new Date(clock.now()).toISOString(),
    correlationId: null,
    protocol: "process",
    operation: "process:serve",
    identity: null,
    profile: null,
    mode: policy.requestMode,
  };
  try {
    await audit.record(decisionEvent(origin, { decision: "internal_error", reason }));
  } catch {
    // The process ends either way, and there is nowhere else to write it down.
    logger.error("failure_not_recorded");
  }
}
