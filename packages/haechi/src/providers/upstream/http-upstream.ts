import Pool from "undici/lib/dispatcher/pool.js";
import { HaechiError } from "../../core/errors.ts";
import type { Upstream } from "../../ports/upstream.ts";
import { dispatchExchange } from "./dispatch-exchange.ts";

export interface HttpUpstreamOptions {
  /** Scheme, host and port that every request goes to; its path, if any, stands before every request's own. */
  readonly origin: URL;
  /** For a free connection, and again for the head of the response. */
  readonly headersTimeoutMs: number;
  /** The longest silence in the middle of a response body; a body that the reader pauses is not silent. */
  readonly bodyTimeoutMs: number;
  /** For the whole of a response body that is collected; a stream may go on for as long as it speaks. */
  readonly collectTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly connectionsMax: number;
}

/**
 * The upstream over HTTP/1.1 on kept-alive connections. The origin is an object of its
 * own: no part of a request can change it, because a path is appended, never resolved.
 */
export function createHttpUpstream(options: HttpUpstreamOptions): Upstream {
  const { origin } = options;
  if (origin.protocol !== "http:" && origin.protocol !== "https:") {
    throw new HaechiError("CONFIG_INVALID", "target.upstream must be an http or https URL");
  }
  if (origin.username !== "" || origin.password !== "" || origin.search !== "" || origin.hash !== "") {
    throw new HaechiError("CONFIG_INVALID", "target.upstream takes no credentials, query or fragment");
  }
  const basePath = origin.pathname.replace(/\/+$/, "");
  const pool = new Pool(origin.origin, {
    connections: options.connectionsMax,
    headersTimeout: options.headersTimeoutMs,
    bodyTimeout: options.bodyTimeoutMs,
    connectTimeout: options.connectTimeoutMs,
    pipelining: 1,
    // One request a connection: an abort then ends nobody else's exchange.
    allowH2: false,
  });

  const waits = { connectionMs: options.headersTimeoutMs, collectMs: options.collectTimeoutMs };

  return {
    send(request, _receipt, signal) {
      // An origin-form target starts with one slash (RFC 9112 §3.2.1); anything else could name another authority.
      if (request.path.charCodeAt(0) !== SLASH || request.path.charCodeAt(1) === SLASH) {
        return Promise.reject(new HaechiError("TARGET_INVALID", "The request target is not in origin form"));
      }
      const path = basePath === "" ? request.path : basePath + request.path;
      return dispatchExchange(pool, { ...request, path }, signal, waits);
    },
    close: () => pool.destroy(),
  };
}

const SLASH = 0x2f;
