import type { ClientResponse } from "../client-message.ts";
import type { Exchange } from "../exchange.ts";
import { headerValue } from "./header-list.ts";

/**
 * Lets the scripts of a page read the answer (Fetch, CORS protocol). It is said to pages that the operator has named and
 * to no others, and never of credentials that a browser would add by itself.
 */
export function letPageRead(response: ClientResponse, origin: string): void {
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-expose-headers", "*");
  response.setHeader("vary", "origin");
}

/** True for the question that a browser asks before a page may send what a form could not. It is empty and without credentials. */
export function isPreflight({ method, request: { rawHeaders } }: Exchange): boolean {
  if (method !== "OPTIONS" || headerValue(rawHeaders, "access-control-request-method") === undefined) return false;
  const length = headerValue(rawHeaders, "content-length") ?? "0";
  return length === "0" && headerValue(rawHeaders, "transfer-encoding") === undefined;
}

/** Answers it: the page may send what it asks for, with the headers that it names. Whatever it then sends is inspected and recorded. */
export function answerPreflight({ id, request: { rawHeaders }, response }: Exchange): void {
  const asked = headerValue(rawHeaders, "access-control-request-headers") ?? "";
  response.writeHead(204, [
    "access-control-allow-methods",
    "GET, HEAD, POST, PUT, PATCH, DELETE",
    // `*` would not stand for Authorization.
    ...(HEADER_NAMES.test(asked) ? ["access-control-allow-headers", asked] : []),
    "access-control-max-age",
    String(REMEMBERED_S),
    "x-haechi-correlation-id",
    id,
  ]);
  response.end();
}

/** RFC 9110 §5.6.2 tokens and the commas between them; a browser sends some dozen. */
const HEADER_NAMES = /^(?=.{1,2000}$)[!#$%&'*+.^_`|~\w-]+(?:, ?[!#$%&'*+.^_`|~\w-]+)*$/;

/** Seconds, so that a page whose origin is taken off the list may not go on for long. */
const REMEMBERED_S = 600;
