import { hash } from "node:crypto";
import { decisionEvent } from "../../core/audit/build-event.ts";
import type { AuditDecision, AuditSummary } from "../../core/audit/event.ts";
import { enforces, type Mode } from "../../core/decide/mode.ts";
import type { DurableReceipt } from "../../ports/audit-sink.ts";
import type { ExchangeSubject } from "./admitted-exchange.ts";

/** What was inspected before an outcome, and the mode that held for it. */
export interface InspectedStream {
  readonly mode: Mode;
  readonly summary: AuditSummary;
}

/** Records one outcome of an exchange that is not a protected document. */
export async function recordDecision(
  { exchange, gateway, route, caller, upstream, trace }: ExchangeSubject,
  decision: AuditDecision,
  reason: string,
  inspected?: InspectedStream,
): Promise<DurableReceipt> {
  const { auditName } = gateway.protocol;
  const mode = inspected?.mode ?? gateway.mode;
  const origin = {
    id: gateway.random.uuid(),
    timestamp: new Date(gateway.clock.now()).toISOString(),
    correlationId: exchange.id,
    protocol: auditName,
    operation: `proxy:${auditName}:${route.id}`,
    identity: caller?.identity ?? null,
    profile: caller?.policy.profile ?? null,
    mode,
    upstream: upstream?.name ?? null,
  };
  const outcome = {
    decision,
    reason,
    enforced: enforces(mode),
    blocked: BLOCKING.has(decision),
    routeId: route.id,
    pathHash: hash("sha256", exchange.path, "hex").slice(0, 12),
  };
  const event = decisionEvent(origin, inspected === undefined ? outcome : { ...outcome, summary: inspected.summary });
  const recording = trace?.step("record");
  const receipt = await gateway.audit.record(event);
  recording?.end();
  return receipt;
}

/** Decisions after which the client did not get what it asked for. */
const BLOCKING: ReadonlySet<AuditDecision> = new Set<AuditDecision>([
  "auth_denied",
  "rate_limited",
  "model_not_allowed",
  "overloaded",
  "request_refused",
  "streaming_blocked",
  "response_unprotected_blocked",
  "stream_blocked",
]);
