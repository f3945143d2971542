import type { Policy } from "../core/decide/policy.ts";
import { judgeTool, restorationFor, toolPolicies } from "../core/decide/tool-policy.ts";
import { findOwnMarkers } from "../core/detect/own-markers.ts";
import { type JsonDocument, NUMBER_LEAF } from "../core/document/json-document.ts";
import { leafText } from "../core/document/leaf.ts";
import type { RecordedTool } from "../engine/vault/token-vault.ts";
import { TOKEN_ID } from "../engine/vault/vault-record.ts";
import { calledName, taskId } from "../protocols/mcp/tool-messages.ts";
import type { MessageGuard, Sender } from "./message-guard.ts";
import { recordedItem } from "./recorded-item.ts";
import { type PinFault, useFault } from "./server-pins.ts";

/** Why a tool may not be called, as it is recorded and told. */
export type ToolRefusal =
  | "tool_denied"
  | "tool_not_listed"
  | "tool_needs_consent"
  | "tool_not_agreed"
  | `tool_${PinFault}`;

/** A call of a tool. */
export interface ToolCall {
  /** Null where it cannot be told. */
  readonly name: string | null;
}

/** The call that a message of a client is; null for any other message. */
export function toolCall(document: JsonDocument, method: string): ToolCall | null {
  return method === TOOL_CALL ? { name: calledName(document) } : null;
}

/** Null for a tool that may be called. */
export function refusedTool(
  name: string | null,
  { policy, pins }: Pick<MessageGuard, "policy" | "pins">,
): ToolRefusal | null {
  const verdict = judgeTool(name, policy.tools);
  if (verdict === "denied") return "tool_denied";
  if (verdict === "unlisted") return "tool_not_listed";
  return useFault("tools", name, pins) ?? (verdict === "ask" ? "tool_needs_consent" : null);
}

export const TOOL_CALL = "tools/call";

/** A tool as it may be recorded. */
export function recordedTool(name: string | null, guard: Pick<MessageGuard, "policy" | "pins">): RecordedTool {
  return recordedItem("tools", name, guard);
}

/** The policies for a message and for what answers it. */
export interface MessagePolicies {
  readonly message: Policy;
  readonly answer: Policy;
}

/** Those for a message that asks or tells something. */
export function policiesFor(
  document: JsonDocument,
  from: Sender,
  call: ToolCall | null,
  guard: MessageGuard,
): MessagePolicies {
  const { policy, session } = guard;
  if (call !== null) {
    const { arguments: message, results: answer } = toolPolicies(call.name, policy);
    return { message, answer };
  }
  const task = policy.tools.rules.length === 0 ? null : taskId(document);
  if (task === null) return { message: policy, answer: policy };
  const results = session.taskResults.of(task) ?? policy.tools.unknownResults ?? policy;
  return { message: from === "server" ? results : policy, answer: results };
}

/**
 * The values to put back into the call of a tool; each is recorded before this resolves.
 * @returns token id to value
 */
export async function valuesForTool(
  document: JsonDocument,
  { name }: ToolCall,
  correlationId: string,
  guard: MessageGuard,
): Promise<ReadonlyMap<string, string>> {
  const { policy, identity, session } = guard;
  const restoration = restorationFor(name, policy.tools);
  if (restoration === null) return NOTHING;
  const wanted = [...new Set(tokensIn(document))].filter(
    (id) =>
      restoration.restoreTypes.has(TOKEN_ID.exec(id)?.[1] ?? "") &&
      // Where callers are told apart, the tokens of one are not for another.
      ((restoration.restoreFrom === "vault" && identity === null) || session.issuedTokens.has(id)),
  );
  if (wanted.length === 0) return NOTHING;
  const context = { correlationId, identity, profile: policy.profile };
  const tool = recordedTool(name, guard);
  const values = await guard.vault.detokenizeForTool(wanted.slice(0, RESTORED_PER_CALL_MAX), tool, context);
  session.restoredValues.add(values);
  return values;
}

/** More tokens in one call stay tokens. */
const RESTORED_PER_CALL_MAX = 256;

function tokensIn(document: JsonDocument): readonly string[] {
  const { leaves } = document;
  const ids: string[] = [];
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (leaves.kind[leaf] === NUMBER_LEAF) continue;
    for (const { kind, inner } of findOwnMarkers(leafText(document, leaf))) if (kind === "token") ids.push(inner);
  }
  return ids;
}

const NOTHING: ReadonlyMap<string, string> = new Map();
