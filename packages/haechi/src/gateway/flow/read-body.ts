import type { IncomingMessage } from "node:http";
import { HaechiError } from "../../core/errors.ts";
import { type HeaderList, headerValue, headerValues } from "../headers/header-list.ts";

/** The slowest a body may come: so many bytes in every such interval (RFC 9110 §15.5.9). */
export interface BodyPace {
  readonly intervalMs: number;
  readonly bytesMin: number;
}

const PACE: BodyPace = { intervalMs: 10_000, bytesMin: 4096 };

/**
 * The whole body of a request, empty when it has none. Once it throws nothing more is read.
 * @throws HaechiError DOCUMENT_TOO_LARGE, REQUEST_ENCODING_UNSUPPORTED, REQUEST_TYPE_UNSUPPORTED, REQUEST_TOO_SLOW, CLIENT_LEFT
 */
export async function readBody(request: IncomingMessage, maxBytes: number, pace: BodyPace = PACE): Promise<Uint8Array> {
  switch (bodyKind(request.rawHeaders)) {
    case "none":
      return EMPTY;
    case "encoded":
      throw new HaechiError("REQUEST_ENCODING_UNSUPPORTED", "Compressed request bodies are not supported");
    case "not-json":
      throw new HaechiError("REQUEST_TYPE_UNSUPPORTED", "Request bodies other than JSON are not supported");
    case "json":
      return collect(request, maxBytes, pace);
  }
}

export type BodyKind = "none" | "json" | "not-json" | "encoded";

/** What the headers of a request say about its body; a body without a type is taken for JSON. */
export function bodyKind(headers: HeaderList): BodyKind {
  // RFC 9112 §6.3: a request without a length and a transfer coding has no body.
  const length = headerValue(headers, "content-length");
  if ((length === undefined || length === "0") && headerValue(headers, "transfer-encoding") === undefined)
    return "none";
  if (headerValues(headers, "content-encoding").some((coding) => coding.trim().toLowerCase() !== "identity")) {
    return "encoded";
  }
  const types = headerValues(headers, "content-type");
  // Two types are two readings of one body.
  if (types.length > 1) return "not-json";
  return types.length === 0 || types[0] === "application/json" || JSON_TYPE.test(types[0]!) ? "json" : "not-json";
}

// RFC 8259 §11 and RFC 6839 §3.1; JSON is UTF-8, so another charset names another reading.
const JSON_TYPE = /^\s*(?:application|text)\/(?:[\w.!#$&^-]+\+)?json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?;?\s*$/i;

const EMPTY = new Uint8Array(0);

function collect(request: IncomingMessage, maxBytes: number, pace: BodyPace): Promise<Uint8Array> {
  const declared = Number(headerValue(request.rawHeaders, "content-length"));
  if (declared > maxBytes) return Promise.reject(tooLarge());
  if (request.destroyed) return Promise.reject(clientLeft());
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    let bytesBefore = 0;
    const watch = setInterval(() => {
      if (bytes - bytesBefore < pace.bytesMin)
        fail(new HaechiError("REQUEST_TOO_SLOW", "The request body comes too slowly"));
      bytesBefore = bytes;
    }, pace.intervalMs);

    const onData = (chunk: Uint8Array) => {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) fail(tooLarge());
      else chunks.push(chunk);
    };
    const onEnd = () => {
      stop();
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, bytes));
    };
    const onClose = () => fail(clientLeft());
    const stop = () => {
      clearInterval(watch);
      request.off("data", onData).off("end", onEnd).off("close", onClose);
    };
    const fail = (error: HaechiError) => {
      stop();
      request.pause();
      reject(error);
    };
    // A connection that breaks is an error event and a close event; the second comes always.
    request.on("error", ignore).on("data", onData).on("end", onEnd).on("close", onClose);
  });
}

function ignore(): void {}

function tooLarge(): HaechiError {
  return new HaechiError("DOCUMENT_TOO_LARGE", "The request body is larger than the limit");
}

function clientLeft(): HaechiError {
  return new HaechiError("CLIENT_LEFT", "The client left before its request was complete");
}
