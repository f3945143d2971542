import { isHaechiError } from "../../core/errors.ts";
import { WORD_MS_MAX } from "../../mcp/asked-calls.ts";
import type { Delivery, LaterDelivery } from "../../mcp/delivery.ts";
import { errorReply } from "../../mcp/refusal.ts";
import type { RpcId } from "../../protocols/framing/json-rpc.ts";
import type { Exchange } from "../exchange.ts";
import { writeToClient } from "../flow/client-writer.ts";
import { eventOf } from "./own-messages.ts";
import type { SessionStream } from "./sessions.ts";

/**
 * Asks a person in the answer to a call, which so becomes a stream, and waits for the word. A client that leaves, and one
 * that says nothing for ten minutes, has not agreed.
 * @param stream that of a client of the older transport, which reads no other
 */
export async function askInStream(
  question: Uint8Array,
  { delivery, giveUp }: LaterDelivery,
  { id, response, signal }: Exchange,
  stream: SessionStream | null,
): Promise<Delivery> {
  if (stream === null) {
    const headers = ["content-type", "text/event-stream", "cache-control", "no-store"];
    response.writeHead(200, [...headers, "x-haechi-correlation-id", id]);
    await writeToClient(response, [eventOf(question)]);
  } else {
    await stream.tell(question);
  }
  const timer = setTimeout(giveUp, WORD_MS_MAX);
  signal.addEventListener("abort", giveUp, { once: true });
  if (signal.aborted) giveUp();
  try {
    return await delivery;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", giveUp);
  }
}

/** Tells in such a stream that a call has failed after all. */
export function endWithError({ response }: Exchange, error: unknown, awaited: RpcId | null): void {
  const reason = isHaechiError(error) ? error.reason : "internal_error";
  response.end(eventOf(errorReply({ kind: "failed", reason }, awaited, "mcp-http")));
}
