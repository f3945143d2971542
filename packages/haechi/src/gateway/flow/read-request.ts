import type { JsonDocument } from "../../core/document/json-document.ts";
import { memberValues } from "../../core/document/member.ts";
import { HaechiError } from "../../core/errors.ts";
import type { Route } from "../../protocols/protocol.ts";
import type { BodyParts } from "../body/body-parts.ts";
import { readContent } from "../body/read-content.ts";
import type { Exchange } from "../exchange.ts";
import type { Gateway } from "../gateway.ts";
import { upstreamHeaders } from "../headers/to-upstream.ts";
import type { InboundBody } from "./read-body.ts";
import { findRequestPlaces, type RequestPlaces } from "./request-places.ts";
import { withoutParameters } from "./target-query.ts";

/** A request as it was read: nothing of it has been judged yet. */
export interface InboundRequest {
  /** Null when the request has no body. */
  readonly body: ReadBody | null;
  /** What its members say is asked for; null for a body without members. */
  readonly members: JsonDocument | null;
  /** The target that may go upstream, as the client wrote it. */
  readonly target: string;
  /** The headers that may go upstream, flat. */
  readonly headers: readonly string[];
  readonly places: RequestPlaces;
}

/** A body with what is to be protected of it. */
export interface ReadBody extends InboundBody, BodyParts {}

/**
 * Reads the body and the other texts of a request.
 * @throws HaechiError DOCUMENT_NOT_UTF8, DOCUMENT_NOT_JSON, DOCUMENT_TOO_DEEP, REQUEST_BODY_MALFORMED, REQUEST_TYPE_UNSUPPORTED
 */
export function readRequest(
  exchange: Exchange,
  route: Route,
  received: InboundBody | null,
  gateway: Gateway,
): InboundRequest {
  // Where a model is asked to write, something must be said; nothing at all is no document.
  if (received === null && exchange.method === "POST" && route.stream !== null) {
    throw new HaechiError("DOCUMENT_NOT_JSON", "The request has no body, and the route needs one");
  }
  const body =
    received === null
      ? null
      : { ...received, ...readContent(received.content, received.type, route.request, gateway.haechi) };
  // A response that will be looked into must come as it is; another may be compressed as the client asked.
  const inspectsResponses = gateway.responses.enabled || gateway.streams.requestMode === "inspect";
  const encoding = inspectsResponses ? "identity" : "as-asked";
  const headers = upstreamHeaders(exchange.request.rawHeaders, gateway.headers, encoding);
  const { credentialParameters } = gateway.protocol;
  const target = gateway.headers.forwardsProviderKeys
    ? exchange.target
    : withoutParameters(exchange.target, credentialParameters);
  return {
    body,
    members: body === null ? null : body.members,
    target,
    headers,
    places: findRequestPlaces(target, route, headers, credentialParameters),
  };
}

/**
 * True when the request may be answered with a stream: when any parser upstream could read
 * that it asks for one. Lenient ones take 1 and "true" for true, so only false and null do not ask.
 */
export function asksForStream(document: JsonDocument | null, route: Route): boolean {
  const values = document === null ? [] : memberValues(document, "stream");
  if (values.some((value) => value.kind !== "null" && !(value.kind === "boolean" && !value.value))) return true;
  const refused = values.length > 0 && values.every((value) => value.kind === "boolean" && !value.value);
  return route.stream?.byDefault === true && !refused;
}

export type StreamPlan = "no-stream" | "inspect" | "pass-through";

/**
 * What happens to a request that may be answered with a stream.
 * @throws HaechiError STREAMING_UNSUPPORTED, STREAMING_UNINSPECTABLE
 */
export function planStream(asked: boolean, route: Route, requestMode: Gateway["streams"]["requestMode"]): StreamPlan {
  if (!asked) return "no-stream";
  switch (requestMode) {
    case "block":
      throw new HaechiError("STREAMING_UNSUPPORTED", "Streaming requests are not enabled on this gateway");
    case "pass-through":
      return "pass-through";
    case "inspect":
      if (route.stream !== null) return "inspect";
      throw new HaechiError("STREAMING_UNINSPECTABLE", "This route has no stream format that can be inspected");
    default:
      return requestMode satisfies never;
  }
}
