import { hash } from "node:crypto";
import { decisionEvent } from "../../core/audit/build-event.ts";
import type { AuditDecision, AuditSummary } from "../../core/audit/event.ts";
import { enforces } from "../../core/decide/mode.ts";
import type { DurableReceipt } from "../../ports/audit-sink.ts";
import type { ExchangeSubject } from "./admitted-exchange.ts";

/** Records one outcome of an exchange that is not a protected document. */
export function recordDecision(
  { exchange, gateway, route, caller }: ExchangeSubject,
  decision: AuditDecision,
  reason: string,
  summary?: AuditSummary,
): Promise<DurableReceipt> {
  const { auditName } = gateway.protocol;
  const origin = {
    id: gateway.random.uuid(),
    timestamp: new Date(gateway.clock.now()).toISOString(),
    correlationId: exchange.id,
    protocol: auditName,
    operation: `proxy:${auditName}:${route.id}`,
    identity: caller?.identity ?? null,
    profile: caller?.policy.profile ?? null,
    mode: gateway.mode,
  };
  const outcome = {
    decision,
    reason,
    enforced: enforces(gateway.mode),
    blocked: BLOCKING.has(decision),
    routeId: route.id,
    pathHash: hash("sha256", exchange.path, "hex").slice(0, 12),
  };
  return gateway.audit.record(decisionEvent(origin, summary === undefined ? outcome : { ...outcome, summary }));
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
