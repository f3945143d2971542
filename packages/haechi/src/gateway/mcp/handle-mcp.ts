import type { JsonDocument } from "../../core/document/json-document.ts";
import { HaechiError, isHaechiError } from "../../core/errors.ts";
import type { Caller } from "../../engine/access.ts";
import type { Delivery } from "../../mcp/delivery.ts";
import { handleLine } from "../../mcp/handle-line.ts";
import type { Refusal } from "../../mcp/refusal.ts";
import type { DurableReceipt } from "../../ports/audit-sink.ts";
import type { ChosenUpstream } from "../../ports/upstream.ts";
import { type RpcMessage, readRpcMessage } from "../../protocols/framing/json-rpc.ts";
import { declaresElicitation } from "../../protocols/mcp/consent-messages.ts";
import type { Exchange } from "../exchange.ts";
import { type ExchangeSubject, NOTHING_TO_RESTORE } from "../flow/admitted-exchange.ts";
import { forward } from "../flow/forward.ts";
import type { InboundBody } from "../flow/read-body.ts";
import { receiveRequest } from "../flow/receive-request.ts";
import { headerValue, withoutHeader } from "../headers/header-list.ts";
import type { Outcome } from "../telemetry.ts";
import { answerWithMessages } from "./answer-with-messages.ts";
import { askInStream, endWithError } from "./ask-in-stream.ts";
import type { McpRules } from "./mcp-rules.ts";
import { chooseUpstream, connect, type MessageConnection } from "./message-connection.ts";
import { type InboundHead, protectHead, type RequestHead, readHead } from "./protect-head.ts";
import { isLogin, relayLogin } from "./relay-login.ts";
import { replyBlocked, replyRefused } from "./rpc-reply.ts";

/**
 * One exchange of the Model Context Protocol over HTTP, from classified to answered: messages that a client posts, the
 * stream that it opens for those of the server, the end of its session. Nothing leaves before it is recorded.
 */
export async function handleMcp(subject: ExchangeSubject, rules: McpRules): Promise<Outcome> {
  const { caller, body } = await receiveRequest(subject);
  if (isLogin(subject)) return await relayLogin(subject, caller, body, rules);
  if (subject.exchange.method === "POST") return await postMessages(subject, caller, body, rules);
  if (!WITHOUT_MESSAGES.has(subject.exchange.method)) {
    throw new HaechiError("ROUTE_REFUSED", "The transport has no such method", { reason: "route_method" });
  }
  if (body !== null) {
    throw new HaechiError("REQUEST_BODY_MALFORMED", "This method has no body", { reason: "body_unexpected" });
  }
  return await askWithoutMessages(subject, caller, rules);
}

const WITHOUT_MESSAGES: ReadonlySet<string> = new Set(["GET", "HEAD", "DELETE", "OPTIONS"]);

async function askWithoutMessages(subject: ExchangeSubject, caller: Caller, rules: McpRules): Promise<Outcome> {
  const { exchange } = subject;
  const { method } = exchange;
  const upstream = chooseUpstream(subject, caller, rules);
  subject.upstream = upstream;
  const head = await protectHead(readHead(subject, null), subject, caller);
  if (head.verdict === "blocked") {
    replyBlocked(exchange, head, null);
    return "blocked";
  }
  const { target, headers } = head;
  const request = { method, path: target, headers, body: null, isOpenEnded: method === "GET" };
  const answer = await forward(request, head.receipt, subject, upstream);
  const connection = connect(subject, caller, rules);
  if (method === "DELETE" && answer.status < 300) connection.endSession();
  const admitted = { ...subject, caller, restores: NOTHING_TO_RESTORE };
  return await answerWithMessages(answer, { connection, replies: null, rules, sent: head, admitted });
}

