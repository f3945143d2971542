import type { JsonDocument } from "../core/document/json-document.ts";
import type { RpcId } from "../protocols/framing/json-rpc.ts";
import {
  broughtState,
  canElicit,
  consentResult,
  inputAction,
  namesItsRevision,
  withoutInput,
} from "../protocols/mcp/input-messages.ts";
import { consentOf, recordConsent } from "./ask-person.ts";
import type { CallDigest } from "./asked-calls.ts";
import type { MessageGuard } from "./message-guard.ts";
import { toldName } from "./refuse-message.ts";

/** What a person has to do with a call of revision 2026-07-28. */
export type AskedInResult =
  | { readonly verdict: "ask"; readonly question: Uint8Array }
  /** To this call; it is what goes on. */
  | { readonly verdict: "agreed"; readonly document: JsonDocument; readonly agreed: CallDigest }
  | { readonly verdict: "refused"; readonly reason: "tool_needs_consent" | "tool_not_agreed" };

/**
 * Asks in the result of a call, and reads the answer when the client makes the call again. What a server wants to know for
 * a call to which a person has agreed belongs to that call. Each word is recorded before this resolves.
 * @returns null for a call of another revision
 */
export async function askInResult(
  document: JsonDocument,
  { id, name }: { readonly id: RpcId; readonly name: string | null },
  guard: MessageGuard,
): Promise<AskedInResult | null> {
  const { askedCalls } = guard.session;
  if (guard.isOneWay || !namesItsRevision(document)) return null;
  const call = name === null ? null : askedCalls.digestOf(document, guard);
  if (call === null || name === null) return { verdict: "refused", reason: "tool_needs_consent" };
  const state = broughtState(document);
  if (askedCalls.goesOn(call, state, guard)) return { verdict: "agreed", document, agreed: call };

  const asked = state === null ? null : askedCalls.take(state, guard);
  if (asked !== null) {
    const consent = asked === call ? consentOf(inputAction(document)) : "unanswered";
    await recordConsent(consent, name, guard);
    if (consent !== "accepted") return { verdict: "refused", reason: "tool_not_agreed" };
    return { verdict: "agreed", document: guard.haechi.read(withoutInput(document)), agreed: call };
  }
  if (!canElicit(document)) return { verdict: "refused", reason: "tool_needs_consent" };
  await recordConsent("asked", name, guard);
  return { verdict: "ask", question: consentResult(id, askedCalls.ask(call, guard), toldName(name, guard)) };
}
