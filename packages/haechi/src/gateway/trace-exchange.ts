import type { Trace, TraceAttributes } from "../ports/tracer.ts";
import { type Route, UNKNOWN_ROUTE } from "../protocols/protocol.ts";
import type { Exchange } from "./exchange.ts";
import type { Gateway } from "./gateway.ts";
import { headerValues } from "./headers/header-list.ts";
import type { Outcome } from "./telemetry.ts";

/** Begins the trace of an exchange, as a part of the client's own where there is one; null where traces are off. */
export function beginTrace(exchange: Exchange, route: Route, gateway: Gateway): Trace | null {
  const { tracer } = gateway;
  if (tracer === null) return null;
  const { request } = exchange;
  const method = methodOf(exchange);
  const isKnown = route.id !== UNKNOWN_ROUTE.id;
  return tracer.begin(isKnown ? `${method} ${route.path}` : method, parentOf(request), {
    "http.request.method": method,
    // HTTP/2 is spoken over TLS only, and its sockets may not say so.
    "url.scheme": "encrypted" in request.socket || request.httpVersion === "2.0" ? "https" : "http",
    "network.protocol.version": VERSIONS.get(request.httpVersion) ?? "_OTHER",
    ...(isKnown ? { "http.route": route.path } : {}),
    "haechi.route": route.id,
    "haechi.mode": gateway.mode,
    "haechi.exchange.id": exchange.id,
  });
}

/** Ends it, by how the exchange ended. */
export function endTrace(trace: Trace, { response }: Exchange, outcome: Outcome): void {
  const { statusCode, headersSent } = response;
  const hasFailed = FAILED.has(outcome) || (headersSent && statusCode >= 500);
  trace.end({
    "haechi.decision": outcome,
    ...(headersSent ? { "http.response.status_code": statusCode } : {}),
    ...(hasFailed ? { "error.type": outcome } : {}),
  });
}

const FAILED: ReadonlySet<Outcome> = new Set<Outcome>([
  "client_left",
  "internal_error",
  "overloaded",
  "stream_failed",
  "upstream_error",
  "upstream_timeout",
]);

function parentOf({ rawHeaders }: Exchange["request"]): string | null {
  const [parent, ...others] = headerValues(rawHeaders, "traceparent");
  // W3C Trace Context §3.2: of more than one, none is believed.
  return parent === undefined || others.length > 0 ? null : parent;
}

/** What the conventions know for each route; a route that is about something else has none. */
export function operationOf(route: Route, { protocol }: Gateway): TraceAttributes {
  const operation = OPERATIONS.get(route.id);
  const provider = PROVIDERS.get(protocol.id);
  return {
    ...(operation === undefined ? {} : { "gen_ai.operation.name": operation }),
    ...(operation === undefined || provider === undefined ? {} : { "gen_ai.provider.name": provider }),
  };
}

const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ["chat", "chat"],
  ["chat-completions", "chat"],
  ["messages", "chat"],
  ["responses", "chat"],
  ["complete", "text_completion"],
  ["completions", "text_completion"],
  ["generate", "text_completion"],
  ["legacy-completion", "text_completion"],
  ["embed", "embeddings"],
  ["embedding", "embeddings"],
  ["embeddings", "embeddings"],
  ["batch-embed", "embeddings"],
  ["generate-content", "generate_content"],
  ["stream-generate-content", "generate_content"],
]);

const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ["anthropic", "anthropic"],
  ["azure-openai", "azure.ai.openai"],
  ["gemini", "gcp.gen_ai"],
  ["openai-compatible", "openai"],
]);

const VERSIONS: ReadonlyMap<string, string> = new Map([
  ["1.0", "1.0"],
  ["1.1", "1.1"],
  ["2.0", "2"],
]);

/** RFC 9110 §9 and RFC 5789; what else a client calls its method is its own word. */
export function methodOf({ method }: Pick<Exchange, "method">): string {
  return METHODS.has(method) ? method : "_OTHER";
}

const METHODS: ReadonlySet<string> = new Set([
  "CONNECT",
  "DELETE",
  "GET",
  "HEAD",
  "OPTIONS",
  "PATCH",
  "POST",
  "PUT",
  "TRACE",
]);
