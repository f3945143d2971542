import type { ClientRequest, ClientResponse } from "../client-message.ts";
import { headerValue } from "../headers/header-list.ts";
import { bodyFault } from "./malformed.ts";

/** An unread body up to this size is read and thrown away, which is cheaper for both than a new connection. */
const DISCARD_BYTES_MAX = 65_536;
/** How much of a larger one, and how long, is still taken off the wire after the answer. */
const LINGER_BYTES_MAX = 1_048_576;
const LINGER_MS = 1000;

/** True when an answer now would leave a body on the connection that nobody is going to read. */
export function leavesBodyUnread(request: ClientRequest): boolean {
  // A stream of HTTP/2 ends by itself, and its connection goes on.
  if (request.complete || request.httpVersion === "2.0") return false;
  // RFC 9110 §10.1.1: a client that was not told to continue may or may not send its body.
  if (headerValue(request.rawHeaders, "expect") !== undefined) return true;
  if (headerValue(request.rawHeaders, "transfer-encoding") !== undefined) return true;
  return Number(headerValue(request.rawHeaders, "content-length") ?? 0) > DISCARD_BYTES_MAX;
}

/**
 * Sends the last bytes of a response of known length and then closes its connection,
 * though the client may still be sending. Closing at once would make the client's system
 * throw the answer away together with what could not be delivered (RFC 9112 §9.6), so a
 * bounded part of the rest is read first.
 */
export function endUnread(request: ClientRequest, response: ClientResponse, bytes: Uint8Array): void {
  // A client that still waits to be told to send has nothing under way; what cannot be read as a body has no end.
  if (headerValue(request.rawHeaders, "expect") !== undefined || bodyFault(request) !== undefined) {
    response.end(bytes);
    return;
  }
  let left = LINGER_BYTES_MAX;
  const finish = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(finish, LINGER_MS).unref();
  response.write(bytes);
  request.on("data", (chunk: Uint8Array) => {
    left -= chunk.byteLength;
    if (left < 0) finish();
  });
  request.once("end", finish).once("close", finish).on("error", finish);
  request.resume();
}
