import { matchRoute } from "../protocols/match-route.ts";
import { replyWithError } from "./error-reply.ts";
import type { Exchange } from "./exchange.ts";
import { recordDecision } from "./flow/record-decision.ts";
import type { Gateway } from "./gateway.ts";

/** The exchanges that are not over. */
export interface OpenExchanges {
  /** Follows an exchange until the returned function is called. */
  add(exchange: Exchange, gateway: Gateway): () => void;
  /** Records and answers with 500 each one that has no answer yet, for a gateway that cannot go on with them. Never rejects. */
  abandon(): Promise<void>;
}

export function createOpenExchanges(): OpenExchanges {
  const open = new Map<Exchange, Gateway>();
  return {
    add(exchange, gateway) {
      open.set(exchange, gateway);
      return () => open.delete(exchange);
    },
    async abandon() {
      await Promise.all([...open].map(([exchange, gateway]) => abandonOne(exchange, gateway)));
    },
  };
}

const abandoned = new WeakSet<Exchange>();

/** True for an exchange that was recorded and answered by somebody else than whoever serves it. */
export function isAbandoned(exchange: Exchange): boolean {
  return abandoned.has(exchange);
}

async function abandonOne(exchange: Exchange, gateway: Gateway): Promise<void> {
  const { response } = exchange;
  if (response.headersSent || response.destroyed) return;
  abandoned.add(exchange);
  const route = matchRoute(gateway.protocol, exchange.target);
  const subject = { exchange, gateway, route, caller: null, upstream: null, awaitedId: null, trace: null };
  let error: unknown = new Error("The exchange was abandoned");
  try {
    await recordDecision(subject, "internal_error", "abandoned");
  } catch (unrecorded) {
    error = unrecorded;
  }
  replyWithError(exchange, error, gateway.retryAfterS);
  if (response.writableFinished) return;
  await new Promise<void>((resolve) => {
    // A client that takes in nothing is not waited for.
    const timer = setTimeout(resolve, REPLY_MS);
    response.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

const REPLY_MS = 1000;
