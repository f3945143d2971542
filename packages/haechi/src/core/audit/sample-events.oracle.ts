import { decisionEvent, protectEvent } from "./build-event.ts";
import type { AuditEvent, DecisionEvent } from "./event.ts";
import { summarize } from "./summarize.ts";

const ORIGIN = {
  timestamp: "2030-01-02T03:04:05.678Z",
  correlationId: "00000000-0000-4000-8000-0000000000ff",
  protocol: "llm-http",
  operation: "request:POST chat-completions",
  identity: null,
  profile: null,
  mode: "enforce",
} as const;

/** An event for tests; `index` makes it its own. */
export function sampleProtectEvent(index = 0): AuditEvent {
  const detections = [
    {
      type: "email",
      ruleId: "email",
      path: "key_0123456789ab.[0]",
      kind: "value",
      confidence: 0.9,
      action: "redact",
      enforced: true,
    },
  ] as const;
  return protectEvent(
    { ...ORIGIN, id: sampleId(index) },
    { enforced: true, blocked: false, payloadShapeHash: "0123456789ab", detections, summary: summarize(detections) },
  );
}

/** A decision for tests; `index` makes it its own. */
export function sampleDecisionEvent(index = 0, changes: Partial<DecisionEvent> = {}): DecisionEvent {
  const event = decisionEvent(
    { ...ORIGIN, id: sampleId(index) },
    { decision: "rate_limited", reason: "rate:60", blocked: true },
  );
  return { ...event, ...changes };
}

function sampleId(index: number): string {
  return `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`;
}
