import type { DurableReceipt } from "../../ports/audit-sink.ts";
import { type ChosenUpstream, type UpstreamRequest, type UpstreamResponse, wasNotSent } from "../../ports/upstream.ts";
import type { ExchangeSubject } from "./admitted-exchange.ts";
import { recordDecision } from "./record-decision.ts";
import { tracedSend } from "./traced-send.ts";

/**
 * Sends a request to the upstream that was chosen for it. Only where it is certain that nothing was sent, the next
 * one is asked; that it is, is recorded before anything leaves.
 */
export async function forward(
  request: UpstreamRequest,
  receipt: DurableReceipt,
  subject: ExchangeSubject,
  upstream: ChosenUpstream,
): Promise<UpstreamResponse> {
  const { exchange, gateway } = subject;
  gateway.inFlight.handOver(exchange);
  try {
    return await tracedSend(upstream, request, receipt, subject);
  } catch (error) {
    const next = wasNotSent(error) && !exchange.signal.aborted ? upstream.next() : null;
    if (next === null || !wasNotSent(error)) throw error;
    gateway.metrics.increment("haechi_upstream_failovers_total", { upstream: upstream.name });
    subject.upstream = next;
    return await forward(request, await recordDecision(subject, "upstream_failover", error.reason), subject, next);
  }
}
