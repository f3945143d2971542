import { isHaechiError } from "../../core/errors.ts";
import type { DurableReceipt } from "../../ports/audit-sink.ts";
import type { TraceAttributes, TraceSpan } from "../../ports/tracer.ts";
import type { ChosenUpstream, UpstreamBody, UpstreamRequest, UpstreamResponse } from "../../ports/upstream.ts";
import { withoutHeader } from "../headers/header-list.ts";
import { methodOf, operationOf } from "../trace-exchange.ts";
import type { ExchangeSubject } from "./admitted-exchange.ts";

/** Sends a request, and traces it until the last byte of its answer where traces are on. */
export async function tracedSend(
  upstream: ChosenUpstream,
  request: UpstreamRequest,
  receipt: DurableReceipt,
  { exchange, gateway, route, trace }: ExchangeSubject,
): Promise<UpstreamResponse> {
  if (trace === null) return await upstream.send(request, receipt, exchange.signal);
  const span = trace.step("upstream", {
    ...operationOf(route, gateway),
    "http.request.method": methodOf(exchange),
    "http.request.body.size": request.body?.byteLength ?? 0,
    "haechi.route": route.id,
    "haechi.upstream": upstream.name ?? "default",
  });
  const continued = gateway.headers.forwardHeaders.includes("traceparent") ? withParent(request, span) : request;
  const sentAt = performance.now();
  try {
    const response = await upstream.send(continued, receipt, exchange.signal);
    const seconds = (performance.now() - sentAt) / 1000;
    return { ...response, body: timed(response, span, { "haechi.upstream.time_to_headers": seconds }) };
  } catch (error) {
    span.end(failure(error, exchange.signal));
    throw error;
  }
}

/** The upstream's part of the trace hangs below this one (W3C Trace Context §3.4). */
function withParent(request: UpstreamRequest, { traceparent }: TraceSpan): UpstreamRequest {
  return { ...request, headers: [...withoutHeader(request.headers, "traceparent"), "traceparent", traceparent] };
}

function timed({ status, body }: UpstreamResponse, span: TraceSpan, known: TraceAttributes): UpstreamBody {
  const answered: TraceAttributes = {
    ...known,
    "http.response.status_code": status,
    ...(status >= 400 ? { "error.type": String(status) } : {}),
  };
  let bytes = 0;
  const ended = async <Value>(read: Promise<Value>, sizeOf: (value: Value) => number): Promise<Value> => {
    try {
      const value = await read;
      span.end({ ...answered, "http.response.body.size": sizeOf(value) });
      return value;
    } catch (error) {
      span.end({ ...answered, ...failure(error) });
      throw error;
    }
  };
  return {
    collect: (maxBytes) => ended(body.collect(maxBytes), ({ byteLength }) => byteLength),
    eachChunk(onChunk) {
      const counted = (chunk: Uint8Array) => {
        bytes += chunk.byteLength;
        return onChunk(chunk);
      };
      return ended(body.eachChunk(counted), () => bytes);
    },
    cancel() {
      span.end(answered);
      body.cancel();
    },
  };
}

/** Reasons are constants of ours; what else is thrown on the way ends the reading because the answer must not pass. */
function failure(error: unknown, signal?: AbortSignal): TraceAttributes {
  if (signal?.aborted === true) return { "error.type": "client_left" };
  return { "error.type": isHaechiError(error) ? error.reason : "stopped" };
}
