import type { IncomingHttpHeaders } from "node:http";
import type { ServerHttp2Stream } from "node:http2";
import { HaechiError } from "../../core/errors.ts";
import type { ClientRequest, ClientSocket } from "../client-message.ts";
import { HEAD_BYTES_MAX } from "./limits.ts";
import { clientLeft, failBody } from "./malformed.ts";

/**
 * A request of HTTP/2, told as HTTP/1.1 tells it (RFC 9113 §8.3.1, §8.2.2), so that one set of rules holds for both:
 * `:authority` is its Host, and a body of unknown length is chunked.
 */
export function createHttp2Request(
  stream: ServerHttp2Stream,
  wire: readonly string[],
  socket: ClientSocket,
  hasBody: boolean,
): ClientRequest {
  const { pseudo, rawHeaders } = headOf(wire, hasBody);
  const method = pseudo.get(":method") ?? "";
  let complete = !hasBody;
  stream.once("end", () => {
    complete = !stream.aborted;
  });
  // A stream that is broken off ends like any other, a moment later: half a body would pass for a whole one.
  stream.once("aborted", () => {
    if (!complete) failBody(request, clientLeft());
  });
  const request: ClientRequest = {
    method,
    // A tunnel (RFC 9113 §8.5) has no path. What it asks for is no path either, and is refused as such.
    url: pseudo.get(":path") ?? pseudo.get(":authority") ?? "",
    httpVersion: "2.0",
    rawHeaders,
    headFault: headFault(wire, pseudo),
    socket,
    get headers() {
      return joined(rawHeaders);
    },
    get complete() {
      return complete;
    },
    get destroyed() {
      return stream.destroyed || stream.closed;
    },
    on: (event: string, listener: (chunk: Uint8Array) => void) => relay("on", event, listener),
    once: (event: string, listener: () => void) => relay("once", event, listener),
    off: (event: string, listener: (chunk: Uint8Array) => void) => relay("off", event, listener),
    emit: (event) => stream.emit(event),
    pause() {
      stream.pause();
      return request;
    },
    resume() {
      stream.resume();
      return request;
    },
  };
  // The events of a body are those of its stream, with the same arguments.
  const relay = (how: "on" | "once" | "off", event: string, listener: (chunk: Uint8Array) => void) => {
    stream[how](event, listener);
    return request;
  };
  return request;
}

function headOf(wire: readonly string[], hasBody: boolean) {
  const pseudo = new Map<string, string>();
  const plain: string[] = [];
  let hasLength = false;
  for (let at = 0; at < wire.length; at += 2) {
    const name = wire[at]!;
    const value = wire[at + 1]!;
    if (name.startsWith(":")) {
      pseudo.set(name, value);
      continue;
    }
    // The same host said twice is one host; two hosts are left for the rule about two Host fields.
    if (name === "host" && value === pseudo.get(":authority")) continue;
    if (name === "content-length") hasLength = true;
    plain.push(name, value);
  }
  const authority = pseudo.get(":authority");
  const host = authority === undefined ? [] : ["host", authority];
  const framing = hasBody && !hasLength ? ["transfer-encoding", "chunked"] : [];
  return { pseudo, rawHeaders: [...host, ...plain, ...framing] };
}

function headFault(wire: readonly string[], pseudo: ReadonlyMap<string, string>): HaechiError | undefined {
  let bytes = 0;
  for (const text of wire) bytes += text.length + SEPARATOR_BYTES;
  if (bytes > HEAD_BYTES_MAX) {
    return new HaechiError("REQUEST_HEAD_TOO_LARGE", "The head of the request is larger than the limit");
  }
  const scheme = pseudo.get(":scheme");
  if (scheme !== undefined && scheme.toLowerCase() !== "https") {
    return new HaechiError("HEADER_INVALID", "The request is for another scheme than that of its connection");
  }
  return undefined;
}

/** `: ` and the end of a line. */
const SEPARATOR_BYTES = 2;

/** Fields as one value each, as Node tells those of HTTP/1.1. */
function joined(rawHeaders: readonly string[]): IncomingHttpHeaders {
  const headers: Record<string, string> = Object.create(null);
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!;
    const before = headers[name];
    // RFC 9113 §8.2.3: cookies come in pieces.
    const separator = name === "cookie" ? "; " : ", ";
    headers[name] = before === undefined ? rawHeaders[at + 1]! : `${before}${separator}${rawHeaders[at + 1]}`;
  }
  return headers;
}
