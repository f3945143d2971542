import assert from "node:assert/strict";
import type { DecisionEvent } from "../../core/audit/event.ts";
import { loggable } from "../../core/audit/loggable.ts";
import type { AuditSink, DurableReceipt } from "../../ports/audit-sink.ts";

/** Keeps what is recorded. Every event must have a form that the log accepts as it is. */
export function recordingSink(): { readonly audit: AuditSink; readonly events: DecisionEvent[] } {
  const events: DecisionEvent[] = [];
  const audit: AuditSink = {
    async record(event) {
      assert.deepEqual(loggable(event), event);
      events.push(event as DecisionEvent);
      return { eventId: event.id } as DurableReceipt;
    },
    ready: async () => ({ ok: true }),
    close: async () => {},
  };
  return { audit, events };
}
