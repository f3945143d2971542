import { toolPolicies } from "../core/decide/tool-policy.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { readRpcMessage } from "../protocols/framing/json-rpc.ts";
import { createRpcSkimmer, type SkimmedMessage } from "../protocols/framing/json-rpc-skim.ts";
import { declaresElicitation } from "../protocols/mcp/consent-messages.ts";
import { namesItsRevision } from "../protocols/mcp/input-messages.ts";
import { type AskedInResult, askInResult } from "./ask-in-result.ts";
import { askPerson, readConsent } from "./ask-person.ts";
import type { PersonsWord, WaitingCall } from "./consents.ts";
import { type Delivery, NOTHING } from "./delivery.ts";
import { isAllowed, type MessageGuard, recordedMethod, type Sender } from "./message-guard.ts";
import { type NamedMessage, nameHandles, recordNamed, restoreHandles } from "./name-handles.ts";
import { passAnswer, passRequest, type Readable } from "./pass-message.ts";
import { type Refusal, reasonOf } from "./refusal.ts";
import { noteFailure, type Refused, refuse, toldName } from "./refuse-message.ts";
import { refusePrompt } from "./refuse-prompt.ts";
import { recordedTool, refusedTool, TOOL_CALL, type ToolCall, type ToolRefusal, toolCall } from "./tool-calls.ts";

/** The life of one message. It never rejects: what cannot be protected does not go on. */
export async function handleMessage(
  document: JsonDocument,
  from: Sender,
  guard: MessageGuard,
  { isAlone = true } = {},
): Promise<Delivery> {
  const called = from === "client" ? toolCall(document, TOOL_CALL) : null;
  const { policy } = guard;
  const own = called === null ? policy.tools.unknownResults : toolPolicies(called.name, policy).arguments;
  const named = nameHandles(document, from, new Set([policy, own ?? policy]), guard);
  return withHandles(await handleNamed({ ...named, isAlone }, from, guard), from, guard);
}

/** In here every handle may cross: those that may not have names, whoever made them up. */
async function handleNamed(
  { document, givenCount, isAlone }: NamedMessage & { readonly isAlone: boolean },
  from: Sender,
  guard: MessageGuard,
): Promise<Delivery> {
  const message = readRpcMessage(document, guard);
  if (message.kind === "invalid") {
    return await refuse({ kind: "invalid", reason: message.reason }, { ...message, from }, "invalid", guard);
  }
  const operation = operationOf(message, guard);
  const isNotice = message.kind === "notification";
  const subject = { id: isNotice ? null : message.id, isAnswer: message.kind === "response", from };
  try {
    await recordNamed(givenCount, operation, guard);
    if (message.kind !== "response" && !isAllowed(message.method, from, guard)) {
      const method = toldName(message.method, guard);
      const refusal = { kind: "not-allowed", method, isUnknown: namesItsRevision(document) } as const;
      const told = await refuse(refusal, subject, operation, guard);
      return isNotice ? { ...told, reply: null } : told;
    }
    if (from === "client") noteForConsents(document, message, guard);
    const call = from === "client" && message.kind !== "response" ? toolCall(document, message.method) : null;
    const reason = call === null ? null : refusedTool(call.name, guard);
    const isAsking = reason === "tool_needs_consent" && message.kind === "request" && call !== null;
    const inResult = isAsking ? await askInResult(document, { id: message.id, name: call.name }, guard) : null;
    if (isAsking && inResult !== null) return await passAsked(inResult, message, call, guard);
    if (call !== null && reason !== null) {
      const mayAsk = reason === "tool_needs_consent" && (isAlone || guard.transport === "mcp-stdio");
      const asked = mayAsk && subject.id !== null ? ask({ document, id: subject.id, name: call.name }, guard) : null;
      if (asked !== null) return asked;
      const told = await refuseTool(call.name, reason, subject, guard);
      return isNotice ? { ...told, reply: null } : told;
    }
    const told = message.kind === "response" ? null : await refusePrompt(document, message.method, subject, guard);
    if (told !== null) return isNotice ? { ...told, reply: null } : told;
    if (message.kind !== "response") return await passRequest(document, message, { from, operation, call }, guard);
    const waiting = from === "client" ? guard.session.consents.take(message.id, document) : null;
    if (waiting === null) return await passAnswer(document, message, from, guard);
    // Over HTTP the answer comes in an exchange of its own, and the call goes on in the one that waits.
    return guard.transport === "mcp-stdio" ? await passAgreed(waiting, document, guard) : { ...NOTHING, isForUs: true };
  } catch (error) {
    noteFailure(error, guard);
    const told = await refuse({ kind: "failed", reason: reasonOf(error) }, subject, operation, guard);
    return isNotice ? { ...told, reply: null } : told;
  }
}

