import type { Mode } from "../../core/decide/mode.ts";
import { HaechiError } from "../../core/errors.ts";
import type { Metrics } from "../../ports/metrics.ts";
import type { UpstreamState } from "../../ports/upstream.ts";
import { replyWithError, sendJson } from "../error-reply.ts";
import type { Exchange } from "../exchange.ts";
import { hasToken } from "./shared-token.ts";

export interface ObservabilityOptions {
  /** Version of the package. */
  readonly version: string;
  /** The mode that is in effect for requests. */
  readonly mode: Mode;
  /** Null when metrics are disabled. */
  readonly metrics: Metrics | null;
  /** Exchanges at this moment. */
  readonly inFlight: () => number;
  /** What whoever asks for the metrics must send; null when everybody may. */
  readonly metricsToken: (() => string) | null;
  /** What the gateway needs in order to serve, by name; it is ready when all hold. */
  readonly checks: () => Promise<Readonly<Record<string, boolean>>>;
  /** Whether the configuration that was read last is in effect; told beside the checks, which do not depend on it. */
  readonly configuration: () => ConfigurationStanding;
  /** How the upstreams are; those with a name are told one by one. */
  readonly upstreams: () => readonly UpstreamState[];
}

/** `refused`: a newer configuration lies there that was not taken up. */
export type ConfigurationStanding = "current" | "refused";

/** Answers an exchange whose path is reserved; never throws. */
export type AnswerReserved = (exchange: Exchange) => Promise<void>;

/** The operator's view of a gateway: whether it lives, is ready, how it is set and what it counted. */
export function createObservability({
  version,
  mode,
  metrics,
  inFlight,
  metricsToken,
  checks,
  configuration,
  upstreams,
}: ObservabilityOptions): AnswerReserved {
  const endpoints: Readonly<Record<string, AnswerReserved>> = {
    "/__haechi/live": async (exchange) => sendJson(exchange, 200, { ok: true, version }),
    "/__haechi/ready": async (exchange) => {
      // A check that fails to answer is a check that fails; which one is not known then.
      const results = await checks().catch((): Readonly<Record<string, boolean>> => ({ completed: false }));
      const ready = Object.values(results).every((holds) => holds === true);
      const standing = { configuration: configuration(), ...namedStates(upstreams()) };
      sendJson(exchange, ready ? 200 : 503, { ready, version, checks: results, ...standing });
    },
    "/__haechi/health": async (exchange) => sendJson(exchange, 200, { ok: true, mode, version }),
    "/__haechi/metrics": async (exchange) => {
      if (metrics === null) {
        sendJson(exchange, 404, { error: "haechi_metrics_disabled", message: "Metrics are disabled" });
      } else if (metricsToken !== null && !isAllowed(exchange, metricsToken)) {
        replyWithError(exchange, new HaechiError("UNAUTHENTICATED", "The metrics ask for a token"));
      } else {
        // It goes up and down with every exchange, and is of interest to whoever asks.
        metrics.set?.("haechi_in_flight", inFlight());
        await sendMetrics(exchange, metrics);
      }
    },
  };
  return async (exchange) => {
    const endpoint = Object.hasOwn(endpoints, exchange.path) ? endpoints[exchange.path] : undefined;
    if (endpoint !== undefined && (exchange.method === "GET" || exchange.method === "HEAD")) {
      await endpoint(exchange);
    } else {
      sendJson(exchange, 404, { error: "haechi_not_found", message: "The gateway has no such endpoint" });
    }
  };
}

/**
 * True for a path that belongs to the gateway itself and never goes upstream, however it
 * is written: a server behind could decode or resolve it to the plain form.
 */
export function isReservedPath(path: string): boolean {
  if (path === PREFIX || path.startsWith(`${PREFIX}/`)) return true;
  if (!path.includes("%")) return false;
  try {
    return isReservedPath(decodeURIComponent(path));
  } catch {
    // Malformed encoding is refused as a target.
    return false;
  }
}

const PREFIX = "/__haechi";

function namedStates(states: readonly UpstreamState[]): { readonly upstreams?: Readonly<Record<string, string>> } {
  const named = states.flatMap(({ name, isAvailable }) =>
    name === null ? [] : [[name, isAvailable ? "available" : "cooling-down"] as const],
  );
  return named.length === 0 ? {} : { upstreams: Object.fromEntries(named) };
}

/** A token that cannot be read opens nothing. */
function isAllowed({ request }: Exchange, token: () => string): boolean {
  try {
    return hasToken(request.rawHeaders, token());
  } catch {
    return false;
  }
}

async function sendMetrics({ response }: Exchange, metrics: Metrics): Promise<void> {
  const text = Buffer.from(await metrics.render());
  const type = ["content-type", "text/plain; version=0.0.4; charset=utf-8", "content-length", String(text.length)];
  response.writeHead(200, [...type, "cache-control", "no-store"]);
  response.end(text);
}
