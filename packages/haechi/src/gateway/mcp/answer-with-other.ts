import { withoutLeaves } from "../../core/document/field-rules.ts";
import type { JsonDocument } from "../../core/document/json-document.ts";
import { textDocument } from "../../core/document/text-document.ts";
import { HaechiError, isHaechiError } from "../../core/errors.ts";
import type { Part } from "../../engine/protect-document.ts";
import type { UpstreamResponse } from "../../ports/upstream.ts";
import type { AdmittedExchange } from "../flow/admitted-exchange.ts";
import { endClient } from "../flow/client-writer.ts";
import { responseContext } from "../flow/response-context.ts";
import { headerValue } from "../headers/header-list.ts";
import { clientHeaders } from "../headers/to-client.ts";
import type { Outcome } from "../telemetry.ts";
import { type OwnAddress, withOwnResource } from "./own-address.ts";
import { replyResponseBlocked } from "./rpc-reply.ts";

/**
 * Answers with what is no message: metadata, a page that tells of an error, or nothing. It is read as JSON or as text,
 * whatever it says it is.
 * @param credentialsIn leaves that are for the client as they are
 * @throws HaechiError UPSTREAM_UNINSPECTABLE for anything else
 */
export async function answerWithOther(
  { status, headers }: UpstreamResponse,
  { wire, content }: { readonly wire: Uint8Array; readonly content: Uint8Array },
  address: OwnAddress,
  admitted: AdmittedExchange,
  credentialsIn: (document: JsonDocument) => readonly number[] = () => [],
): Promise<Outcome> {
  const { exchange, gateway } = admitted;
  const send = (body: Uint8Array): Outcome => {
    const announced = exchange.method === "HEAD" ? Number(headerValue(headers, "content-length")) : Number.NaN;
    const bodyLength = Number.isSafeInteger(announced) ? announced : body.length;
    const changes = { transformed: body !== wire, decoded: content !== wire, bodyLength };
    exchange.response.writeHead(status, clientHeaders(headers, changes));
    endClient(exchange.response, body);
    return "forwarded";
  };
  if (content.length === 0 || !gateway.responses.enabled) return send(content);
  const part = readAnything(content, gateway.haechi.read);
  const document = withoutLeaves(part.document, credentialsIn(part.document));
  const protection = await gateway.haechi.protect([{ ...part, document }], {
    ...responseContext(admitted, gateway.responses.mode),
    signal: exchange.signal,
  });
  if (protection.verdict === "blocked") {
    replyResponseBlocked(exchange, protection, null);
    return "response_blocked";
  }
  const body = protection.bytes[0]!;
  // A challenge may name any path for the metadata of a resource.
  const namesResource = exchange.method === "GET" && part.document.format === "json";
  return send(namesResource ? withOwnResource(body, address, gateway.haechi) : body);
}

function readAnything(content: Uint8Array, read: (bytes: Uint8Array) => Part["document"]): Part {
  try {
    return { place: "body", document: read(content) };
  } catch (error) {
    if (!isHaechiError(error, "DOCUMENT_NOT_JSON") && !isHaechiError(error, "DOCUMENT_NOT_UTF8")) throw error;
  }
  try {
    return { place: "body", document: textDocument(content) };
  } catch (cause) {
    const reason = "non_json_response";
    throw new HaechiError("UPSTREAM_UNINSPECTABLE", "The answer is no text", { reason, cause });
  }
}
