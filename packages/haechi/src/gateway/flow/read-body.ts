import { HaechiError } from "../../core/errors.ts";
import { type BodyType, bodyType } from "../body/body-type.ts";
import { type Coding, codingsOf, decodeContent, saysNoMore } from "../body/content-coding.ts";
import type { ClientRequest } from "../client-message.ts";
import { type HeaderList, headerValue, headerValues } from "../headers/header-list.ts";
import { BODY_FAULT, bodyFault, clientLeft } from "../listen/malformed.ts";

/** The slowest a body may come: so many bytes in every such interval (RFC 9110 §15.5.9). */
export interface BodyPace {
  readonly intervalMs: number;
  readonly bytesMin: number;
}

const PACE: BodyPace = { intervalMs: 10_000, bytesMin: 4096 };

/** A body, with and without its content codings. */
export interface InboundBody {
  /** As it came. */
  readonly wire: Uint8Array;
  /** Without codings; the same bytes when there are none. */
  readonly content: Uint8Array;
  readonly type: BodyType;
  /** The bytes as they came say nothing but the content. */
  readonly saysNoMore: boolean;
}

/**
 * Receives a body and undoes its codings, both within `maxBytes`; null when the request has none.
 * @throws HaechiError as `readBody`, and REQUEST_BODY_MALFORMED for content that is not coded as the header says
 */
export async function receiveBody(request: ClientRequest, maxBytes: number): Promise<InboundBody | null> {
  const wire = await readBody(request, maxBytes);
  if (wire.length === 0) return null;
  // A body was read, so its head was understood.
  const { type, codings } = bodyHead(request.rawHeaders)!;
  const content = await decodeContent(wire, codings, maxBytes);
  return { wire, content, type, saysNoMore: saysNoMore(wire, codings) };
}

/**
 * The whole body of a request as it comes, empty when it has none. Once it throws nothing more is read.
 * @throws HaechiError DOCUMENT_TOO_LARGE, REQUEST_ENCODING_UNSUPPORTED, REQUEST_TYPE_UNSUPPORTED, REQUEST_TOO_SLOW,
 *   REQUEST_BODY_MALFORMED, CLIENT_LEFT
 */
export async function readBody(request: ClientRequest, maxBytes: number, pace: BodyPace = PACE): Promise<Uint8Array> {
  return bodyHead(request.rawHeaders) === null ? EMPTY : collect(request, maxBytes, pace);
}

export interface BodyHead {
  readonly type: BodyType;
  /** In the order in which they were applied. */
  readonly codings: readonly Coding[];
}

/**
 * What the headers of a request say about its body; null when they announce none.
 * @throws HaechiError REQUEST_ENCODING_UNSUPPORTED, REQUEST_TYPE_UNSUPPORTED
 */
export function bodyHead(headers: HeaderList): BodyHead | null {
  // RFC 9112 §6.3: a request without a length and a transfer coding has no body.
  const length = headerValue(headers, "content-length");
  if ((length === undefined || length === "0") && headerValue(headers, "transfer-encoding") === undefined) return null;
  const codings = codingsOf(headerValues(headers, "content-encoding"));
  if (codings === null) {
    throw new HaechiError("REQUEST_ENCODING_UNSUPPORTED", "The content coding of the body is not supported");
  }
  const type = bodyType(headerValues(headers, "content-type"));
  if (type.kind === "unsupported") {
    throw new HaechiError("REQUEST_TYPE_UNSUPPORTED", "Bodies of this type cannot be inspected");
  }
  if (needsNoLeave(type) && comesFromPage(headers)) {
    throw new HaechiError("REQUEST_TYPE_UNSUPPORTED", "A web page may not send this", { reason: "web_page" });
  }
  return { type, codings };
}

/**
 * Types that a web page may send to any server without asking it (Fetch, CORS-safelisted request header). For all
 * others a browser asks first, and is given no leave.
 */
function needsNoLeave({ kind }: BodyType): boolean {
  return kind === "form" || kind === "multipart" || kind === "text";
}

/** Browsers say where a request comes from; programs that use an API do not. */
function comesFromPage(headers: HeaderList): boolean {
  const site = headerValue(headers, "sec-fetch-site");
  return headerValue(headers, "origin") !== undefined || (site !== undefined && site !== "none");
}

const EMPTY = new Uint8Array(0);

function collect(request: ClientRequest, maxBytes: number, pace: BodyPace): Promise<Uint8Array> {
  const declared = Number(headerValue(request.rawHeaders, "content-length"));
  if (declared > maxBytes) return Promise.reject(tooLarge());
  const fault = bodyFault(request);
  if (fault !== undefined) return Promise.reject(fault);
  if (request.destroyed) return Promise.reject(clientLeft());
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    let bytesBefore = 0;
    const look = () => {
      if (bytes - bytesBefore < pace.bytesMin)
        fail(new HaechiError("REQUEST_TOO_SLOW", "The request body comes too slowly"));
      bytesBefore = bytes;
    };
    // What came with its head, as most bodies do, is not waited for.
    const watch = request.complete ? undefined : setInterval(look, pace.intervalMs);

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
    const onFault = () => fail(bodyFault(request)!);
    const stop = () => {
      clearInterval(watch);
      request.off("data", onData).off("end", onEnd).off("close", onClose).off(BODY_FAULT, onFault);
    };
    const fail = (error: HaechiError) => {
      stop();
      request.pause();
      reject(error);
    };
    // A connection that breaks is an error event and a close event; the second comes always.
    request.on("error", ignore).on("data", onData).on("end", onEnd).on("close", onClose).on(BODY_FAULT, onFault);
  });
}

function ignore(): void {}

function tooLarge(): HaechiError {
  return new HaechiError("DOCUMENT_TOO_LARGE", "The request body is larger than the limit");
}
