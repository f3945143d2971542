import { HaechiError } from "../core/errors.ts";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import type { ClientRequest, ClientResponse } from "./client-message.ts";

/** One request with its response, from accepted to answered. */
export interface Exchange {
  /** UUID: the correlation id of everything recorded about it. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly request: ClientRequest;
  readonly response: ClientResponse;
  readonly method: string;
  /** The request target exactly as received. */
  readonly target: string;
  /** The target up to its query. */
  readonly path: string;
  /** What follows the first question mark; empty when there is none. */
  readonly query: string;
  /** Aborts when the client leaves before its answer is complete; its reason is a HaechiError CLIENT_LEFT. */
  readonly signal: AbortSignal;
}

/** Begins an exchange. */
export function createExchange(
  request: ClientRequest,
  response: ClientResponse,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): Exchange {
  // Node sets both on every message that a server receives.
  const method = request.method as string;
  const target = request.url as string;
  const mark = target.indexOf("?");
  const client = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished)
      client.abort(new HaechiError("CLIENT_LEFT", "The client left before its answer was complete"));
  });
  return {
    id: random.uuid(),
    startedAt: clock.now(),
    request,
    response,
    method,
    target,
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? "" : target.slice(mark + 1),
    signal: client.signal,
  };
}
