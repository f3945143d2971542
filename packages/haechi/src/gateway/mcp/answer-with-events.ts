import { textDocument } from "../../core/document/text-document.ts";
import { isHaechiError } from "../../core/errors.ts";
import { handleLine } from "../../mcp/handle-line.ts";
import type { UpstreamResponse } from "../../ports/upstream.ts";
import { type AdmittedExchange, NOTHING_TO_RESTORE } from "../flow/admitted-exchange.ts";
import { writeToClient } from "../flow/client-writer.ts";
import { recordDecision } from "../flow/record-decision.ts";
import { decoderFor } from "../flow/relay-stream.ts";
import { responseContext } from "../flow/response-context.ts";
import { clientHeaders } from "../headers/to-client.ts";
import type { Outcome } from "../telemetry.ts";
import { answerServer } from "./answer-server.ts";
import type { McpAnswerSubject } from "./answer-subject.ts";
import { isIssuedId } from "./issued-id.ts";
import type { OwnAddress } from "./own-address.ts";
import { awaitedErrors, eventOf } from "./own-messages.ts";
import { type EventHandlers, relayEvents } from "./relay-events.ts";

/**
 * Answers with a stream of messages, for as long as both sides want. A stream that breaks, breaks for the client too,
 * who may go on with it where it was; of an event that is too large, whoever waits for an answer is told in the stream.
 */
export async function answerWithEvents(
  response: UpstreamResponse,
  address: OwnAddress,
  subject: McpAnswerSubject,
): Promise<Outcome> {
  const { admitted, connection, replies, rules } = subject;
  const client = admitted.exchange.response;
  const decoder = decoderFor(response, admitted);
  const changes = { transformed: true, bodyLength: null, decoded: decoder !== null };
  // A person was asked in it before.
  if (!client.headersSent) client.writeHead(response.status, clientHeaders(response.headers, changes));
  client.flushHeaders();
  if (replies !== null) await writeToClient(client, [eventOf(replies)]);
  try {
    await relayEvents(response, decoder, rules.messageBytesMax, handlersFor(subject, address));
  } catch (error) {
    response.body.cancel();
    const reason = admitted.exchange.signal.aborted
      ? "client_left"
      : isHaechiError(error)
        ? error.reason
        : "internal_error";
    await recordDecision(admitted, "stream_failed", reason);
    const errors = reason === TOO_LONG ? awaitedErrors(connection, TOO_LONG) : null;
    if (errors === null) client.destroy();
    else client.end(eventOf(errors));
    return "stream_failed";
  } finally {
    decoder?.close();
    if (admitted.exchange.method === "GET") connection.endStream();
  }
  client.end();
  return "stream_inspected";
}

const TOO_LONG = "event_too_long";

function handlersFor(subject: McpAnswerSubject, address: OwnAddress): EventHandlers {
  const { admitted, connection } = subject;
  const { exchange, gateway } = admitted;
  const { guard } = connection;
  return {
    async message(bytes) {
      const delivery = await handleLine({ kind: "message", bytes }, "server", guard);
      // The stream goes on meanwhile: what the server says next may not depend on it.
      if (delivery.reply !== null) void answerServer(delivery, subject);
      return delivery.forward;
    },
    endpoint(data) {
      // Only the stream that a client opens says so.
      if (exchange.method !== "GET") return null;
      const endpoint = address.endpoint(fromUtf8.decode(data));
      connection.beginSession(endpoint, (messages) => writeToClient(exchange.response, [eventOf(messages)]));
      return utf8.encode(endpoint);
    },
    mayPass: async (line) => !gateway.responses.enabled || isEventId(line) || (await isClean(line, admitted)),
    write: (bytes) => writeToClient(exchange.response, bytes),
  };
}

function isEventId(line: string): boolean {
  const [, id] = /^id: ?(.*)$/.exec(line) ?? [];
  return id !== undefined && isIssuedId(id);
}

/** A line that the policy would change carries nothing that a client needs whole. */
async function isClean(line: string, admitted: AdmittedExchange): Promise<boolean> {
  const { gateway } = admitted;
  if (!gateway.haechi.findsAnything(line)) return true;
  const bytes = utf8.encode(line);
  const context = responseContext({ ...admitted, restores: NOTHING_TO_RESTORE }, gateway.responses.mode);
  const protection = await gateway.haechi.protect([{ place: "body", document: textDocument(bytes) }], context);
  return protection.verdict === "passed" && protection.bytes[0] === bytes;
}

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder();
