import { isHaechiError } from "../../core/errors.ts";
import type { BlockedProtection } from "../../engine/protect-document.ts";
import { errorReply, type Refusal } from "../../mcp/refusal.ts";
import type { RpcId } from "../../protocols/framing/json-rpc.ts";
import type { Exchange } from "../exchange.ts";
import { eventOf } from "./own-messages.ts";

/** What is said in the body of an answer that tells of an error: a response of JSON-RPC 2.0. */
export function rpcErrorBody(id: RpcId | null) {
  return (message: string, error: unknown): string => {
    const reason = isHaechiError(error) ? error.reason : "internal_error";
    return `{"jsonrpc":"2.0","id":${id ?? "null"},"error":${JSON.stringify({ code: -32000, message, data: { reason } })}}`;
  };
}

/** Answers with messages of the gateway's own; in the stream, where one has begun. */
export function replyWithMessages({ id, response }: Exchange, status: number, messages: Uint8Array): void {
  if (response.headersSent) {
    response.end(eventOf(messages));
    return;
  }
  response.writeHead(status, [
    "content-type",
    "application/json",
    "content-length",
    String(messages.length),
    "cache-control",
    "no-store",
    "x-haechi-correlation-id",
    id,
  ]);
  response.end(messages);
}

/**
 * Answers an exchange whose head the policy blocks. A request gets the error as its answer; what nobody waits for is
 * refused by the status, as the transport has it.
 */
export function replyBlocked(exchange: Exchange, { auditId, summary }: BlockedProtection, awaited: RpcId | null): void {
  const refusal: Refusal = { kind: "blocked", auditId, summary };
  replyRefused(exchange, refusal, awaited === null ? null : errorReply(refusal, awaited, "mcp-http"));
}

/** The same for what was refused with the reply that its sender gets; null for none. */
export function replyRefused(exchange: Exchange, refused: Refusal | null, reply: Uint8Array | null): void {
  const answered = reply === null ? statusOf(refused, 403) : statusOf(refused, ANSWERED);
  replyWithMessages(exchange, answered, reply ?? errorReply(refused ?? DROPPED, null, "mcp-http"));
}

/** Answers an exchange whose response the policy blocks. */
export function replyResponseBlocked(
  exchange: Exchange,
  { auditId, summary }: BlockedProtection,
  id: RpcId | null,
): void {
  replyWithMessages(exchange, 502, errorReply({ kind: "blocked", auditId, summary }, id, "mcp-http"));
}

const DROPPED: Refusal = { kind: "failed", reason: "nothing_to_forward" };

/** @param judged for a message that could be read, and may not go on */
function statusOf(refused: Refusal | null, judged: number): number {
  switch (refused?.kind) {
    case "invalid":
      return 400;
    case "not-allowed":
      return refused.isUnknown && judged === ANSWERED ? 404 : judged;
    case "failed":
      return CANNOT_NOW.has(refused.reason) ? 503 : 400;
    default:
      return judged;
  }
}

const ANSWERED = 200;
const CANNOT_NOW: ReadonlySet<string> = new Set(["unavailable", "internal_error"]);
