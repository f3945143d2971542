import { isHaechiError } from "../../core/errors.ts";
import type { Delivery } from "../../mcp/delivery.ts";
import type { HeaderList } from "../headers/header-list.ts";
import type { McpAnswerSubject } from "./answer-subject.ts";

/**
 * Tells a server that what it has asked its client may not cross, so that it does not wait: the error is posted as the
 * client would post its answer. Never rejects.
 */
export async function answerServer(
  { reply, receipt }: Pick<Delivery, "reply" | "receipt">,
  { admitted, connection, sent }: McpAnswerSubject,
): Promise<void> {
  const { exchange, gateway, upstream } = admitted;
  if (reply === null || receipt === null || upstream === null) return;
  const path = connection.endpoint ?? sent.target;
  const request = { method: "POST", path, headers: headersOfAnswer(sent.headers), body: reply };
  try {
    const { body } = await upstream.send(request, receipt, exchange.signal);
    body.cancel();
  } catch (error) {
    // The server waits as it would for a client that has left.
    const code = isHaechiError(error) ? error.code : null;
    gateway.logger.warn("mcp_server_not_answered", { correlationId: exchange.id, code });
  }
}

/** Those of the request on whose stream the server has asked, without what belongs to its own message. */
function headersOfAnswer(headers: HeaderList): HeaderList {
  const kept = headers.filter((_, at) => !OF_THE_MESSAGE.test(headers[at - (at % 2)]!));
  return [...kept, "content-type", "application/json", "accept", "application/json, text/event-stream"];
}

const OF_THE_MESSAGE = /^(?:accept|content-encoding|content-type|last-event-id|mcp-method|mcp-name|mcp-param-.*)$/;
