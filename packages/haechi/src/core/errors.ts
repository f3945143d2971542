/** Every error code, grouped by who must act on it. */
export type HaechiErrorCode =
  // The operator, before start.
  | "CONFIG_INVALID"
  | "POLICY_INVALID"
  | "POLICY_WEAKENED"
  | "BIND_REFUSED"
  | "PROVIDER_INVALID"
  | "KEY_FILE_INVALID"
  // Whoever handed in a document: the caller for a request, the upstream for a response.
  | "DOCUMENT_TOO_LARGE"
  | "DOCUMENT_TOO_DEEP"
  | "DOCUMENT_NOT_UTF8"
  | "DOCUMENT_NOT_JSON"
  // The caller: these messages are written to be returned.
  | "REQUEST_MALFORMED"
  | "REQUEST_HEAD_TOO_LARGE"
  | "TARGET_INVALID"
  | "HEADER_INVALID"
  | "REQUEST_ENCODING_UNSUPPORTED"
  | "REQUEST_TYPE_UNSUPPORTED"
  | "REQUEST_BODY_MALFORMED"
  | "ROUTE_REFUSED"
  | "ROUTE_UNKNOWN"
  | "UPGRADE_UNSUPPORTED"
  | "REQUEST_TOO_SLOW"
  | "FORWARDED_PROTO_REQUIRED"
  | "CLIENT_CERTIFICATE_REQUIRED"
  | "HOST_NOT_ALLOWED"
  | "ORIGIN_NOT_ALLOWED"
  | "UNAUTHENTICATED"
  | "MODEL_NOT_ALLOWED"
  | "RATE_LIMITED"
  | "BUDGET_SPENT"
  | "OVERLOADED"
  // The caller has left before its answer was complete; nobody reads a reply.
  | "CLIENT_LEFT"
  | "STREAMING_UNSUPPORTED"
  | "STREAMING_UNINSPECTABLE"
  | "TOKEN_UNKNOWN"
  | "TOKEN_EXPIRED"
  | "REVEAL_DISABLED"
  // The upstream.
  | "UPSTREAM_UNREACHABLE"
  | "UPSTREAM_TIMEOUT"
  | "UPSTREAM_TOO_LARGE"
  | "UPSTREAM_UNINSPECTABLE"
  // The operator, at run time: the caller learns only that the gateway is unavailable.
  | "AUDIT_UNWRITABLE"
  | "KEY_UNAVAILABLE"
  | "NONCE_BUDGET_SPENT"
  | "TOKEN_STORE_UNAVAILABLE"
  | "DETECTOR_UNAVAILABLE"
  | "RATE_LIMITER_UNAVAILABLE"
  // Whoever investigates: evidence does not hold.
  | "LOG_INCONSISTENT"
  | "ENVELOPE_REJECTED";

/**
 * The one error type of the project. A message names codes, counts, limits and
 * configuration paths; it never quotes payload, credentials or keys.
 */
export class HaechiError extends Error {
  override readonly name = "HaechiError";
  readonly code: HaechiErrorCode;
  /** A finer cause for the audit log: a constant of ours, never text from outside. */
  readonly reason: string;
  /** Seconds after which the same may succeed; null where nobody knows. */
  readonly retryAfterS: number | null;

  constructor(
    code: HaechiErrorCode,
    message: string,
    options?: { readonly cause?: unknown; readonly reason?: string; readonly retryAfterS?: number },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.reason = options?.reason ?? code.toLowerCase();
    this.retryAfterS = options?.retryAfterS ?? null;
  }
}

/** True for an error that carries one of our codes, and, when given, exactly that one. */
export function isHaechiError(error: unknown, code?: HaechiErrorCode): error is HaechiError {
  return error instanceof HaechiError && (code === undefined || error.code === code);
}
