import type { AuditDecision } from "../core/audit/event.ts";
import { type HaechiErrorCode, isHaechiError } from "../core/errors.ts";
import { matchRoute } from "../protocols/match-route.ts";
import { replyWithError } from "./error-reply.ts";
import type { Exchange } from "./exchange.ts";
import type { ExchangeSubject } from "./flow/admitted-exchange.ts";
import { recordDecision } from "./flow/record-decision.ts";
import type { Gateway } from "./gateway.ts";
import { handleExchange } from "./handle-exchange.ts";
import type { Outcome } from "./telemetry.ts";

/**
 * Serves one exchange to its end. Whatever is thrown on the way comes to this one
 * exit, where it is recorded, answered and counted once; it never rejects.
 */
export async function serveExchange(exchange: Exchange, gateway: Gateway): Promise<void> {
  const subject: ExchangeSubject = {
    exchange,
    gateway,
    route: matchRoute(gateway.protocol, exchange.path),
    caller: null,
  };
  let outcome: Outcome;
  try {
    outcome = await handleExchange(subject);
  } catch (error) {
    outcome = await refuse(error, subject);
  }
  gateway.telemetry.concluded(exchange, subject.route.id, gateway.mode, outcome);
}

/** Records why an exchange ends and tells the client. */
export async function refuse(error: unknown, subject: ExchangeSubject): Promise<Outcome> {
  const { exchange, gateway } = subject;
  const { decision, outcome, reason } = exchange.signal.aborted ? CLIENT_LEFT : refusalFor(error);
  if (outcome === "internal_error") {
    gateway.logger.error("proxy_internal_error", {
      correlationId: exchange.id,
      errorName: error instanceof Error ? error.name : "unknown",
      code: isHaechiError(error) ? error.code : null,
    });
  }
  try {
    await recordDecision(subject, decision, reason);
  } catch (unrecorded) {
    // What cannot be recorded is not explained either: the client learns that the gateway is unavailable.
    replyWithError(exchange, unrecorded);
    return "internal_error";
  }
  replyWithError(exchange, error);
  return outcome;
}

interface Refusal {
  readonly decision: AuditDecision;
  readonly outcome: Outcome;
  readonly reason: string;
}

const CLIENT_LEFT: Refusal = { decision: "request_refused", outcome: "client_left", reason: "client_left" };

const REFUSED = { decision: "request_refused", outcome: "refused" } as const;
const STREAMING_BLOCKED = { decision: "streaming_blocked", outcome: "streaming_blocked" } as const;
const UPSTREAM_FAILED = { decision: "upstream_failed", outcome: "upstream_failed" } as const;
const UNPROTECTED = { decision: "response_unprotected_blocked", outcome: "response_unprotected_blocked" } as const;
const INTERNAL = { decision: "internal_error", outcome: "internal_error" } as const;

const refusalByCode: Partial<Record<HaechiErrorCode, Omit<Refusal, "reason">>> = {
  TARGET_INVALID: REFUSED,
  HEADER_INVALID: REFUSED,
  FORWARDED_PROTO_REQUIRED: REFUSED,
  DOCUMENT_TOO_LARGE: REFUSED,
  DOCUMENT_TOO_DEEP: REFUSED,
  DOCUMENT_NOT_UTF8: REFUSED,
  DOCUMENT_NOT_JSON: REFUSED,
  UNAUTHENTICATED: { decision: "auth_denied", outcome: "auth_denied" },
  MODEL_NOT_ALLOWED: { decision: "model_not_allowed", outcome: "model_not_allowed" },
  RATE_LIMITED: { decision: "rate_limited", outcome: "rate_limited" },
  OVERLOADED: { decision: "overloaded", outcome: "overloaded" },
  STREAMING_UNSUPPORTED: STREAMING_BLOCKED,
  STREAMING_UNINSPECTABLE: STREAMING_BLOCKED,
  UPSTREAM_UNREACHABLE: UPSTREAM_FAILED,
  UPSTREAM_TIMEOUT: UPSTREAM_FAILED,
  UPSTREAM_TOO_LARGE: UNPROTECTED,
  UPSTREAM_UNINSPECTABLE: UNPROTECTED,
};

function refusalFor(error: unknown): Refusal {
  if (!isHaechiError(error)) return { ...INTERNAL, reason: "unexpected" };
  return { ...(refusalByCode[error.code] ?? INTERNAL), reason: error.reason };
}
