import { HaechiError } from "../../core/errors.ts";
import type { UpstreamBody, UpstreamFault } from "../../ports/upstream.ts";

/** What may wait for a reader before the connection is paused, in bytes. */
const READ_AHEAD_BYTES_MAX = 65_536;

/** The part of a dispatcher's controller that a body needs. */
export interface FlowControl {
  pause(): void;
  resume(): void;
  abort(reason: Error): void;
}

type OnChunk = (chunk: Uint8Array) => void | Promise<void>;

/** A response body between the connection that fills it and the one reader that empties it. */
export class DispatchedBody implements UpstreamBody {
  readonly #control: FlowControl;
  readonly #declaredLength: number | null;
  readonly #collectMs: number;
  readonly #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  /** Of the connection: it may still deliver, has delivered all, or has broken. */
  #source: "open" | "ended" | "failed" = "open";
  #failure: unknown = null;
  #reader: Reader | null = null;

  /** @param collectMs how long a body that is collected whole may take */
  constructor(control: FlowControl, declaredLength: number | null, collectMs: number) {
    this.#control = control;
    this.#declaredLength = declaredLength;
    this.#collectMs = collectMs;
  }

  collect(maxBytes: number): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    const take = (chunk: Uint8Array) => {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw tooLarge();
      chunks.push(chunk);
    };
    if (this.#declaredLength !== null && this.#declaredLength > maxBytes) {
      const error = tooLarge();
      this.#stop(error);
      return Promise.reject(error);
    }
    // A body that drips is never silent: only its whole time bounds what it can hold on to.
    const tooSlow = () => this.#stop(late());
    const timer = setTimeout(tooSlow, this.#collectMs);
    return this.eachChunk(take)
      .then(() => (chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks)))
      .finally(() => clearTimeout(timer));
  }

  eachChunk(onChunk: OnChunk): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#reader !== null) throw new TypeError("A response body is read once");
      this.#reader = { onChunk, resolve, reject, busy: false };
      this.#deliver(this.#reader);
    });
  }

  cancel(): void {
    this.#stop(new DOMException("The response body was dropped", "AbortError"));
  }

  /** Takes a piece from the connection. */
  push(chunk: Uint8Array): void {
    // A resumed parser may report a piece of nothing, which a reader that pauses would answer with the next one, for ever.
    if (this.#source !== "open" || chunk.byteLength === 0) return;
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.byteLength;
    const reader = this.#reader;
    if (reader !== null && !reader.busy) this.#deliver(reader);
    else if (reader !== null || this.#waitingBytes > READ_AHEAD_BYTES_MAX) this.#control.pause();
  }

  /** The connection has delivered everything. */
  end(): void {
    this.#finish("ended", null);
  }

  /** The connection has broken: the reader still gets what arrived before. */
  fail(error: unknown): void {
    this.#finish("failed", error);
  }

  /** Nobody wants the rest: what waits is dropped, and a reader in the middle of a piece is not waited for. */
  abandon(error: unknown): void {
    this.#waiting.length = 0;
    this.#finish("failed", error);
    this.#reader?.reject(error);
  }

  #finish(source: "ended" | "failed", failure: unknown): void {
    if (this.#source !== "open") return;
    this.#source = source;
    this.#failure = failure;
    if (this.#reader !== null && !this.#reader.busy) this.#deliver(this.#reader);
  }

  /** Hands over what waits, until the reader asks for time. */
  #deliver(reader: Reader): void {
    for (let chunk = this.#waiting.shift(); chunk !== undefined; chunk = this.#waiting.shift()) {
      this.#waitingBytes -= chunk.byteLength;
      let pending: void | Promise<void>;
      try {
        pending = reader.onChunk(chunk);
      } catch (error) {
        this.#stop(error);
        return;
      }
      if (pending !== undefined) {
        this.#wait(reader, pending);
        return;
      }
    }
    if (this.#source === "ended") reader.resolve();
    else if (this.#source === "failed") reader.reject(this.#failure);
    else this.#control.resume();
  }

  #wait(reader: Reader, pending: Promise<void>): void {
    reader.busy = true;
    if (this.#source === "open") this.#control.pause();
    pending.then(
      () => {
        reader.busy = false;
        this.#deliver(reader);
      },
      (error) => this.#stop(error),
    );
  }

  #stop(error: unknown): void {
    const unfinished = this.#source === "open";
    this.abandon(error);
    // The connection cannot be used again with half a response on it.
    if (unfinished) this.#control.abort(new Error("The response was not wanted to its end"));
  }
}

interface Reader {
  readonly onChunk: OnChunk;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  /** True while a piece is being worked on: the next one waits. */
  busy: boolean;
}

function late(): HaechiError {
  const reason: UpstreamFault = "total_timeout";
  return new HaechiError("UPSTREAM_TIMEOUT", "The response did not end in time", { reason });
}

function tooLarge(): HaechiError {
  return new HaechiError("UPSTREAM_TOO_LARGE", "The upstream's response is larger than the limit");
}
