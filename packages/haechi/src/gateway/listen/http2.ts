import type { Http2Server, ServerHttp2Session, ServerHttp2Stream, ServerOptions } from "node:http2";
import type { TLSSocket } from "node:tls";
import { HaechiError } from "../../core/errors.ts";
import type { ClientRequest, ClientResponse } from "../client-message.ts";
import { createHttp2Request } from "./http2-request.ts";
import { breakOff, createHttp2Response } from "./http2-response.ts";
import { createHttp2Sessions, type Http2Sessions } from "./http2-sessions.ts";

export interface Http2Options {
  /** How long a client may take to send a whole request; 0 is no limit. */
  readonly requestTimeoutMs: number;
  readonly onExchange: (request: ClientRequest, response: ClientResponse) => void;
  /** Gets what was wrong with a connection that had to be closed, once for each. */
  readonly onRefused: (fault: HaechiError) => void;
}

/** Serves HTTP/2 on connections that others accept. */
export interface Http2Listener {
  /** Takes over a connection on which HTTP/2 was agreed. */
  serve(socket: TLSSocket): void;
  readonly sessions: Http2Sessions;
}

export function createHttp2Listener({ requestTimeoutMs, onExchange, onRefused }: Http2Options): Http2Listener {
  const server = createHttp2Server(OPTIONS);
  const sessions = createHttp2Sessions(requestTimeoutMs);
  const sockets = new WeakMap<ServerHttp2Session, TLSSocket>();
  let accepted: TLSSocket | null = null;

  server.on("session", (session: ServerHttp2Session) => {
    // The event comes while the connection is handed over below.
    if (accepted !== null) sockets.set(session, accepted);
    const refuse = once(onRefused);
    session.on("error", (error: NodeJS.ErrnoException) => {
      if (ABUSES.has(error.code ?? "")) refuse(malformed());
    });
    sessions.add(session, () => refuse(malformed()));
  });
  server.on("stream", (stream: ServerHttp2Stream, _headers, flags: number, wire: string[]) => {
    // What breaks shows in how the stream ends.
    stream.on("error", () => {});
    const session = stream.session as ServerHttp2Session | undefined;
    const socket = session && sockets.get(session);
    if (session === undefined || socket === undefined) return breakOff(stream);
    const request = createHttp2Request(stream, wire, socket, (flags & END_STREAM) === 0);
    const response = createHttp2Response(stream, request.method, () => request.complete);
    sessions.begin(session, { stream, request, response });
    if (request.rawHeaders.some((text, at) => at % 2 === 0 && text === "expect")) {
      // RFC 9110 §10.1.1: the client sends its body once it is told to, which is when somebody begins to read it.
      request.once("resume", () => {
        if (!response.headersSent) response.writeContinue();
      });
    }
    // What is taken back in the same breath was never asked: thousands of those may stand in what was read at once.
    setImmediate(() => {
      if (!stream.closed && !stream.destroyed) onExchange(request, response);
    });
  });
  return {
    serve(socket) {
      accepted = socket;
      server.emit("connection", socket);
      accepted = null;
    },
    sessions,
  };
}

/** Nothing of what came is told: it may be anything. */
function malformed(): HaechiError {
  return new HaechiError("REQUEST_MALFORMED", "The connection breaks the rules of HTTP/2", {
    reason: "http2_connection_abused",
  });
}

function once(then: (fault: HaechiError) => void): (fault: HaechiError) => void {
  let isDone = false;
  return (fault) => {
    if (!isDone) then(fault);
    isDone = true;
  };
}

/** What Node calls it when a client breaks the rules or goes past the bounds; everything else is a connection that breaks. */
const ABUSES: ReadonlySet<string> = new Set(["ERR_HTTP2_ERROR", "ERR_HTTP2_TOO_MANY_INVALID_FRAMES"]);

const END_STREAM = 1;

/** What one connection may make us hold and do. */
const OPTIONS: ServerOptions = {
  settings: {
    // RFC 9113 §6.5.2 recommends no fewer.
    maxConcurrentStreams: 100,
    // Heads past our own limit still come through up to here, to be answered and recorded.
    maxHeaderListSize: 65_536,
    initialWindowSize: 262_144,
  },
  // Fields of a head: a table entry of 4 KB can be said again in a byte. It is what bounds the heads of a client that never
  // agrees to the settings above; else only the memory of the connection would.
  maxHeaderListPairs: 1000,
  // Megabytes: what clients read slowly waits here.
  maxSessionMemory: 64,
  // Heads that are no requests, and streams past the number above, are reset without a word to us; so many of them end
  // the connection.
  maxSessionInvalidFrames: 1000,
  maxSessionRejectedStreams: 1000,
  // CVE-2023-44487: a client that takes back twice as many streams as it may have open is at no honest work.
  streamResetBurst: 200,
  streamResetRate: 33,
  // An upstream's answer goes on as it is, fields said twice too.
  strictSingleValueFields: false,
} as ServerOptions;

function createHttp2Server(options: ServerOptions): Http2Server {
  return process.getBuiltinModule("node:http2").createServer(options);
}
