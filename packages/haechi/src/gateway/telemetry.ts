import type { Mode } from "../core/decide/mode.ts";
import { type HaechiErrorCode, isHaechiError } from "../core/errors.ts";
import type { Clock } from "../ports/clock.ts";
import type { CounterName, Metrics } from "../ports/metrics.ts";
import type { Exchange } from "./exchange.ts";

/** How an exchange ended, and the counter of its own that an ending has. */
const OUTCOMES = {
  forwarded: null,
  blocked: "haechi_blocks_total",
  auth_denied: "haechi_auth_denied_total",
  rate_limited: "haechi_rate_limited_total",
  model_not_allowed: null,
  streaming_blocked: null,
  stream_passed_through: null,
  stream_inspected: null,
  stream_blocked: "haechi_blocks_total",
  stream_failed: "haechi_response_stream_truncated_total",
  response_blocked: "haechi_blocks_total",
  response_unprotected_allowed: "haechi_response_unprotected_total",
  response_unprotected_blocked: "haechi_response_unprotected_total",
  overloaded: "haechi_overloaded_total",
  request_refused: null,
  upstream_timeout: "haechi_upstream_timeout_total",
  upstream_error: "haechi_upstream_error_total",
  internal_error: "haechi_internal_error_total",
  client_left: null,
} as const satisfies Record<string, CounterName | null>;

/** The `decision` label of an exchange. */
export type Outcome = keyof typeof OUTCOMES;

export interface Telemetry {
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly mode: Mode;
}

/**
 * Counts an exchange; called at its one exit, however it ended.
 * @param routeId null before the route is known
 */
export function countExchange(
  exchange: Exchange,
  outcome: Outcome,
  routeId: string | null,
  { metrics, clock, mode }: Telemetry,
): void {
  metrics.increment("haechi_requests_total", { route: routeId, mode, decision: outcome });
  const own = OUTCOMES[outcome];
  if (own !== null) metrics.increment(own);
  const seconds = Math.max(0, clock.now() - exchange.startedAt) / 1000;
  metrics.observe("haechi_request_duration_seconds", seconds, { route: routeId });
}

/** How an exchange ended that an error ended; whatever is not ours is an internal error. */
export function outcomeOf(error: unknown): Outcome {
  return isHaechiError(error) ? ERROR_OUTCOMES[error.code] : "internal_error";
}

const ERROR_OUTCOMES = {
  DOCUMENT_TOO_LARGE: "request_refused",
  DOCUMENT_TOO_DEEP: "request_refused",
  DOCUMENT_NOT_UTF8: "request_refused",
  DOCUMENT_NOT_JSON: "request_refused",
  REQUEST_MALFORMED: "request_refused",
  REQUEST_HEAD_TOO_LARGE: "request_refused",
  TARGET_INVALID: "request_refused",
  HEADER_INVALID: "request_refused",
  REQUEST_ENCODING_UNSUPPORTED: "request_refused",
  REQUEST_TYPE_UNSUPPORTED: "request_refused",
  REQUEST_BODY_MALFORMED: "request_refused",
  ROUTE_REFUSED: "request_refused",
  ROUTE_UNKNOWN: "request_refused",
  UPGRADE_UNSUPPORTED: "request_refused",
  REQUEST_TOO_SLOW: "request_refused",
  FORWARDED_PROTO_REQUIRED: "request_refused",
  CLIENT_CERTIFICATE_REQUIRED: "auth_denied",
  HOST_NOT_ALLOWED: "request_refused",
  ORIGIN_NOT_ALLOWED: "request_refused",
  UNAUTHENTICATED: "auth_denied",
  MODEL_NOT_ALLOWED: "model_not_allowed",
  RATE_LIMITED: "rate_limited",
  BUDGET_SPENT: "rate_limited",
  OVERLOADED: "overloaded",
  CLIENT_LEFT: "client_left",
  STREAMING_UNSUPPORTED: "streaming_blocked",
  STREAMING_UNINSPECTABLE: "streaming_blocked",
  UPSTREAM_UNREACHABLE: "upstream_error",
  UPSTREAM_TIMEOUT: "upstream_timeout",
  UPSTREAM_TOO_LARGE: "response_unprotected_blocked",
  UPSTREAM_UNINSPECTABLE: "response_unprotected_blocked",
  AUDIT_UNWRITABLE: "internal_error",
  KEY_UNAVAILABLE: "internal_error",
  DETECTOR_UNAVAILABLE: "request_refused",
  RATE_LIMITER_UNAVAILABLE: "request_refused",
  NONCE_BUDGET_SPENT: "internal_error",
  TOKEN_STORE_UNAVAILABLE: "internal_error",
  LOG_INCONSISTENT: "internal_error",
  CONFIG_INVALID: "internal_error",
  POLICY_INVALID: "internal_error",
  POLICY_WEAKENED: "internal_error",
  BIND_REFUSED: "internal_error",
  PROVIDER_INVALID: "internal_error",
  KEY_FILE_INVALID: "internal_error",
  TOKEN_UNKNOWN: "internal_error",
  TOKEN_EXPIRED: "internal_error",
  REVEAL_DISABLED: "internal_error",
  ENVELOPE_REJECTED: "internal_error",
} as const satisfies Record<HaechiErrorCode, Outcome>;
