import { decisionEvent } from "../core/audit/build-event.ts";
import { enforces } from "../core/decide/mode.ts";
import type { DurableReceipt } from "../ports/audit-sink.ts";
import type { MessageGuard } from "./message-guard.ts";

/** Records that a message did not go on. One that the policy blocks has an event of its own. */
export function recordRefusal(
  operation: string,
  reason: string,
  { audit, clock, random, mode, policy, transport, identity, upstream }: MessageGuard,
): Promise<DurableReceipt> {
  const origin = {
    id: random.uuid(),
    timestamp: new Date(clock.now()).toISOString(),
    correlationId: null,
    protocol: transport,
    operation,
    identity,
    profile: policy.profile,
    mode,
    ...(upstream === undefined ? {} : { upstream }),
  };
  return audit.record(
    decisionEvent(origin, { decision: "request_refused", reason, enforced: enforces(mode), blocked: true }),
  );
}
