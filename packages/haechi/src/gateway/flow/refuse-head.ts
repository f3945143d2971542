import { decisionEvent } from "../../core/audit/build-event.ts";
import { enforces } from "../../core/decide/mode.ts";
import type { HaechiError } from "../../core/errors.ts";
import { errorMessage } from "../error-reply.ts";
import type { Gateway } from "../gateway.ts";
import { outcomeOf } from "../telemetry.ts";

/**
 * Records and counts what came in and is no request; resolves with the answer to it. Nothing of what came is looked at
 * or kept: it may be anything. Never rejects.
 */
export async function refuseHead(fault: HaechiError, gateway: Gateway): Promise<string> {
  const { audit, clock, random, mode, metrics, protocol } = gateway;
  const id = random.uuid();
  const origin = {
    id: random.uuid(),
    timestamp: new Date(clock.now()).toISOString(),
    correlationId: id,
    protocol: protocol.auditName,
    operation: `proxy:${protocol.auditName}:none`,
    identity: null,
    profile: null,
    mode,
  };
  let told: unknown = fault;
  try {
    const { reason } = fault;
    const outcome = { decision: "request_refused", reason, enforced: enforces(mode), blocked: true } as const;
    await audit.record(decisionEvent(origin, outcome));
  } catch (unrecorded) {
    told = unrecorded;
  }
  metrics.increment("haechi_requests_total", { route: null, mode, decision: outcomeOf(told) });
  return errorMessage(id, told, gateway.retryAfterS);
}
