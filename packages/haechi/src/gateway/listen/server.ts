import type { IncomingMessage, Server, ServerOptions, ServerResponse } from "node:http";
import type { ServerOptions as HttpsOptions } from "node:https";
import type { Duplex } from "node:stream";
import { type Connections, trackConnections } from "./connections.ts";
import type { TlsMaterial } from "./tls.ts";

export interface ListenOptions {
  /** Null serves plain HTTP. */
  readonly tls: TlsMaterial | null;
  /** Null leaves Node's default; 0 is no limit. */
  readonly headersTimeoutMs: number | null;
  /** Null leaves Node's default; 0 is no limit. */
  readonly requestTimeoutMs: number | null;
  readonly onExchange: (request: IncomingMessage, response: ServerResponse) => void;
}

/** A server that is not listening yet, with the connections it will have. */
export interface Listener {
  readonly server: Server;
  readonly connections: Connections;
}

/** Creates the HTTP or HTTPS server of the gateway. */
export function createServer({ tls, headersTimeoutMs, requestTimeoutMs, onExchange }: ListenOptions): Listener {
  const options: ServerOptions = {
    // The strict parser is what keeps two readers of one connection from disagreeing about where a request ends.
    insecureHTTPParser: false,
    requireHostHeader: true,
    maxHeaderSize: HEADER_BYTES_MAX,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: TIMEOUT_CHECK_MS,
    ...(headersTimeoutMs === null ? {} : { headersTimeout: headersTimeoutMs }),
    ...(requestTimeoutMs === null ? {} : { requestTimeout: requestTimeoutMs }),
  };
  const server = tls === null ? createHttpServer(options) : createHttpsServer({ ...options, ...tls, ...TLS_LIMITS });
  const connections = trackConnections(server, tls === null ? "connection" : "secureConnection");

  server.on("request", onExchange);
  server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
    // RFC 9110 §10.1.1: the client sends its body once it is told to, which is when somebody begins to read it.
    request.once("resume", () => {
      if (!response.headersSent) response.writeContinue();
    });
    onExchange(request, response);
  });
  server.on("clientError", refuseMalformed);

  const headMs = headersTimeoutMs === null ? HEAD_MS : headersTimeoutMs || Number.POSITIVE_INFINITY;
  const watch = setInterval(() => connections.closeStalled(performance.now(), headMs), STALL_CHECK_MS);
  watch.unref();
  server.once("close", () => clearInterval(watch));
  return { server, connections };
}

const HEADER_BYTES_MAX = 16_384;
/** Longer than the minute after which common load balancers let go of an idle connection, so that they do so first. */
const KEEP_ALIVE_MS = 65_000;
/** How often Node looks for heads and requests past their time limit. */
const TIMEOUT_CHECK_MS = 5000;
const STALL_CHECK_MS = 5000;
/** Node's own limit for a head is a minute, which lets hundreds of slow clients gather. */
const HEAD_MS = 20_000;
/** RFC 8996 retires what came before TLS 1.2. */
const TLS_LIMITS = { minVersion: "TLSv1.2", handshakeTimeout: 10_000 } as const;

// Built-in modules are asked for by name: an import of node:http makes a namespace of
// all its exports and so loads what it exports lazily, a fifth of the time to start.
function createHttpServer(options: ServerOptions): Server {
  return process.getBuiltinModule("node:http").createServer(options);
}

function createHttpsServer(options: HttpsOptions): Server {
  return process.getBuiltinModule("node:https").createServer(options);
}

/** Answers what is not HTTP. Nothing of it is looked at or kept: it may be anything. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const status = STATUS_OF[error.code ?? ""] ?? "400 Bad Request";
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy());
}

const STATUS_OF: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "413 Payload Too Large",
};
