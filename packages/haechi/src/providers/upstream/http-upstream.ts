import { HaechiError } from "../../core/errors.ts";
import { allowsAddress } from "../../core/net/address-class.ts";
import { parseIpAddress } from "../../core/net/ip-address.ts";
import type { DurableReceipt } from "../../ports/audit-sink.ts";
import {
  type Upstream,
  type UpstreamFault,
  type UpstreamRequest,
  type UpstreamResponse,
  wasNotSent,
} from "../../ports/upstream.ts";
import type { ConnectionOptions } from "./connection-options.ts";
import { openConnections } from "./connections.ts";
import { dispatchExchange } from "./dispatch-exchange.ts";

export interface HttpUpstreamOptions extends ConnectionOptions {
  /** Scheme, host and port that every request goes to; its path, if any, stands before every request's own. */
  readonly origin: URL;
  /** Where the origin is configured, for messages; `target.upstream` by default. */
  readonly configPath?: string;
  /** For a request to be on a connection. By default as long as for the head. */
  readonly queueTimeoutMs?: number;
  /** For the whole of a response body that is collected. */
  readonly collectTimeoutMs: number;
  /** For a whole exchange, streams included; an hour by default. */
  readonly totalTimeoutMs?: number;
  /** Requests that may wait for a connection; 1,024 by default. */
  readonly pendingMax?: number;
  /** Called when a request is sent a second time. */
  readonly onRetry?: () => void;
}

/**
 * The upstream over HTTP/1.1 on kept-alive connections. The origin is an object of its
 * own: no part of a request can change it, because a path is appended, never resolved.
 * @throws HaechiError CONFIG_INVALID
 */
export function createHttpUpstream(options: HttpUpstreamOptions): Upstream {
  const { origin, onRetry } = options;
  checkOrigin(options);
  const basePath = origin.pathname.replace(/\/+$/, "");
  const connections = openConnections(options);
  const exchangesMax = options.connectionsMax + (options.pendingMax ?? PENDING_MAX);
  let exchanges = 0;

  const waits = {
    queueMs: options.queueTimeoutMs ?? options.headersTimeoutMs,
    collectMs: options.collectTimeoutMs,
    totalMs: options.totalTimeoutMs ?? TOTAL_TIMEOUT_MS,
  };
  const end = {
    onEnd: () => {
      exchanges -= 1;
    },
  };
  const dispatch = async (request: UpstreamRequest, signal: AbortSignal) => {
    signal.throwIfAborted();
    if (exchanges >= exchangesMax) throw poolFull();
    exchanges += 1;
    return await dispatchExchange(connections.current(), request, signal, waits, end);
  };

  const send = async ({ path, ...rest }: UpstreamRequest, signal: AbortSignal): Promise<UpstreamResponse> => {
    // An origin-form target starts with one slash (RFC 9112 §3.2.1); anything else could name another authority.
    if (path.charCodeAt(0) !== SLASH || path.charCodeAt(1) === SLASH) {
      throw new HaechiError("TARGET_INVALID", "The request target is not in origin form");
    }
    const request = { ...rest, path: basePath === "" ? path : basePath + path };
    try {
      return await dispatch(request, signal);
    } catch (error) {
      if (!mayRepeat(request, error)) throw error;
      onRetry?.();
      // That the second attempt sent nothing does not make the first one undone.
      return await dispatch(request, signal).catch((again: unknown) => {
        throw wasNotSent(again) ? error : again;
      });
    }
  };

  return {
    send: (request, _receipt: DurableReceipt, signal) => send(request, signal),
    probe: send,
    close: () => connections.close(),
  };
}

const PENDING_MAX = 1024;
const TOTAL_TIMEOUT_MS = 3_600_000;
const SLASH = 0x2f;

function checkOrigin({ origin, addresses = "any", configPath = "target.upstream" }: HttpUpstreamOptions): void {
  if (origin.protocol !== "http:" && origin.protocol !== "https:") {
    throw new HaechiError("CONFIG_INVALID", `${configPath} must be an http or https URL`);
  }
  if (origin.username !== "" || origin.password !== "" || origin.search !== "" || origin.hash !== "") {
    throw new HaechiError("CONFIG_INVALID", `${configPath} takes no credentials, query or fragment`);
  }
  const isAddress = parseIpAddress(origin.hostname) !== null;
  if (isAddress && addresses !== "any" && !allowsAddress(addresses, origin.hostname)) {
    throw new HaechiError("CONFIG_INVALID", `${configPath} is an address that target.addresses: ${addresses} refuses`);
  }
}

/**
 * A connection that was kept may be closed by the other side just as a request goes out on it. Only a request
 * without effect is sent again then (RFC 9110 §9.2.2), once: whether an upstream has acted on any other one
 * cannot be told.
 */
function mayRepeat({ method }: UpstreamRequest, error: unknown): boolean {
  const isSafe = method === "GET" || method === "HEAD" || method === "OPTIONS";
  return isSafe && error instanceof HaechiError && error.reason === ("connection_broken" satisfies UpstreamFault);
}

function poolFull(): HaechiError {
  const reason: UpstreamFault = "pool_full";
  return new HaechiError("OVERLOADED", "Too many requests wait for the upstream", { reason });
}
