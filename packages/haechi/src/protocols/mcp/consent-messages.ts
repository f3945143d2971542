import type { JsonDocument } from "../../core/document/json-document.ts";
import type { RpcId } from "../framing/json-rpc.ts";
import { stringAt, valueAt } from "./only-members.ts";

/** Whether a client says in its `initialize` that a person can be asked through it. */
export function declaresElicitation(document: JsonDocument): boolean {
  return valueAt(document, ["params", "capabilities", "elicitation"])?.kind === "container";
}

/** The question whether a tool may be called, as a request to a client. */
export function consentQuestion(id: RpcId, toolName: string): Uint8Array {
  const params = JSON.stringify(consentParams(toolName));
  return utf8.encode(`{"jsonrpc":"2.0","id":${id},"method":"elicitation/create","params":${params}}`);
}

/** What a person is asked. */
export function consentParams(toolName: string) {
  return {
    message: `The tool ${JSON.stringify(toolName)} is to be called. Do you agree?`,
    requestedSchema: { type: "object", properties: {} },
  };
}

/** What the person did with a question; null where it cannot be told. */
export function elicitedAction(document: JsonDocument): string | null {
  return stringAt(document, ["result", "action"]);
}

/** The request that a notification cancels, spelled as ids of requests are. */
export function cancelledRequest(document: JsonDocument): RpcId | null {
  const id = valueAt(document, ["params", "requestId"]);
  if (id?.kind === "number") return id.text;
  return id?.kind === "string" ? JSON.stringify(id.text) : null;
}

const utf8 = new TextEncoder();
