import { HaechiError, isHaechiError } from "../../core/errors.ts";
import type { UpstreamResponse } from "../../ports/upstream.ts";
import type { BodyParts } from "../body/body-parts.ts";
import { codingsOf } from "../body/content-coding.ts";
import { decodeAnswer, isUnreadable, readAnswer } from "../body/read-answer.ts";
import type { Exchange } from "../exchange.ts";
import { headerValue, headerValues } from "../headers/header-list.ts";
import { type ClientBody, clientHeaders } from "../headers/to-client.ts";
import type { Outcome } from "../telemetry.ts";
import type { AdmittedExchange } from "./admitted-exchange.ts";
import { endClient } from "./client-writer.ts";
import { recordDecision } from "./record-decision.ts";
import { replyBlocked } from "./reply-blocked.ts";
import { responseContext } from "./response-context.ts";

/**
 * Answers with a whole response: inspected and with this exchange's tokens put
 * back when response protection is on, as it came when it is off.
 * @throws HaechiError UPSTREAM_TOO_LARGE, UPSTREAM_UNINSPECTABLE and what reading the body throws
 */
export async function protectResponse(response: UpstreamResponse, admitted: AdmittedExchange): Promise<Outcome> {
  const { exchange, gateway } = admitted;
  const { responses } = gateway;
  const wire = await response.body.collect(responses.bytesMax);
  if (!responses.enabled || wire.length === 0) {
    sendWhole(admitted, response, wire, AS_IT_CAME);
    return "forwarded";
  }

  const read = await readResponse(response, wire, admitted);
  if (!read.inspectable) {
    if (!read.allowed) throw new HaechiError("UPSTREAM_UNINSPECTABLE", "The response cannot be inspected", read);
    await recordDecision(admitted, "response_unprotected_allowed", read.reason);
    sendWhole(admitted, response, wire, AS_IT_CAME);
    return "response_unprotected_allowed";
  }

  const protection = await gateway.haechi.protect(read.body.parts, {
    ...responseContext(admitted, responses.mode),
    signal: exchange.signal,
  });
  if (protection.verdict === "blocked") {
    replyBlocked(exchange, "response", protection);
    return "response_blocked";
  }
  const sent = read.body.assemble(protection.bytes);
  sendWhole(admitted, response, sent, { transformed: sent !== wire, decoded: read.content !== wire });
  return "forwarded";
}

type ReadResponse =
  | { readonly inspectable: true; readonly body: BodyParts; readonly content: Uint8Array }
  | { readonly inspectable: false; readonly reason: string; readonly allowed: boolean };

async function readResponse(
  { headers }: UpstreamResponse,
  wire: Uint8Array,
  { gateway, route }: AdmittedExchange,
): Promise<ReadResponse> {
  const { allowsCompressed, allowsNonJson, decodesCompressed, bytesMax, failureMode } = gateway.responses;
  const uninspectable = (reason: string, allowed: boolean): ReadResponse => ({
    inspectable: false,
    reason,
    allowed: allowed || failureMode === "allow",
  });
  const isCoded = codingsOf(headerValues(headers, "content-encoding"))?.length !== 0;
  const content = isCoded && !decodesCompressed ? null : await decodeAnswer(headers, wire, bytesMax).catch(tooLarge);
  if (content === null) return uninspectable("compressed_response", allowsCompressed);
  try {
    const body = readAnswer(content, headers, { haechi: gateway.haechi, route, readsText: allowsNonJson });
    if (body !== null) return { inspectable: true, body, content };
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return uninspectable("invalid_json_response", false);
  }
  return uninspectable("non_json_response", allowsNonJson);
}

function tooLarge(error: unknown): never {
  if (!isHaechiError(error, "DOCUMENT_TOO_LARGE")) throw error;
  throw new HaechiError("UPSTREAM_TOO_LARGE", "The decoded response is larger than the limit", { cause: error });
}

/** A response without a body may announce the length of one that it does not carry (RFC 9110 §8.6). */
function announcedLength({ method }: Exchange, { headers }: UpstreamResponse): number | null {
  const length = method === "HEAD" ? headerValue(headers, "content-length") : undefined;
  return length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null;
}

/** What became of the bytes of the upstream. */
type Changes = Pick<ClientBody, "transformed" | "decoded">;

const AS_IT_CAME: Changes = { transformed: false, decoded: false };

function sendWhole({ exchange }: AdmittedExchange, from: UpstreamResponse, body: Uint8Array, changes: Changes): void {
  const bodyLength = body.length === 0 && !changes.transformed ? announcedLength(exchange, from) : body.length;
  exchange.response.writeHead(from.status, clientHeaders(from.headers, { ...changes, bodyLength }));
  endClient(exchange.response, body);
}
