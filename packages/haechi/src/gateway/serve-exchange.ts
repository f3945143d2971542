import { setTimeout } from "node:timers/promises";
import type { AuditDecision } from "../core/audit/event.ts";
import { isHaechiError } from "../core/errors.ts";
import { matchRoute } from "../protocols/match-route.ts";
import { replyWithError } from "./error-reply.ts";
import type { Exchange } from "./exchange.ts";
import { type AdmissionRules, admit } from "./flow/admit.ts";
import type { ExchangeSubject } from "./flow/admitted-exchange.ts";
import { recordDecision } from "./flow/record-decision.ts";
import type { Gateway } from "./gateway.ts";
import { handleExchange } from "./handle-exchange.ts";
import { headerValue } from "./headers/header-list.ts";
import { createRefusalPace } from "./listen/refusal-pace.ts";
import { handleMcp } from "./mcp/handle-mcp.ts";
import { rpcErrorBody } from "./mcp/rpc-reply.ts";
import { isAbandoned } from "./open-exchanges.ts";
import { countExchange, type Outcome, outcomeOf } from "./telemetry.ts";
import { beginTrace, endTrace } from "./trace-exchange.ts";

/**
 * Serves one exchange to its end. Whatever is thrown on the way comes to this one
 * exit, where it is recorded, answered and counted once; it never rejects.
 */
export async function serveExchange(exchange: Exchange, admission: AdmissionRules, gateway: Gateway): Promise<void> {
  const route = matchRoute(gateway.protocol, exchange.target);
  const trace = beginTrace(exchange, route, gateway);
  const subject: ExchangeSubject = { exchange, gateway, route, caller: null, upstream: null, awaitedId: null, trace };
  let outcome: Outcome;
  try {
    admit(exchange, admission);
    outcome = await (gateway.mcp === null ? handleExchange(subject) : handleMcp(subject, gateway.mcp));
  } catch (error) {
    outcome = await refuse(error, subject);
  }
  countExchange(exchange, outcome, route.id, gateway);
  if (trace !== null) endTrace(trace, exchange, outcome);
}

/** Records why an exchange ends and tells the client. */
async function refuse(error: unknown, subject: ExchangeSubject): Promise<Outcome> {
  const { exchange, gateway } = subject;
  if (isAbandoned(exchange)) return "internal_error";
  const outcome = exchange.signal.aborted ? "client_left" : outcomeOf(error);
  const code = isHaechiError(error) ? error.code : null;
  if (outcome === "internal_error") {
    const errorName = error instanceof Error ? error.name : "unknown";
    gateway.logger.error("proxy_internal_error", { correlationId: exchange.id, errorName, code, statusCode: 500 });
  }
  try {
    const reason = outcome === "client_left" ? outcome : isHaechiError(error) ? error.reason : "unexpected";
    await recordDecision(subject, DECISION_OF[outcome] ?? "request_refused", reason);
  } catch (unrecorded) {
    // What cannot be recorded is not explained either: the client learns that the gateway is unavailable.
    tell(unrecorded, subject);
    return "internal_error";
  }
  // Whoever asks again at once takes from those that were let in what the refusal was to save.
  if (outcome === "overloaded") await setTimeout(refusals.nextPauseMs(unreadBytesOf(exchange)));
  if (!isAbandoned(exchange)) tell(error, subject);
  return outcome;
}

/** Of this process: all of its gateways share one event loop. */
const refusals = createRefusalPace(() => performance.now());

function unreadBytesOf({ request }: Exchange): number {
  return request.complete ? 0 : Number(headerValue(request.rawHeaders, "content-length") ?? 0);
}

function tell(error: unknown, { exchange, gateway, awaitedId }: ExchangeSubject): void {
  replyWithError(exchange, error, gateway.retryAfterS, gateway.mcp === null ? undefined : rpcErrorBody(awaitedId));
}

const DECISION_OF: Partial<Record<Outcome, AuditDecision>> = {
  auth_denied: "auth_denied",
  rate_limited: "rate_limited",
  model_not_allowed: "model_not_allowed",
  overloaded: "overloaded",
  streaming_blocked: "streaming_blocked",
  response_unprotected_blocked: "response_unprotected_blocked",
  upstream_timeout: "upstream_failed",
  upstream_error: "upstream_failed",
  internal_error: "internal_error",
};
