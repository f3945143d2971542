import { decisionEvent } from "../core/audit/build-event.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { GREETING_METHODS, saidInstructions, withoutInstructions } from "../protocols/mcp/instructions.ts";
import { eventOrigin, type MessageGuard } from "./message-guard.ts";

/**
 * The answer with which a session begins, without instructions that are not those which were pinned. That they were left
 * out is recorded before this resolves.
 * @param method what the answer answers; null where nobody knows
 */
export async function withholdInstructions(
  document: JsonDocument,
  method: string | null,
  guard: MessageGuard,
): Promise<JsonDocument> {
  const { pins, haechi } = guard;
  if (pins?.instructions === undefined || (method !== null && !GREETING_METHODS.has(method))) return document;
  const said = saidInstructions(document);
  if (said === null || (said.digest !== null && said.digest === pins.instructions)) return document;
  const reason = pins.instructions === null ? "instructions_not_pinned" : "instructions_changed";
  const enforced = pins.mode === "enforce";
  // Where nobody knows what is answered, it is the handshake that it would be taken for.
  const origin = eventOrigin(method ?? "initialize", null, guard);
  const decision = "instructions_withheld";
  await guard.audit.record(decisionEvent(origin, { decision, reason, enforced, blocked: false }));
  return enforced ? haechi.read(withoutInstructions(document, said)) : document;
}
