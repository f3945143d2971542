import type { Caller } from "../../engine/access.ts";
import type { Part, Protection } from "../../engine/protect-document.ts";
import type { DurableReceipt } from "../../ports/audit-sink.ts";
import type { UpstreamRequest } from "../../ports/upstream.ts";
import type { Route } from "../../protocols/protocol.ts";
import type { Exchange } from "../exchange.ts";
import type { Gateway } from "../gateway.ts";
import { NOTHING_TO_RESTORE } from "./admitted-exchange.ts";
import { type InboundRequest, NO_BODY } from "./read-request.ts";
import { fieldsOf } from "./route-fields.ts";

export type ProtectedRequest = PassedRequest | BlockedRequest;

export interface PassedRequest {
  readonly verdict: "passed";
  readonly upstreamRequest: UpstreamRequest;
  readonly receipt: DurableReceipt;
  /** Vault tokens of this exchange, id to original. */
  readonly issued: ReadonlyMap<string, string>;
}

export type BlockedRequest = Extract<Protection, { verdict: "blocked" }>;

/** Protects the body, the target and the headers of a request as one document, with one audit event. */
export async function protectRequest(
  exchange: Exchange,
  request: InboundRequest,
  route: Route,
  caller: Caller,
  gateway: Gateway,
): Promise<ProtectedRequest> {
  const { places } = request;
  const parts: Part[] = [{ place: "body", document: request.document ?? NO_BODY, fields: fieldsOf(route.request) }];
  const placesMatter = gateway.haechi.findsAnything(places.joined);
  if (placesMatter) parts.push(...places.parts());

  const protection = await gateway.haechi.protect(parts, {
    mode: gateway.mode,
    policy: caller.policy,
    direction: "request",
    scanNumbers: true,
    protocol: gateway.protocol.auditName,
    operation: `request:${exchange.method} ${route.id}`,
    identity: caller.identity,
    correlationId: exchange.id,
    restores: NOTHING_TO_RESTORE,
    signal: exchange.signal,
  });
  if (protection.verdict === "blocked") return protection;

  const [body, ...texts] = protection.bytes;
  return {
    verdict: "passed",
    upstreamRequest: {
      method: exchange.method,
      path: placesMatter ? places.targetWith(texts) : exchange.target,
      headers: placesMatter ? places.headersWith(texts) : request.headers,
      body: request.document === null ? null : body!,
    },
    receipt: protection.receipt,
    issued: protection.issued,
  };
}
