import { decisionEvent } from "../core/audit/build-event.ts";
import { restrictsTools } from "../core/decide/tool-policy.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { HaechiError } from "../core/errors.ts";
import { listedTools, withoutTools } from "../protocols/mcp/tool-messages.ts";
import { eventOrigin, type MessageGuard } from "./message-guard.ts";
import { refusedTool } from "./tool-calls.ts";

/**
 * An answer without the tools that may not be called; how many were left out is recorded before this resolves.
 * @throws HaechiError DOCUMENT_NOT_JSON for a list that two parsers could read differently
 */
export async function withholdTools(document: JsonDocument, guard: MessageGuard): Promise<JsonDocument> {
  if (!restrictsTools(guard.policy.tools)) return document;
  const list = listedTools(document);
  if (list === null) return document;
  if (list === "unclear") {
    throw new HaechiError("DOCUMENT_NOT_JSON", "The list of tools is ambiguous", { reason: "ambiguous_member" });
  }
  const withheld = list.tools.map(({ name }) => {
    const refusal = refusedTool(name, guard);
    return refusal !== null && refusal !== "tool_needs_consent";
  });
  const count = withheld.filter(Boolean).length;
  if (count === 0) return document;
  const outcome = { decision: "tools_withheld", reason: "tool_policy", enforced: true, blocked: false, count } as const;
  await guard.audit.record(decisionEvent(eventOrigin("tools/list", null, guard), outcome));
  return guard.haechi.read(withoutTools(document.bytes, list, withheld));
}
