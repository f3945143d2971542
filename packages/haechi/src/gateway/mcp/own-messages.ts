import { errorReply } from "../../mcp/refusal.ts";
import { concatenate } from "../../protocols/framing/bytes.ts";
import type { MessageConnection } from "./message-connection.ts";

/** Messages and arrays of them as one array; one alone is left as it is. */
export function joinMessages(messages: readonly Uint8Array[]): Uint8Array {
  if (messages.length === 1) return messages[0]!;
  const elements = messages.flatMap((message) => {
    const text = message.subarray(message.findIndex((byte) => byte > SPACE));
    const end = text.findLastIndex((byte) => byte > SPACE);
    return [COMMA, text[0] === OPEN_BRACKET ? text.subarray(1, end) : text];
  });
  return concatenate([Uint8Array.of(OPEN_BRACKET), ...elements.slice(1), Uint8Array.of(CLOSE_BRACKET)]);
}

/** An error for each request of an exchange that will not be answered any more; null where nobody waits. */
export function awaitedErrors({ awaited }: MessageConnection, reason = "response_unreadable"): Uint8Array | null {
  const errors = [...awaited].map((id) => errorReply({ kind: "failed", reason }, id, "mcp-http"));
  return errors.length === 0 ? null : joinMessages(errors);
}

/** Messages as an event of a stream. */
export function eventOf(messages: Uint8Array): Uint8Array {
  return concatenate([utf8.encode("event: message\ndata: "), messages, utf8.encode("\n\n")]);
}

const utf8 = new TextEncoder();
const SPACE = 0x20;
const COMMA = Uint8Array.of(0x2c);
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
