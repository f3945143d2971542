import type { Dispatcher } from "undici";
import { HaechiError } from "../../core/errors.ts";
import type { UpstreamRequest, UpstreamResponse } from "../../ports/upstream.ts";
import { DispatchedBody } from "./dispatched-body.ts";
import { upstreamFailure } from "./upstream-failure.ts";

/**
 * Sends one request and resolves with its response head; the body follows as it is read.
 * @param waits how long the request may wait for a connection, and a body that is collected for its end
 */
export function dispatchExchange(
  dispatcher: Dispatcher,
  request: UpstreamRequest,
  signal: AbortSignal,
  waits: { readonly connectionMs: number; readonly collectMs: number },
): Promise<UpstreamResponse> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const handler = new ExchangeHandler(signal, waits.collectMs, resolve, reject);
    dispatcher.dispatch(
      {
        path: request.path,
        method: request.method,
        // The dispatcher only reads the list; its type asks for a mutable one.
        headers: request.headers as string[],
        body: request.body,
      },
      handler,
    );
    handler.startWithin(waits.connectionMs);
  });
}

/** What the dispatcher calls as the response arrives. */
class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal;
  readonly #collectMs: number;
  readonly #resolve: (response: UpstreamResponse) => void;
  readonly #reject: (error: unknown) => void;
  readonly #onAbort: () => void;
  #controller: Dispatcher.DispatchController | null = null;
  #body: DispatchedBody | null = null;
  #startTimer: NodeJS.Timeout | undefined;
  #over = false;

  constructor(
    signal: AbortSignal,
    collectMs: number,
    resolve: (response: UpstreamResponse) => void,
    reject: (error: unknown) => void,
  ) {
    this.#signal = signal;
    this.#collectMs = collectMs;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#onAbort = () => this.#drop(signal.reason);
    signal.addEventListener("abort", this.#onAbort);
  }

  /** Gives the exchange up unless it is on a connection in time. */
  startWithin(ms: number): void {
    // A connection that is free starts it at once.
    if (this.#controller !== null || this.#over) return;
    const tooLate = () => this.#drop(new HaechiError("UPSTREAM_TIMEOUT", "No connection to the upstream became free"));
    this.#startTimer = setTimeout(tooLate, ms);
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
    this.#body = new DispatchedBody(controller, declaredLength(headers["content-length"]), this.#collectMs);
    this.#resolve({ status, headers: flatten(headers), body: this.#body });
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#body?.push(chunk);
  }

  onResponseEnd(): void {
    this.#close();
    this.#body?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(upstreamFailure(error));
  }

  // We never ask for an upgrade, so a switch of protocols ends the exchange.
  onRequestUpgrade(controller: Dispatcher.DispatchController): void {
    const failure = new HaechiError("UPSTREAM_UNREACHABLE", "The upstream switched protocols unasked");
    this.#fail(failure);
    controller.abort(failure);
  }

  /** The upstream's side has failed. */
  #fail(error: unknown): void {
    this.#close();
    if (this.#body === null) this.#reject(error);
    else this.#body.fail(error);
  }

  /** Our side does not want it any more. */
  #drop(reason: unknown): void {
    this.#close();
    this.#reject(reason);
    this.#body?.abandon(reason);
    this.#controller?.abort(new Error("The exchange is over"));
  }

  #close(): void {
    this.#over = true;
    clearTimeout(this.#startTimer);
    this.#signal.removeEventListener("abort", this.#onAbort);
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
