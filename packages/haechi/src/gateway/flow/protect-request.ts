import { enforces } from "../../core/decide/mode.ts";
import { textDocument } from "../../core/document/text-document.ts";
import { HaechiError } from "../../core/errors.ts";
import type { Caller } from "../../engine/access.ts";
import type { Protection } from "../../engine/protect-document.ts";
import type { DurableReceipt } from "../../ports/audit-sink.ts";
import type { Trace } from "../../ports/tracer.ts";
import type { ChosenUpstream, UpstreamRequest } from "../../ports/upstream.ts";
import type { Route } from "../../protocols/protocol.ts";
import type { Exchange } from "../exchange.ts";
import type { Gateway } from "../gateway.ts";
import { headerValues, withoutHeader } from "../headers/header-list.ts";
import type { InboundRequest, ReadBody } from "./read-request.ts";
import { NO_BODY, requestContext } from "./request-context.ts";
import { tokenIdsOf } from "./route-fields.ts";

export type ProtectedRequest = PassedRequest | BlockedRequest;

export interface PassedRequest {
  readonly verdict: "passed";
  readonly upstreamRequest: UpstreamRequest;
  readonly receipt: DurableReceipt;
  /** Vault tokens of this exchange, id to original. */
  readonly issued: ReadonlyMap<string, string>;
}

export type BlockedRequest = Extract<Protection, { verdict: "blocked" }>;

/** Whose request it is and where it goes. */
export interface RequestSubject {
  readonly caller: Caller;
  readonly gateway: Gateway;
  readonly upstream: ChosenUpstream;
  readonly trace: Trace | null;
}

/**
 * Protects the body, the target and the headers of a request as one document, with one audit event.
 * @throws HaechiError REQUEST_TYPE_UNSUPPORTED
 */
export async function protectRequest(
  exchange: Exchange,
  request: InboundRequest,
  route: Route,
  { caller, gateway, upstream, trace }: RequestSubject,
): Promise<ProtectedRequest> {
  const { body, places } = request;
  requireSilentType(request.headers, caller, gateway);
  const tokenIds = tokenIdsOf(route);
  const bodyParts = (body?.parts ?? [NO_BODY]).map((part) => (tokenIds === undefined ? part : { ...part, tokenIds }));
  const placesMatter = gateway.haechi.findsAnything(places.joined);
  const parts = placesMatter ? [...bodyParts, ...places.parts()] : bodyParts;

  const protection = await gateway.haechi.protect(
    parts,
    requestContext({ exchange, gateway, route, upstream, trace }, caller),
  );
  if (protection.verdict === "blocked") return protection;

  const texts = protection.bytes.slice(bodyParts.length);
  const headers = placesMatter ? places.headersWith(texts) : request.headers;
  const sent = body === null ? null : bodyToSend(body, protection.bytes);
  return {
    verdict: "passed",
    upstreamRequest: {
      method: exchange.method,
      path: placesMatter ? places.targetWith(texts) : request.target,
      headers: sent === null || sent === body?.wire ? headers : withoutHeader(headers, "content-encoding"),
      body: sent,
    },
    receipt: protection.receipt,
    issued: protection.issued,
  };
}

/** The bytes as they came where nothing had to be changed, so that caches upstream know them; decoded otherwise. */
function bodyToSend(body: ReadBody, bytes: readonly Uint8Array[]): Uint8Array {
  const written = body.assemble(bytes);
  return written === body.content && body.saysNoMore ? body.wire : written;
}

/**
 * The type of a body, and the boundary of a multipart body, have to stay what they are: the body is read by them, and
 * repeats the boundary between its parts. A client that puts something into them is refused.
 */
function requireSilentType(headers: InboundRequest["headers"], { policy }: Caller, { haechi, mode }: Gateway): void {
  if (!enforces(mode)) return;
  const policies = new Set([policy]);
  for (const type of headerValues(headers, "content-type")) {
    if (!haechi.findsAnything(type) || !haechi.wouldChange(textDocument(Buffer.from(type)), policies)) continue;
    const message = "The content type holds what the policy does not let pass";
    throw new HaechiError("REQUEST_TYPE_UNSUPPORTED", message, { reason: "content_type_holds_value" });
  }
}
