import { protectEvent } from "../src/core/audit/build-event.ts";
import type { AuditEvent } from "../src/core/audit/event.ts";
import { summarize } from "../src/core/audit/summarize.ts";
import type { Random } from "../src/ports/random.ts";
import { systemClock } from "../src/providers/system/system-clock.ts";

/** What a request with two findings leaves in the log. */
export function sampleEvent(random: Random): AuditEvent {
  const found = { type: "email", ruleId: "email", kind: "value", confidence: 0.9, action: "tokenize" } as const;
  const path = "key_0123456789ab.[0].key_ba9876543210";
  const detections = [
    { ...found, path, enforced: true },
    { ...found, path, enforced: true },
  ];
  return protectEvent(
    {
      id: random.uuid(),
      timestamp: new Date(systemClock.now()).toISOString(),
      correlationId: random.uuid(),
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
