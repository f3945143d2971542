import { type HaechiErrorCode, isHaechiError } from "../core/errors.ts";
import { KNOWN_CODINGS } from "./body/content-coding.ts";
import type { Exchange } from "./exchange.ts";
import { endUnread, leavesBodyUnread } from "./listen/end-unread.ts";

interface ErrorReply {
  readonly status: number;
  /** The `error` member of the body: what programs look at. */
  readonly error: string;
  /** Fixed, so that nothing of a payload or a credential can come back in it. */
  readonly message: string;
  readonly retryAfter?: true;
  readonly headers?: readonly string[];
  /** What is said otherwise for some reasons. */
  readonly withReason?: Readonly<Record<string, { readonly message: string; readonly headers?: readonly string[] }>>;
}

const CHALLENGE = 'Bearer realm="haechi"';

const INTERNAL: ErrorReply = { status: 500, error: "haechi_proxy_error", message: "Internal proxy error" };
const UNAVAILABLE: ErrorReply = {
  status: 503,
  error: "haechi_unavailable",
  message: "The gateway cannot serve requests at the moment",
  retryAfter: true,
};

/** What the client gets for each error: the one table of statuses. */
export const errorReplies = {
  DOCUMENT_TOO_LARGE: {
    status: 413,
    error: "haechi_request_body_too_large",
    message: "The request body exceeds the limit of this gateway",
  },
  DOCUMENT_TOO_DEEP: {
    status: 413,
    error: "haechi_request_too_deeply_nested",
    message: "The request body is nested deeper than this gateway allows",
  },
  DOCUMENT_NOT_UTF8: {
    status: 400,
    error: "haechi_request_body_not_utf8",
    message: "The request body is not valid UTF-8",
  },
  DOCUMENT_NOT_JSON: {
    status: 400,
    error: "haechi_invalid_json_request",
    message: "The request body is not valid JSON",
  },
  REQUEST_MALFORMED: {
    status: 400,
    error: "haechi_malformed_request",
    message: "The request is not valid HTTP/1.1",
  },
  REQUEST_HEAD_TOO_LARGE: {
    status: 431,
    error: "haechi_request_head_too_large",
    message: "The request line and headers exceed the limit of this gateway",
  },
  TARGET_INVALID: {
    status: 400,
    error: "haechi_invalid_proxy_target",
    message: "The request target must be a plain path in origin form",
  },
  HEADER_INVALID: {
    status: 400,
    error: "haechi_invalid_header",
    message: "The request carries a header or method that cannot be forwarded",
  },
  REQUEST_ENCODING_UNSUPPORTED: {
    status: 415,
    error: "haechi_request_encoding_unsupported",
    message: `Request bodies must be sent in one of these content codings: ${KNOWN_CODINGS}`,
    // RFC 9110 §12.5.3: in a 415 the header names the codings that would have been accepted.
    headers: ["accept-encoding", KNOWN_CODINGS],
  },
  REQUEST_TYPE_UNSUPPORTED: {
    status: 415,
    error: "haechi_request_type_unsupported",
    message: "Request bodies of this type cannot be inspected",
    headers: ["accept", "application/json, application/jsonl, multipart/form-data, text/plain"],
  },
  REQUEST_BODY_MALFORMED: {
    status: 400,
    error: "haechi_request_body_malformed",
    message: "The request body is not what its headers say",
  },
  ROUTE_REFUSED: {
    status: 403,
    error: "haechi_route_refused",
    message: "This gateway does not serve this route",
  },
  ROUTE_UNKNOWN: {
    status: 404,
    error: "haechi_route_unknown",
    message: "This gateway does not know this route",
  },
  UPGRADE_UNSUPPORTED: {
    status: 426,
    error: "haechi_upgrade_unsupported",
    message: "This gateway speaks plain HTTP only, without WebSocket",
    // RFC 9110 §15.5.22 asks for the protocol to go on with.
    headers: ["upgrade", "HTTP/1.1", "connection", "upgrade"],
  },
  REQUEST_TOO_SLOW: {
    status: 408,
    error: "haechi_request_timeout",
    message: "The request did not arrive in time",
  },
  FORWARDED_PROTO_REQUIRED: {
    status: 403,
    error: "haechi_forwarded_proto_required",
    message: "This gateway accepts only requests that its trusted proxy received over HTTPS",
  },
  CLIENT_CERTIFICATE_REQUIRED: {
    status: 403,
    error: "haechi_client_certificate_required",
    message: "This gateway serves only clients with a certificate of an authority that it trusts",
  },
  HOST_NOT_ALLOWED: {
    status: 403,
    error: "haechi_host_not_allowed",
    message: "This gateway does not answer to this host name; proxy.allowedHosts names those that it does",
  },
  ORIGIN_NOT_ALLOWED: {
    status: 403,
    error: "haechi_origin_not_allowed",
    message: "This gateway does not answer to web pages of this origin; proxy.allowedOrigins names those that it does",
  },
  UNAUTHENTICATED: {
    status: 401,
    error: "haechi_auth_denied",
    message: "Authentication required",
    // RFC 9110 §15.5.2 asks for a challenge; RFC 6750 §3 defines this one.
    headers: ["www-authenticate", CHALLENGE],
    withReason: {
      invalid_token: {
        message: "Authentication failed",
        headers: ["www-authenticate", `${CHALLENGE}, error="invalid_token"`],
      },
      provider_error: { message: "Authentication failed" },
    },
  },
  MODEL_NOT_ALLOWED: {
    status: 403,
    error: "haechi_model_not_allowed",
    message: "The requested model is not allowed for this caller",
  },
  RATE_LIMITED: {
    status: 429,
    error: "haechi_rate_limited",
    message: "Too many requests",
    retryAfter: true,
  },
  BUDGET_SPENT: {
    status: 429,
    error: "haechi_budget_exceeded",
    message: "The budget of this caller's policy is spent",
    retryAfter: true,
  },
  OVERLOADED: {
    status: 503,
    error: "haechi_overloaded",
    message: "The gateway is at its limit of concurrent requests",
    retryAfter: true,
  },
  STREAMING_UNSUPPORTED: {
    status: 501,
    error: "haechi_streaming_unsupported",
    message: "Streaming requests are not enabled on this gateway",
  },
  STREAMING_UNINSPECTABLE: {
    status: 501,
    error: "haechi_streaming_uninspectable_route",
    message: "Streams of this route cannot be inspected",
  },
  UPSTREAM_UNREACHABLE: {
    status: 502,
    error: "haechi_upstream_unreachable",
    message: "The upstream could not be reached",
  },
  UPSTREAM_TIMEOUT: {
    status: 504,
    error: "haechi_upstream_timeout",
    message: "The upstream did not answer in time",
  },
  UPSTREAM_TOO_LARGE: {
    status: 502,
    error: "haechi_response_too_large",
    message: "The upstream's response exceeds the limit of this gateway",
  },
  UPSTREAM_UNINSPECTABLE: {
    status: 502,
    error: "haechi_response_unprotected",
    message: "The upstream's response could not be inspected",
  },
  AUDIT_UNWRITABLE: UNAVAILABLE,
  KEY_UNAVAILABLE: UNAVAILABLE,
  DETECTOR_UNAVAILABLE: UNAVAILABLE,
  RATE_LIMITER_UNAVAILABLE: UNAVAILABLE,
  NONCE_BUDGET_SPENT: UNAVAILABLE,
  TOKEN_STORE_UNAVAILABLE: UNAVAILABLE,
  LOG_INCONSISTENT: UNAVAILABLE,
  CLIENT_LEFT: INTERNAL,
  CONFIG_INVALID: INTERNAL,
  POLICY_INVALID: INTERNAL,
  POLICY_WEAKENED: INTERNAL,
  BIND_REFUSED: INTERNAL,
  PROVIDER_INVALID: INTERNAL,
  KEY_FILE_INVALID: INTERNAL,
  TOKEN_UNKNOWN: INTERNAL,
  TOKEN_EXPIRED: INTERNAL,
  REVEAL_DISABLED: INTERNAL,
  ENVELOPE_REJECTED: INTERNAL,
} satisfies Record<HaechiErrorCode, ErrorReply>;

