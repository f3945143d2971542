import { decisionEvent } from "../core/audit/build-event.ts";
import { enforces } from "../core/decide/mode.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { elicitedAction } from "../protocols/mcp/consent-messages.ts";
import type { WaitingCall } from "./consents.ts";
import { eventOrigin, type MessageGuard } from "./message-guard.ts";
import { recordedTool } from "./tool-calls.ts";

/** The question whether a tool may be called, as a message for the client; null where nobody can be asked. */
export function askPerson(call: WaitingCall, toolName: string, guard: MessageGuard): Uint8Array | null {
  const { session, random, isOneWay, transport } = guard;
  // Over HTTP the call has no stream yet on which a question could go.
  if (isOneWay || transport !== "mcp-stdio") return null;
  return session.consents.ask(call, toolName, random.uuid());
}

/** Whether the person agreed; recorded before this resolves. */
export async function readConsent(answer: JsonDocument, { name }: WaitingCall, guard: MessageGuard): Promise<boolean> {
  const agreed = elicitedAction(answer) === "accept";
  const reason = agreed ? "accepted" : "declined";
  const outcome = { decision: "tool_consent", reason, enforced: enforces(guard.mode), blocked: !agreed } as const;
  const event = decisionEvent(eventOrigin("tools/call", null, guard), { ...outcome, ...recordedTool(name, guard) });
  await guard.audit.record(event);
  return agreed;
}
