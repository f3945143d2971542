import type { Dispatcher } from "undici";
import { HaechiError } from "../../core/errors.ts";
import type { UpstreamRequest, UpstreamResponse } from "../../ports/upstream.ts";
import { DispatchedBody } from "./dispatched-body.ts";
import { upstreamFailure } from "./upstream-failure.ts";

/** Sends one request and resolves with its response head; the body follows as it is read. */
export function dispatchExchange(
  dispatcher: Dispatcher,
  request: UpstreamRequest,
  signal: AbortSignal,
): Promise<UpstreamResponse> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    dispatcher.dispatch(
      {
        path: request.path,
        method: request.method,
        // The dispatcher only reads the list; its type asks for a mutable one.
        headers: request.headers as string[],
        body: request.body,
      },
      new ExchangeHandler(signal, resolve, reject),
    );
  });
}

/** What the dispatcher calls as the response arrives. */
class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal;
  readonly #resolve: (response: UpstreamResponse) => void;
  readonly #reject: (error: unknown) => void;
  readonly #onAbort: () => void;
  #controller: Dispatcher.DispatchController | null = null;
  #body: DispatchedBody | null = null;

  constructor(signal: AbortSignal, resolve: (response: UpstreamResponse) => void, reject: (error: unknown) => void) {
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#onAbort = () => {
      this.#reject(signal.reason);
      this.#body?.abandon(signal.reason);
      this.#controller?.abort(signal.reason);
    };
    signal.addEventListener("abort", this.#onAbort);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // The client may leave while the request waits for a connection.
    if (this.#signal.aborted) controller.abort(this.#signal.reason);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    // RFC 9110 §15.2: any number of interim responses may come before the final one.
    if (status < 200) return;
    this.#body = new DispatchedBody(controller, declaredLength(headers["content-length"]));
    this.#resolve({ status, headers: flatten(headers), body: this.#body });
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#body?.push(chunk);
  }

  onResponseEnd(): void {
    this.#signal.removeEventListener("abort", this.#onAbort);
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

  #fail(error: unknown): void {
    this.#signal.removeEventListener("abort", this.#onAbort);
    if (this.#body === null) this.#reject(error);
    else this.#body.fail(error);
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
