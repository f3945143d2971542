import type { Dispatcher } from "undici";
import { HaechiError } from "../../core/errors.ts";
import type { UpstreamFault, UpstreamRequest, UpstreamResponse } from "../../ports/upstream.ts";
import { DispatchedBody } from "./dispatched-body.ts";
import { upstreamFailure } from "./upstream-failure.ts";

/** How long an exchange may take. */
export interface ExchangeWaits {
  /** For a connection. */
  readonly queueMs: number;
  /** For the end of a body that is collected. */
  readonly collectMs: number;
  /** From the request to the last byte of the response, a stream included; null for no limit. */
  readonly totalMs: number | null;
}

export interface ExchangeEnd {
  /** Called once, when the dispatcher is done with the exchange. */
  readonly onEnd: () => void;
}

/**
 * Sends one request and resolves with its response head; the body follows as it is read.
 * @throws HaechiError UPSTREAM_UNREACHABLE, UPSTREAM_TIMEOUT with a fault as reason, HEADER_INVALID
 */
export function dispatchExchange(
  dispatcher: Dispatcher,
  request: UpstreamRequest,
  signal: AbortSignal,
  waits: ExchangeWaits,
  { onEnd }: ExchangeEnd,
): Promise<UpstreamResponse> {
  return new Promise((resolve, reject) => {
    const handler = new ExchangeHandler(signal, request.isOpenEnded === true ? { ...waits, totalMs: null } : waits, {
      resolve,
      reject,
      onEnd,
    });
    dispatcher.dispatch(
      {
        path: request.path,
        method: request.method,
        // The dispatcher only reads the list; its type asks for a mutable one.
        headers: request.headers as string[],
        body: request.body,
        // A body that is collected all the same has its own time.
        ...(request.isOpenEnded === true ? { bodyTimeout: 0 } : {}),
      },
      handler,
    );
    handler.startTimers();
  });
}

interface Promised extends ExchangeEnd {
  readonly resolve: (response: UpstreamResponse) => void;
  readonly reject: (error: unknown) => void;
}

/** What the dispatcher calls as the response arrives. */
class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal;
  readonly #waits: ExchangeWaits;
  readonly #promised: Promised;
  readonly #onAbort: () => void;
  #controller: Dispatcher.DispatchController | null = null;
  #body: DispatchedBody | null = null;
  #startTimer: NodeJS.Timeout | undefined;
  #totalTimer: NodeJS.Timeout | undefined;
  #over = false;
  #released = false;

  constructor(signal: AbortSignal, waits: ExchangeWaits, promised: Promised) {
    this.#signal = signal;
    this.#waits = waits;
    this.#promised = promised;
    this.#onAbort = () => this.#drop(signal.reason);
    signal.addEventListener("abort", this.#onAbort);
  }

  /** Gives the exchange up unless it is on a connection, and over, in time. */
  startTimers(): void {
    if (this.#over) return;
    const { queueMs, totalMs } = this.#waits;
    if (totalMs !== null) this.#totalTimer = setTimeout(() => this.#dropLate(), totalMs);
    // A connection that is free starts it at once.
    if (this.#controller === null) this.#startTimer = setTimeout(() => this.#dropLate(), queueMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    clearTimeout(this.#startTimer);
    this.#controller = controller;
    // Nothing of an exchange that was given up while it waited is sent.
    if (this.#over) controller.abort(new Error("The exchange is over"));
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    // RFC 9110 §15.2: any number of interim responses may come before the final one.
    if (status < 200) return;
    this.#body = new DispatchedBody(controller, declaredLength(headers["content-length"]), this.#waits.collectMs);
    this.#promised.resolve({ status, headers: flatten(headers), body: this.#body });
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#body?.push(chunk);
  }

  onResponseEnd(): void {
    this.#close();
    this.#body?.end();
    this.#release();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(upstreamFailure(error, this.#controller !== null));
    this.#release();
  }

  // We never ask for an upgrade, so a switch of protocols ends the exchange.
  onRequestUpgrade(controller: Dispatcher.DispatchController): void {
    const failure = new HaechiError("UPSTREAM_UNREACHABLE", "The upstream switched protocols unasked", {
      reason: "response_malformed" satisfies UpstreamFault,
    });
    this.#fail(failure);
    controller.abort(failure);
  }

  /** The upstream's side has failed. */
  #fail(error: unknown): void {
    this.#close();
    if (this.#body === null) this.#promised.reject(error);
    else this.#body.fail(error);
  }

  #dropLate(): void {
    const late = (message: string, reason: UpstreamFault) => new HaechiError("UPSTREAM_TIMEOUT", message, { reason });
    this.#drop(
      this.#controller === null
        ? late("No connection to the upstream became free", "pool_timeout")
        : late("The exchange with the upstream took too long", "total_timeout"),
    );
  }

  /** Our side does not want it any more. */
  #drop(reason: unknown): void {
    this.#close();
    this.#promised.reject(reason);
    this.#body?.abandon(reason);
    this.#controller?.abort(new Error("The exchange is over"));
  }

  #close(): void {
    this.#over = true;
    clearTimeout(this.#startTimer);
    clearTimeout(this.#totalTimer);
    this.#signal.removeEventListener("abort", this.#onAbort);
  }

  /** What is given up while it waits keeps its place in the dispatcher's queue until its turn comes. */
  #release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#promised.onEnd();
  }
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): string[] {
  const list: string[] = [];
  for (const name in headers) {
    const value = headers[name];
    if (typeof value === "string") list.push(name, value);
    else if (value !== undefined) for (const one of value) list.push(name, one);
  }
  return list;
}

function declaredLength(value: string | string[] | undefined): number | null {
  const length = typeof value === "string" ? Number(value) : Number.NaN;
  return Number.isSafeInteger(length) ? length : null;
}
