import type { Caller } from "../../engine/access.ts";
import type { Part, ProtectionContext } from "../../engine/protect-document.ts";
import { NO_TEXT } from "../body/body-parts.ts";
import { type ExchangeSubject, NOTHING_TO_RESTORE } from "./admitted-exchange.ts";

/** What holds for all that is inspected of a request: its body, its target, its headers. */
export function requestContext(
  {
    exchange,
    gateway,
    route,
    upstream,
    trace,
  }: Pick<ExchangeSubject, "exchange" | "gateway" | "route" | "upstream" | "trace">,
  caller: Caller,
): ProtectionContext {
  return {
    mode: gateway.mode,
    policy: caller.policy,
    direction: "request",
    scanNumbers: true,
    protocol: gateway.protocol.auditName,
    operation: `request:${exchange.method} ${route.id}`,
    identity: caller.identity,
    correlationId: exchange.id,
    upstream: upstream?.name ?? null,
    restores: NOTHING_TO_RESTORE,
    signal: exchange.signal,
    trace,
  };
}

/** Stands in for the body of a request that has none. */
export const NO_BODY: Part = { place: "body", document: NO_TEXT };
