import type { Mode } from "../../core/decide/mode.ts";
import type { ProtectionContext } from "../../engine/protect-document.ts";
import type { AdmittedExchange } from "./admitted-exchange.ts";

/** What holds for all that is inspected of a response: its headers, its body, its stream. */
export function responseContext(
  { exchange, gateway, route, caller, upstream, restores, trace }: AdmittedExchange,
  mode: Mode,
): ProtectionContext {
  return {
    mode,
    policy: caller.policy,
    direction: "response",
    scanNumbers: gateway.responses.scanNumbers,
    protocol: gateway.protocol.auditName,
    operation: `response:${exchange.method} ${route.id}`,
    identity: caller.identity,
    correlationId: exchange.id,
    upstream: upstream?.name ?? null,
    restores,
    restoresIntoUrls: gateway.restoresIntoUrls,
    trace,
  };
}
