import type { JsonDocument } from "../../core/document/json-document.ts";
import { textDocument } from "../../core/document/text-document.ts";
import { HaechiError, isHaechiError } from "../../core/errors.ts";
import type { Part } from "../../engine/inspect-part.ts";
import type { UpstreamResponse } from "../../ports/upstream.ts";
import { headerValue } from "../headers/header-list.ts";
import { clientHeaders } from "../headers/to-client.ts";
import type { Outcome } from "../telemetry.ts";
import type { AdmittedExchange } from "./admitted-exchange.ts";
import { recordDecision } from "./record-decision.ts";
import { replyBlocked } from "./reply-blocked.ts";
import { fieldsOf } from "./route-fields.ts";

/**
 * Answers with a whole response: inspected and with this exchange's tokens put
 * back when response protection is on, as it came when it is off.
 * @throws HaechiError UPSTREAM_TOO_LARGE, UPSTREAM_UNINSPECTABLE and what reading the body throws
 */
export async function protectResponse(response: UpstreamResponse, admitted: AdmittedExchange): Promise<Outcome> {
  const { exchange, gateway, route, caller, restores } = admitted;
  const { responses } = gateway;
  const body = await response.body.collect(responses.bytesMax);
  if (!responses.enabled || body.length === 0) {
    sendWhole(admitted, response, body, false);
    return "forwarded";
  }

  const read = readResponse(response, body, admitted);
  if (!read.inspectable) {
    if (!read.allowed) throw new HaechiError("UPSTREAM_UNINSPECTABLE", "The response cannot be inspected", read);
    await recordDecision(admitted, "response_unprotected_allowed", read.reason);
    sendWhole(admitted, response, body, false);
    return "response_unprotected_allowed";
  }

  const part: Part = { place: "body", document: read.document, fields: fieldsOf(route.response) };
  const protection = await gateway.haechi.protect([part], {
    mode: responses.mode,
    policy: caller.policy,
    direction: "response",
    scanNumbers: responses.scanNumbers,
    protocol: gateway.protocol.auditName,
    operation: `response:${exchange.method} ${route.id}`,
    identity: caller.identity,
    correlationId: exchange.id,
    restores,
    signal: exchange.signal,
  });
  if (protection.verdict === "blocked") {
    replyBlocked(exchange, "response", protection);
    return "response_blocked";
  }
  const [protectedBody] = protection.bytes;
  sendWhole(admitted, response, protectedBody!, protectedBody !== body);
  return "forwarded";
}

type ReadResponse =
  | { readonly inspectable: true; readonly document: JsonDocument }
  | { readonly inspectable: false; readonly reason: string; readonly allowed: boolean };

function readResponse({ headers }: UpstreamResponse, body: Uint8Array, { gateway }: AdmittedExchange): ReadResponse {
  const { allowsCompressed, allowsNonJson, failureMode } = gateway.responses;
  const uninspectable = (reason: string, allowed: boolean): ReadResponse => ({
    inspectable: false,
    reason,
    allowed: allowed || failureMode === "allow",
  });
  const encoding = headerValue(headers, "content-encoding");
  if (encoding !== undefined && encoding.toLowerCase() !== "identity") {
    return uninspectable("compressed_response", allowsCompressed);
  }
  const type = headerValue(headers, "content-type")?.toLowerCase() ?? "";
  try {
    if (type.includes("application/json")) return { inspectable: true, document: gateway.haechi.read(body) };
    if (allowsNonJson && type.startsWith("text/")) return { inspectable: true, document: textDocument(body) };
  } catch (error) {
    if (!isHaechiError(error)) throw error;
    return uninspectable("invalid_json_response", false);
  }
  return uninspectable("non_json_response", allowsNonJson);
}

function sendWhole(
  { exchange }: AdmittedExchange,
  from: UpstreamResponse,
  body: Uint8Array,
  transformed: boolean,
): void {
  // A response without a body may announce the length of one it does not carry (HEAD, 304).
  const bodyLength = body.length === 0 && !transformed ? null : body.length;
  exchange.response.writeHead(from.status, clientHeaders(from.headers, { transformed, bodyLength, decoded: false }));
  exchange.response.end(body);
}
