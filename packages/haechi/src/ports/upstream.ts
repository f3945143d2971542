import { type HaechiError, isHaechiError } from "../core/errors.ts";
import type { DurableReceipt } from "./audit-sink.ts";

export interface UpstreamRequest {
  readonly method: string;
  /** Origin-form: path and query, below the upstream's base path. */
  readonly path: string;
  /** Flat list of names and values, lower-case names; content-length is set by the provider. */
  readonly headers: readonly string[];
  /** Null for methods without a body. */
  readonly body: Uint8Array | null;
  /** Its answer may be a stream that stays silent, and goes on, for as long as both sides want. */
  readonly isOpenEnded?: boolean;
}

export interface UpstreamResponse {
  readonly status: number;
  /** Flat list of names and values as received, lower-case names. */
  readonly headers: readonly string[];
  readonly body: UpstreamBody;
}

/** A response body that is read once, one way or the other. */
export interface UpstreamBody {
  /** The whole body. @throws HaechiError UPSTREAM_TOO_LARGE past `maxBytes`, UPSTREAM_TIMEOUT, UPSTREAM_UNREACHABLE */
  collect(maxBytes: number): Promise<Uint8Array>;
  /**
   * Calls `onChunk` for every piece in order, waiting for a returned promise before
   * it reads on (that is the backpressure). Resolves at the end of the body.
   */
  eachChunk(onChunk: (chunk: Uint8Array) => void | Promise<void>): Promise<void>;
  /** Drops the rest and releases the connection. Safe to call at any time. */
  cancel(): void;
}

/** The one place requests leave to. Its origin is fixed; redirects are never followed. */
export interface Upstream {
  /**
   * Sends a request once. Errors have an `UpstreamFault` as their reason.
   * @throws HaechiError UPSTREAM_UNREACHABLE, UPSTREAM_TIMEOUT, OVERLOADED; rejects when `signal` aborts
   */
  send(request: UpstreamRequest, receipt: DurableReceipt, signal: AbortSignal): Promise<UpstreamResponse>;
  /**
   * Sends a request of the gateway's own, in which nothing is of a client and so nothing is to be recorded first.
   * Without it the health of the upstream is told from what clients send alone.
   */
  probe?(request: UpstreamRequest, signal: AbortSignal): Promise<UpstreamResponse>;
  close(): Promise<void>;
}

/** Upstreams that stand in for each other. */
export interface Upstreams {
  /**
   * Where a request goes now. What is chosen is recorded before anything is sent there.
   * @param name of the only one that knows what the request is about, where there is one
   */
  choose(name?: string): ChosenUpstream;
  /** All of them, in the order of the configuration. */
  states(): readonly UpstreamState[];
  close(): Promise<void>;
}

/** An upstream that was chosen for one request. */
export interface ChosenUpstream extends Pick<Upstream, "send"> {
  /** Null where the configuration has no name for it. */
  readonly name: string | null;
  /** Who is asked instead where nothing was sent; null when there is nobody left. */
  next(): ChosenUpstream | null;
}

export interface UpstreamState {
  readonly name: string | null;
  /** False from so many failures in a row until it answers again, and while it is given time. */
  readonly isAvailable: boolean;
}

/**
 * Why an exchange with an upstream failed, as the audit log says it; and whether the
 * request was `kept`, so that nobody upstream can have acted on it, or may have been `sent`.
 */
export const UPSTREAM_FAULTS = {
  name_unresolved: "kept",
  address_blocked: "kept",
  connection_refused: "kept",
  connection_failed: "kept",
  connect_timeout: "kept",
  tls_failed: "kept",
  certificate_expired: "kept",
  certificate_untrusted: "kept",
  certificate_name_mismatch: "kept",
  pool_full: "kept",
  pool_timeout: "kept",
  provider_key_unavailable: "kept",
  connection_broken: "sent",
  response_malformed: "sent",
  head_timeout: "sent",
  body_timeout: "sent",
  total_timeout: "sent",
} as const;

export type UpstreamFault = keyof typeof UPSTREAM_FAULTS;

/** True where it is certain that nothing of the request was sent: another upstream may be asked. */
export function wasNotSent(error: unknown): error is HaechiError {
  return isHaechiError(error) && Reflect.get(UPSTREAM_FAULTS, error.reason) === "kept";
}
