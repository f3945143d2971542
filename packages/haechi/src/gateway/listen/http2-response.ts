import type { ServerHttp2Stream } from "node:http2";
import type { ClientResponse } from "../client-message.ts";
import { headerValue } from "../headers/header-list.ts";
import { HOP_BY_HOP } from "../headers/hop-by-hop.ts";
import type { Traffic } from "./stalled.ts";

/** An answer on a stream of HTTP/2. */
export interface Http2Response extends ClientResponse {
  /** What was said so far, and what of it the client has not taken yet. */
  traffic(): Traffic;
}

/** @param isRead tells whether the request has been read to its end */
export function createHttp2Response(
  stream: ServerHttp2Stream,
  method: string | undefined,
  isRead: () => boolean,
): Http2Response {
  const said = new Map<string, string>();
  let statusCode = 200;
  let bytesWritten = 0;
  let hasBody = method !== "HEAD";
  let isEnded = false;
  let isFinished = false;

  // RFC 9113 §8.1: once it is answered whole, a client is told to send no more of what nobody will read.
  stream.once("finish", () => {
    isFinished = isEnded && stream.rstCode === NO_ERROR && !stream.destroyed;
    if (!isRead()) stream.close(NO_ERROR);
  });

  const write = (bytes: Uint8Array): boolean => {
    if (!hasBody || isEnded || response.destroyed) return true;
    bytesWritten += bytes.length;
    return stream.write(bytes);
  };
  // One piece after the other, so that a client that reads slowly is told apart from one that reads nothing, and what
  // waits does not fill what the connection may hold.
  const endWith = (bytes: Uint8Array, from: number): void => {
    const piece = bytes.subarray(from, from + PIECE_BYTES);
    const next = from + piece.length;
    bytesWritten += piece.length;
    if (next === bytes.length) stream.end(piece);
    else stream.write(piece, (error) => (error ? undefined : endWith(bytes, next)));
  };
  const response: Http2Response = {
    get statusCode() {
      return statusCode;
    },
    get headersSent() {
      return stream.headersSent;
    },
    get destroyed() {
      return stream.destroyed || stream.closed;
    },
    get writableEnded() {
      return isEnded;
    },
    get writableFinished() {
      return isFinished;
    },
    setHeader: (name, value) => said.set(name, value),
    writeHead(status, headers) {
      if (response.destroyed) return;
      statusCode = status;
      const own = [...said].flatMap((pair) => (headerValue(headers, pair[0]) === undefined ? pair : []));
      const fields = [...own, ...headers];
      const sent = fields.filter((_, at) => !HOP_BY_HOP.has(fields[at - (at % 2)]!));
      if (NO_BODY.has(status)) hasBody = false;
      stream.respond([":status", String(status), ...sent], { endStream: !hasBody });
    },
    writeContinue() {
      if (!response.destroyed) stream.additionalHeaders({ ":status": 100 });
    },
    // A head leaves as soon as it is written.
    flushHeaders() {},
    write,
    end(bytes) {
      if (isEnded) return;
      isEnded = true;
      // A head without a body has ended its stream.
      if (!hasBody) isFinished = stream.writableFinished;
      else if (!response.destroyed) endWith(bytes ?? NOTHING, 0);
    },
    destroy: () => breakOff(stream),
    on: (event, listener) => listen("on", event, listener),
    once: (event, listener) => listen("once", event, listener),
    off: (event, listener) => listen("off", event, listener),
    traffic: () => ({ bytesRead: 0, bytesWritten, writableLength: stream.writableLength }),
  };
  const listen = (how: "on" | "once" | "off", event: string, listener: () => void) => {
    stream[how](event, listener);
    return response;
  };
  return response;
}

/**
 * Ends a stream with INTERNAL_ERROR. Node's own `close`, whatever its code, first says that the answer is whole: a client
 * would take what has come for all there is.
 */
export function breakOff(stream: ServerHttp2Stream): void {
  stream.destroy(new Error("The stream is broken off"));
}

/** RFC 9113 §7. */
const NO_ERROR = 0;

/** RFC 9110 §15.3.5, §15.3.6, §15.4.5. */
const NO_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

const NOTHING = new Uint8Array(0);
const PIECE_BYTES = 32_768;