/** The reply that an error gets; whatever is not ours is an internal error. */
export function errorReplyFor(error: unknown): ErrorReply {
  if (!isHaechiError(error)) return INTERNAL;
  const reply: ErrorReply = errorReplies[error.code];
  const { withReason } = reply;
  if (withReason === undefined || !Object.hasOwn(withReason, error.reason)) return reply;
  return { ...reply, ...withReason[error.reason] };
}

/**
 * Answers an exchange with an error. After the head of another answer is out the only
 * thing left to do is to break the connection, so that the client sees it cut short.
 * @param retryAfterS for the replies that tell the client when to come back, where the error does not say
 * @param bodyOf JSON to say instead of ours, by the wire code and the error
 */
export function replyWithError(
  exchange: Exchange,
  error: unknown,
  retryAfterS = 1,
  bodyOf: (code: string, error: unknown) => string | null = () => null,
): void {
  const { status, body, headers } = errorAnswer(error, retryAfterS);
  sendJsonText(exchange, status, bodyOf(body.error, error) ?? jsonText(body), headers);
}

/** The answer to something that never became an exchange, as the whole text of a message that ends its connection. */
export function errorMessage(id: string, error: unknown, retryAfterS: number): string {
  const { status, body, headers } = errorAnswer(error, retryAfterS);
  const content = jsonText(body);
  const reason = process.getBuiltinModule("node:http").STATUS_CODES[status];
  const fields = [...contentHeaders(id, Buffer.byteLength(content)), ...headers, "connection", "close"];
  const lines = fields.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${fields[at + 1]}`] : []));
  return `HTTP/1.1 ${status} ${reason}\r\n${lines.join("\r\n")}\r\n\r\n${content}`;
}

function errorAnswer(error: unknown, retryAfterS: number) {
  const reply = errorReplyFor(error);
  const headers = [...(reply.headers ?? [])];
  const waitS = isHaechiError(error) ? (error.retryAfterS ?? retryAfterS) : retryAfterS;
  if (reply.retryAfter) headers.push("retry-after", String(Math.max(1, waitS)));
  const { error: code, message } = reply;
  // Of this one error the contract returns the reason too, which is a constant of ours.
  const body = isHaechiError(error, "UPSTREAM_UNINSPECTABLE")
    ? { error: code, reason: error.reason, message }
    : { error: code, message };
  return { status: reply.status, body, headers };
}

/** Answers an exchange with JSON of the gateway's own. */
export function sendJson(
  exchange: Exchange,
  status: number,
  body: unknown,
  extraHeaders: readonly string[] = [],
): void {
  sendJsonText(exchange, status, jsonText(body), extraHeaders);
}

function sendJsonText(
  { id, request, response }: Exchange,
  status: number,
  text: string,
  extraHeaders: readonly string[],
): void {
  if (response.headersSent || response.destroyed) {
    if (!response.writableEnded) response.destroy();
    return;
  }
  const bytes = Buffer.from(text);
  const headers = [...contentHeaders(id, bytes.length), ...extraHeaders];
  if (leavesBodyUnread(request)) {
    response.writeHead(status, [...headers, "connection", "close"]);
    endUnread(request, response, bytes);
  } else {
    response.writeHead(status, headers);
    response.end(bytes);
  }
}

function jsonText(body: unknown): string {
  return `${JSON.stringify(body, null, 2)}\n`;
}

function contentHeaders(id: string, bytes: number): string[] {
  const content = ["content-type", "application/json", "content-length", String(bytes)];
  return [...content, "cache-control", "no-store", "x-haechi-correlation-id", id];
}
