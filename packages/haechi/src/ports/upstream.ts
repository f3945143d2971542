import type { DurableReceipt } from "./audit-sink.ts";

export interface UpstreamRequest {
  readonly method: string;
  /** Origin-form: path and query, below the upstream's base path. */
  readonly path: string;
  /** Flat list of names and values, lower-case names; content-length is set by the provider. */
  readonly headers: readonly string[];
  /** Null for methods without a body. */
  readonly body: Uint8Array | null;
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
  /** @throws HaechiError UPSTREAM_UNREACHABLE, UPSTREAM_TIMEOUT; rejects when `signal` aborts */
  send(request: UpstreamRequest, receipt: DurableReceipt, signal: AbortSignal): Promise<UpstreamResponse>;
  close(): Promise<void>;
}
