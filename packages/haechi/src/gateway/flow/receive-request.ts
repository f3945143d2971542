import { type Caller, identifyCaller } from "../../engine/access.ts";
import { takeBytes, takeRequest } from "../../engine/quotas.ts";
import type { AuthenticationRequest } from "../../ports/authenticator.ts";
import type { Exchange } from "../exchange.ts";
import type { HopRules } from "../headers/client-address.ts";
import { announceQuotas } from "../headers/rate-limit.ts";
import { clientAddress } from "../listen/peer.ts";
import { admitRoute } from "./admit.ts";
import type { ExchangeSubject } from "./admitted-exchange.ts";
import { type InboundBody, receiveBody } from "./read-body.ts";

export interface ReceivedRequest {
  readonly caller: Caller;
  /** Null when the request has none. */
  readonly body: InboundBody | null;
}

/**
 * Lets a request in whose head was let in: who sends it, within what they may send, and where to; and takes its body.
 * @throws HaechiError UNAUTHENTICATED, RATE_LIMITED, BUDGET_SPENT, ROUTE_REFUSED, ROUTE_UNKNOWN and as `receiveBody`
 */
export async function receiveRequest(subject: ExchangeSubject): Promise<ReceivedRequest> {
  const { exchange, gateway, route } = subject;
  const credentials = credentialsOf(exchange, gateway.hops);
  const caller = await identifyCaller(credentials, gateway.access);
  subject.caller = caller;
  const { rateLimiter } = gateway.access;
  const announce = announceQuotas(exchange.response);
  await takeRequest(caller, credentials.remoteAddress, rateLimiter, announce);
  admitRoute(route, gateway.servesUnknownRoutes);
  const body = await receiveBody(exchange.request, gateway.requestBytesMax);
  exchange.response.once("close", gateway.inFlight.enter(exchange));
  if (body !== null) await takeBytes(caller, body.wire.byteLength, rateLimiter, announce);
  return { caller, body };
}

function credentialsOf({ method, request }: Exchange, hops: HopRules): AuthenticationRequest {
  return {
    method,
    // Node builds this object when it is first asked for, which only an authenticator does.
    get headers() {
      return request.headers;
    },
    remoteAddress: clientAddress(request, hops),
  };
}