/** The same for a line of which no document could be read, or one that is not even kept. */
export async function refuseUnread(
  skimmed: SkimmedMessage,
  refusal: Refusal,
  from: Sender,
  guard: MessageGuard,
): Promise<Delivery> {
  return withHandles(await refuse(refusal, { ...skimmed, from }, "unread", guard), from, guard);
}

/** Each side gets back the handles that it has made up. */
function withHandles(delivery: Delivery, from: Sender, guard: MessageGuard): Delivery {
  const { forward, reply, later } = delivery;
  const to = from === "client" ? "server" : "client";
  return {
    ...delivery,
    later:
      later === null
        ? null
        : { ...later, delivery: later.delivery.then((settled) => withHandles(settled, from, guard)) },
    forward: forward === null ? null : restoreHandles(forward, to, guard),
    reply: reply === null ? null : restoreHandles(reply, from, guard),
  };
}

/** What can be told of bytes that are no document. */
export function skim(bytes: Uint8Array): SkimmedMessage {
  const skimmer = createRpcSkimmer();
  skimmer.push(bytes);
  return skimmer.end();
}

function noteForConsents(document: JsonDocument, message: Readable, { session }: MessageGuard): void {
  if (message.kind === "request" && message.method === "initialize") {
    session.consents.canAsk = declaresElicitation(document);
  }
  if (message.kind === "notification" && message.method === "notifications/cancelled")
    session.consents.cancel(document);
}

/** Null where nobody can be asked. */
function ask(call: WaitingCall, guard: MessageGuard): Delivery | null {
  const asked = askPerson(call, toldName(call.name ?? "", guard), guard);
  if (asked === null) return null;
  const { question, word, giveUp } = asked;
  if (guard.transport === "mcp-stdio") return { ...NOTHING, reply: question };
  const delivery = word.then((said) => passAgreed(call, said, guard));
  return { ...NOTHING, reply: question, later: { delivery, giveUp } };
}

/** The call about which a person was asked, or an error in the place of its answer. */
async function passAgreed(call: WaitingCall, word: PersonsWord, guard: MessageGuard): Promise<Delivery> {
  const { document, id, name } = call;
  const subject: Refused = { id, isAnswer: false, from: "client" };
  try {
    if (!(await readConsent(word, call, guard))) {
      if (word === "cancelled") return { ...NOTHING, isForUs: true };
      return await refuseTool(name, "tool_not_agreed", subject, guard);
    }
    // The person took their time, and the server may have changed the tool meanwhile.
    const reason = refusedTool(name, guard);
    if (reason !== null && reason !== "tool_needs_consent") return await refuseTool(name, reason, subject, guard);
    const request = { kind: "request", id, method: TOOL_CALL } as const;
    return await passRequest(document, request, { from: "client", operation: TOOL_CALL, call: { name } }, guard);
  } catch (error) {
    noteFailure(error, guard);
    return await refuse({ kind: "failed", reason: reasonOf(error) }, subject, TOOL_CALL, guard);
  }
}

/** What a question in a result comes to: the question, the call without what was meant for us, or a refusal. */
async function passAsked(
  asked: AskedInResult,
  message: Extract<Readable, { kind: "request" }>,
  call: ToolCall,
  guard: MessageGuard,
): Promise<Delivery> {
  switch (asked.verdict) {
    case "ask":
      return { ...NOTHING, reply: asked.question, isForUs: true };
    case "refused":
      return await refuseTool(call.name, asked.reason, { id: message.id, isAnswer: false, from: "client" }, guard);
    case "agreed": {
      const { document, agreed } = asked;
      const about = { from: "client", operation: TOOL_CALL, call, agreed } as const;
      return { ...(await passRequest(document, message, about, guard)), said: document };
    }
    default:
      return asked satisfies never;
  }
}

async function refuseTool(
  name: string | null,
  reason: ToolRefusal,
  subject: Refused,
  guard: MessageGuard,
): Promise<Delivery> {
  const refusal = { kind: "tool-refused", tool: toldName(name ?? "", guard), reason } as const;
  return await refuse(refusal, subject, TOOL_CALL, guard, recordedTool(name, guard));
}

function operationOf(message: Readable, guard: MessageGuard): string {
  return message.kind === "response" ? message.outcome : recordedMethod(message.method, guard);
}
