import type { JsonDocument } from "../../core/document/json-document.ts";
import { memberKeys, ROOT } from "../../core/document/member.ts";
import type { RpcId } from "../framing/json-rpc.ts";
import { consentParams } from "./consent-messages.ts";
import { memberRanges, withoutMembers } from "./member-ranges.ts";
import { onlyContainer, stringAt, valueAt } from "./only-members.ts";

// Revision 2026-07-28: a request that needs a person's word gets the question as its result, and the client makes it
// again with the answer and the state that came with the question.

/** Whether a request is one of a revision that says with each what its client can do. */
export function namesItsRevision(document: JsonDocument): boolean {
  return stringAt(document, [...META, "io.modelcontextprotocol/protocolVersion"]) !== null;
}

/** Whether a person can be asked through the client of such a request, by a form. */
export function canElicit(document: JsonDocument): boolean {
  const elicitation = [...META, "io.modelcontextprotocol/clientCapabilities", "elicitation"];
  const has = (path: readonly string[]) => valueAt(document, path)?.kind === "container";
  // A client that names no way knows forms, as all did when there was no other.
  return has(elicitation) && (has([...elicitation, "form"]) || !has([...elicitation, "url"]));
}

const META = ["params", "_meta"];

/** The question whether a tool may be called, as the result of the call. */
export function consentResult(id: RpcId, requestState: string, toolName: string): Uint8Array {
  const question = { method: "elicitation/create", params: { mode: "form", ...consentParams(toolName) } };
  const result = { resultType: "input_required", inputRequests: { [QUESTION]: question }, requestState };
  return utf8.encode(`{"jsonrpc":"2.0","id":${id},"result":${JSON.stringify(result)}}`);
}

/** What the person did with that question; null where it cannot be told. */
export function inputAction(document: JsonDocument): string | null {
  return stringAt(document, ["params", "inputResponses", QUESTION, "action"]);
}

const QUESTION = "haechi-consent";

/** The state that a request brings back; null for none, or where it cannot be told. */
export function broughtState(document: JsonDocument): string | null {
  return stringAt(document, ["params", "requestState"]);
}

/** What a server wants before it answers a call; null for an answer. */
export function wantedInput(document: JsonDocument): { readonly state: string | null } | null {
  if (stringAt(document, ["result", "resultType"]) !== "input_required") return null;
  return { state: stringAt(document, ["result", "requestState"]) };
}

/** The bytes of a request without answers to questions and without a state, whichever a parser could read. */
export function withoutInput(document: JsonDocument): Uint8Array {
  const params = onlyContainer(document, ROOT, "params");
  const [key] = memberKeys(document, ROOT, "params");
  if (params === null || key === undefined) return document.bytes;
  const keys = INPUT.flatMap((name) => memberKeys(document, params, name));
  return withoutMembers(document, memberRanges(document, params, key), keys);
}

/**
 * What a call asks for, which stays the same when it is made again: the members of its parameters, but for those that say
 * something else each time. Null where parsers could read different ones.
 */
export function callBytes(document: JsonDocument): readonly Uint8Array[] | null {
  const params = onlyContainer(document, ROOT, "params");
  const [key] = memberKeys(document, ROOT, "params");
  if (params === null || key === undefined) return null;
  const changing = new Set([...INPUT, "_meta"].flatMap((name) => memberKeys(document, params, name)));
  const kept = memberRanges(document, params, key).items.filter((item) => !changing.has(item.key));
  return kept.map(({ range }) => document.bytes.subarray(range.start, range.end));
}

const INPUT = ["inputResponses", "requestState"];
const utf8 = new TextEncoder();
