import { decisionEvent } from "../core/audit/build-event.ts";
import { enforces } from "../core/decide/mode.ts";
import type { RecordedTool } from "../engine/vault/token-vault.ts";
import type { DurableReceipt } from "../ports/audit-sink.ts";
import { eventOrigin, type MessageGuard } from "./message-guard.ts";

/** Records that a message did not go on. One that the policy blocks has an event of its own. */
export function recordRefusal(
  operation: string,
  reason: string,
  guard: MessageGuard,
  tool?: RecordedTool,
): Promise<DurableReceipt> {
  const outcome = { decision: "request_refused", reason, enforced: enforces(guard.mode), blocked: true } as const;
  return guard.audit.record(decisionEvent(eventOrigin(operation, null, guard), { ...outcome, ...tool }));
}
