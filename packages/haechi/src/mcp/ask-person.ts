import { decisionEvent } from "../core/audit/build-event.ts";
import { enforces } from "../core/decide/mode.ts";
import { elicitedAction } from "../protocols/mcp/consent-messages.ts";
import type { AskedQuestion, PersonsWord, WaitingCall } from "./consents.ts";
import { eventOrigin, type MessageGuard } from "./message-guard.ts";
import { recordedTool } from "./tool-calls.ts";

/** Asks whether a tool may be called; null where nobody can be asked. */
export function askPerson(call: WaitingCall, toolName: string, guard: MessageGuard): AskedQuestion | null {
  const { session, random, isOneWay } = guard;
  return isOneWay ? null : session.consents.ask(call, toolName, random.uuid());
}

/** Whether the person agreed; recorded before this resolves. */
export async function readConsent(word: PersonsWord, { name }: WaitingCall, guard: MessageGuard): Promise<boolean> {
  const reason = typeof word === "string" ? word : consentOf(elicitedAction(word));
  await recordConsent(reason, name, guard);
  return reason === "accepted";
}

/** What becomes of a question about a call, as it is recorded. */
type Consent = "asked" | "accepted" | "declined" | "unanswered" | "cancelled";

export function consentOf(action: string | null): Consent {
  return action === "accept" ? "accepted" : "declined";
}

/** Durable when this resolves. */
export async function recordConsent(reason: Consent, tool: string | null, guard: MessageGuard): Promise<void> {
  const blocked = reason !== "accepted";
  const outcome = { decision: "tool_consent", reason, enforced: enforces(guard.mode), blocked } as const;
  const event = decisionEvent(eventOrigin("tools/call", null, guard), { ...outcome, ...recordedTool(tool, guard) });
  await guard.audit.record(event);
}