async function postMessages(
  subject: ExchangeSubject,
  caller: Caller,
  body: InboundBody | null,
  rules: McpRules,
): Promise<Outcome> {
  const { exchange, gateway } = subject;
  if (body?.type.kind !== "json") {
    throw new HaechiError("REQUEST_TYPE_UNSUPPORTED", "Messages are JSON", { reason: "not_json" });
  }
  const document = readable(body.content, rules);
  const request = document === null ? null : readRequest(document, rules);
  subject.awaitedId = request?.id ?? null;
  const upstream = chooseUpstream(subject, caller, rules);
  subject.upstream = upstream;

  const connection = connect(subject, caller, rules);
  const inbound = readHead(subject, document);
  const head = gateway.haechi.findsAnything(inbound.places.joined)
    ? await protectHead(inbound, subject, caller)
    : { ...inbound, verdict: "passed" as const, receipt: null };
  if (head.verdict === "blocked") {
    // Whoever reads no answers but those of a stream is told by the status.
    replyBlocked(exchange, head, connection.stream === null ? subject.awaitedId : null);
    return "blocked";
  }
  const delivery = await handleLine({ kind: "message", bytes: body.content }, "client", connection.guard);
  const posted = { subject, caller, body, document, request, rules, upstream, inbound, head, connection };
  if (delivery.later === null || delivery.reply === null) return await passOn(delivery, posted);
  try {
    // Nothing of ours is at work meanwhile.
    gateway.inFlight.handOver(exchange);
    return await passOn(await askInStream(delivery.reply, delivery.later, exchange, connection.stream), posted);
  } catch (error) {
    if (exchange.response.headersSent) endWithError(exchange, error, subject.awaitedId);
    throw error;
  }
}

interface PostedMessages {
  readonly subject: ExchangeSubject;
  readonly caller: Caller;
  readonly body: InboundBody;
  readonly document: JsonDocument | null;
  /** Null for anything else than one request. */
  readonly request: Extract<RpcMessage, { kind: "request" }> | null;
  readonly rules: McpRules;
  readonly upstream: ChosenUpstream;
  readonly inbound: InboundHead;
  readonly head: RequestHead & { readonly receipt: DurableReceipt | null };
  readonly connection: MessageConnection;
}

/** Sends what goes on of messages that were posted, and answers with what the server says of them. */
async function passOn(
  { forward: sent, reply, refused, receipt, isForUs, said }: Delivery,
  { subject, caller, body, document, request, rules, upstream, inbound, head, connection }: PostedMessages,
): Promise<Outcome> {
  const { exchange, gateway } = subject;
  if (sent === null && reply === null && isForUs) {
    const { response } = exchange;
    if (!response.headersSent) response.writeHead(202, ["content-length", "0"]);
    response.end();
    return "forwarded";
  }
  if (sent === null) {
    await tellInPlace(exchange, connection, refused, reply);
    return isForUs ? "forwarded" : "blocked";
  }
  const mirroring = said === null || !inbound.isMirroring ? inbound : readHead(subject, said);
  const headers = mirroring.isMirroring ? mirroring.mirroring(head.headers, gateway.haechi.read(sent)) : head.headers;
  const isUnchanged = sent === body.content && body.saysNoMore;
  const answer = await forward(
    {
      method: "POST",
      path: head.target,
      headers: isUnchanged ? headers : withoutHeader(headers, "content-encoding"),
      body: isUnchanged ? body.wire : sent,
      isOpenEnded: request?.method === "subscriptions/listen",
    },
    // Messages that are not protected have no record; that of the head around them stands for them.
    receipt ?? head.receipt ?? (await protectHead(inbound, subject, caller)).receipt,
    subject,
    upstream,
  );
  const session = headerValue(answer.headers, "mcp-session-id");
  if (request?.method === "initialize" && session !== undefined && document !== null) {
    connection.beginNamedSession(session, declaresElicitation(document));
  }
  const admitted = { ...subject, caller, restores: NOTHING_TO_RESTORE };
  return await answerWithMessages(answer, { connection, replies: reply, rules, sent: head, admitted });
}

/** A client of revision 2024-11-05 reads no answers but those of its stream. */
async function tellInPlace(
  exchange: Exchange,
  { stream }: MessageConnection,
  refused: Refusal | null,
  reply: Uint8Array | null,
): Promise<void> {
  if (stream === null || reply === null) return replyRefused(exchange, refused, reply);
  await stream.tell(reply);
  exchange.response.writeHead(202, ["content-length", "0", "x-haechi-correlation-id", exchange.id]);
  exchange.response.end();
}

/** Null for what is refused later, with a reason. */
function readable(body: Uint8Array, { guard }: McpRules): JsonDocument | null {
  try {
    return guard.haechi.read(body);
  } catch (error) {
    if (isHaechiError(error)) return null;
    throw error;
  }
}

/** Null for a document that is anything else than one request. */
function readRequest(document: JsonDocument, { guard }: McpRules): Extract<RpcMessage, { kind: "request" }> | null {
  const message = readRpcMessage(document, guard);
  return message.kind === "request" ? message : null;
}
