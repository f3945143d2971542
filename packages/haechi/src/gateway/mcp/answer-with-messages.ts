import { HaechiError, isHaechiError } from "../../core/errors.ts";
import { handleLine } from "../../mcp/handle-line.ts";
import type { UpstreamResponse } from "../../ports/upstream.ts";
import { isBatch, readRpcMessage } from "../../protocols/framing/json-rpc.ts";
import { codingsOf } from "../body/content-coding.ts";
import { decodeAnswer } from "../body/read-answer.ts";
import type { AdmittedExchange } from "../flow/admitted-exchange.ts";
import { protectAnswerHeaders } from "../flow/answer-headers.ts";
import { endClient } from "../flow/client-writer.ts";
import { type HeaderList, headerValue, headerValues } from "../headers/header-list.ts";
import { clientHeaders } from "../headers/to-client.ts";
import type { Outcome } from "../telemetry.ts";
import type { McpAnswerSubject } from "./answer-subject.ts";
import { answerWithEvents } from "./answer-with-events.ts";
import { answerWithOther } from "./answer-with-other.ts";
import { isIssuedId } from "./issued-id.ts";
import { type OwnAddress, ownAddress, withOwnChallenges } from "./own-address.ts";
import { awaitedErrors, eventOf, joinMessages } from "./own-messages.ts";
import { replyResponseBlocked, replyWithMessages } from "./rpc-reply.ts";

/**
 * Answers with what a server says: one message or several, a stream of them, or something else beside.
 * @throws HaechiError UPSTREAM_TOO_LARGE, UPSTREAM_UNINSPECTABLE and what reading the body throws
 */
export async function answerWithMessages(answer: UpstreamResponse, subject: McpAnswerSubject): Promise<Outcome> {
  const { admitted, rules } = subject;
  const address = ownAddress(admitted.exchange, rules.serverUrls);
  const head = await protectHeaders(answer, address, admitted);
  if (head.verdict === "blocked") {
    answer.body.cancel();
    const [id = null] = subject.connection.awaited;
    replyResponseBlocked(admitted.exchange, head, id);
    return "response_blocked";
  }
  const response = { ...answer, headers: head.headers };
  if (isEventStream(answer)) return await answerWithEvents(response, address, subject);

  const { exchange } = admitted;
  const wire = await answer.body.collect(rules.messageBytesMax);
  const content = wire.length === 0 ? wire : await decoded(answer.headers, wire, rules.messageBytesMax);
  if (wire.length === 0 && subject.replies !== null) {
    replyWithMessages(exchange, 200, subject.replies);
    return "forwarded";
  }
  if (!carriesMessages(content, response, subject)) {
    // In a stream there is room for messages only.
    if (exchange.response.headersSent) throw unreadable();
    return await answerWithOther(response, { wire, content }, address, admitted);
  }
  const { forward } = await handleLine({ kind: "message", bytes: content }, "server", subject.connection.guard);
  const messages = [forward ?? awaitedErrors(subject.connection), subject.replies].filter((one) => one !== null);
  if (messages.length === 0) {
    throw unreadable();
  }
  const body = joinMessages(messages);
  if (exchange.response.headersSent) {
    endClient(exchange.response, eventOf(body));
    return forward === null ? "response_blocked" : "forwarded";
  }
  const changes = { transformed: body !== wire, decoded: content !== wire, bodyLength: body.length };
  exchange.response.writeHead(answer.status, clientHeaders(response.headers, changes));
  endClient(exchange.response, body);
  return forward === null ? "response_blocked" : "forwarded";
}

function unreadable(): HaechiError {
  return new HaechiError("UPSTREAM_UNINSPECTABLE", "The answer is no message", { reason: "response_unreadable" });
}

/** A server answers what was posted with messages; anything else that it says of its own may be one. */
function carriesMessages(
  content: Uint8Array,
  { status }: UpstreamResponse,
  { admitted, rules }: McpAnswerSubject,
): boolean {
  if (content.length === 0) return false;
  if (admitted.exchange.method === "POST" && status === 200) return true;
  try {
    const document = rules.guard.haechi.read(content);
    return isBatch(document) || readRpcMessage(document, { requiresVersion: true }).kind !== "invalid";
  } catch (error) {
    if (isHaechiError(error)) return false;
    throw error;
  }
}

/** An id that a server has made up at random is no text of anybody's. */
async function protectHeaders(answer: UpstreamResponse, address: OwnAddress, admitted: AdmittedExchange) {
  const headers = withOwnChallenges(answer.headers, address);
  const session = headers.findIndex((name, at) => at % 2 === 0 && name === SESSION);
  if (session === -1 || !isIssuedId(headers[session + 1]!)) {
    return await protectAnswerHeaders({ ...answer, headers }, admitted);
  }
  const others = headers.toSpliced(session, 2);
  const head = await protectAnswerHeaders({ ...answer, headers: others }, admitted);
  return head.verdict === "blocked" ? head : { ...head, headers: [...head.headers, SESSION, headers[session + 1]!] };
}

const SESSION = "mcp-session-id";

function isEventStream({ headers }: UpstreamResponse): boolean {
  return headerValue(headers, "content-type")?.toLowerCase().startsWith("text/event-stream") === true;
}

async function decoded(headers: HeaderList, wire: Uint8Array, bytesMax: number): Promise<Uint8Array> {
  if (codingsOf(headerValues(headers, "content-encoding"))?.length === 0) return wire;
  const content = await decodeAnswer(headers, wire, bytesMax);
  if (content !== null) return content;
  throw new HaechiError("UPSTREAM_UNINSPECTABLE", "The answer is compressed", { reason: "compressed_response" });
}
