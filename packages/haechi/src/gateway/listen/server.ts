import type { IncomingMessage, Server, ServerOptions, ServerResponse } from "node:http";
import type { ServerOptions as HttpsOptions, Server as HttpsServer } from "node:https";
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import { HaechiError } from "../../core/errors.ts";
import type { ClientRequest, ClientResponse } from "../client-message.ts";
import { type Connections, trackConnections } from "./connections.ts";
import { divert } from "./divert.ts";
import { createHttp2Listener } from "./http2.ts";
import type { Http2Sessions } from "./http2-sessions.ts";
import { HEAD_BYTES_MAX, KEEP_ALIVE_MS } from "./limits.ts";
import { failBody, faultOf, tooSlow } from "./malformed.ts";
import { takeProxyHeaders } from "./proxy-protocol.ts";
import type { TlsMaterial } from "./tls.ts";

export interface ListenOptions {
  /** Null serves plain HTTP. */
  readonly tls: TlsMaterial | null;
  /** With TLS, clients may choose HTTP/2. */
  readonly http2: boolean;
  /** Who begins a connection with a header of the PROXY protocol, by address; null where nobody does. */
  readonly isProxySender: ((address: string) => boolean) | null;
  /** Null leaves Node's default; 0 is no limit. */
  readonly headersTimeoutMs: number | null;
  /** Null leaves Node's default; 0 is no limit. */
  readonly requestTimeoutMs: number | null;
  readonly onExchange: (request: ClientRequest, response: ClientResponse) => void;
  /** Accounts for what never becomes an exchange; resolves with the whole answer. Never rejects. */
  readonly onRefused: (fault: HaechiError) => Promise<string>;
}

/** A server that is not listening yet, with the connections it will have. */
export interface Listener {
  readonly server: Server;
  readonly connections: Connections;
  /** Those that speak HTTP/2; null where none does. */
  readonly http2: Http2Sessions | null;
  /** Other keys and certificates for the handshakes from now on. Connections that are open stay as they are. */
  secure(tls: TlsMaterial): void;
}

/** Creates the HTTP or HTTPS server of the gateway. */
export function createServer({
  tls,
  http2,
  isProxySender,
  headersTimeoutMs,
  requestTimeoutMs,
  onExchange,
  onRefused,
}: ListenOptions): Listener {
  const options: ServerOptions = {
    // The strict parser is what keeps two readers of one connection from disagreeing about where a request ends.
    insecureHTTPParser: false,
    // Node would answer a request without one by itself, and nobody would know of it.
    requireHostHeader: false,
    maxHeaderSize: HEAD_BYTES_MAX,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: TIMEOUT_CHECK_MS,
    ...(headersTimeoutMs === null ? {} : { headersTimeout: headersTimeoutMs }),
    ...(requestTimeoutMs === null ? {} : { requestTimeout: requestTimeoutMs }),
  };
  const server = tls === null ? createHttpServer(options) : createHttpsServer({ ...options, ...secured(tls, http2) });
  const accepted = tls === null ? "connection" : "secureConnection";
  const connections = trackConnections(server, accepted);

  server.on("request", onExchange);
  server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
    // RFC 9110 §10.1.1: the client sends its body once it is told to, which is when somebody begins to read it.
    request.once("resume", () => {
      if (!response.headersSent) response.writeContinue();
    });
    onExchange(request, response);
  });
  // Node would answer these by itself, too.
  server.on("checkExpectation", onExchange);

  const refused = new WeakSet<Duplex>();
  const refuse = (fault: HaechiError, socket: Duplex) => {
    // The parser says the same again for every further piece.
    if (refused.has(socket)) return;
    refused.add(socket);
    const request = connections.receiving(socket);
    if (request !== null) {
      failBody(request, fault);
      connections.onceAnswered(socket, () => socket.end(() => socket.destroy()));
      return;
    }
    // Answers to earlier requests of this connection come first, whole.
    connections.onceAnswered(socket, () => {
      void onRefused(fault).then((message) => socket.end(message, () => socket.destroy()));
    });
  };
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    const fault = faultOf(error);
    const leftInBody = error.code === "HPE_INVALID_EOF_STATE" && connections.receiving(socket) !== null;
    if (fault === null || leftInBody || !socket.writable) socket.destroy();
    else refuse(fault, socket);
  });
  server.on("connect", (_request: IncomingMessage, socket: Duplex) => {
    // Node has let go of this socket, errors and all.
    socket.on("error", () => {}).resume();
    refuse(new HaechiError("TARGET_INVALID", "The request asks for a tunnel"), socket);
  });

  const sessions = tls !== null && http2 ? takeHttp2(server, onExchange, onRefused) : null;
  // First of all: who has a connection from somebody else is known before anything is done with it.
  if (isProxySender !== null) {
    takeProxyHeaders(server, accepted, { isSender: isProxySender, onRefused: (fault) => void onRefused(fault) });
  }

  const headMs = headersTimeoutMs === null ? HEAD_MS : headersTimeoutMs || Number.POSITIVE_INFINITY;
  const watch = setInterval(() => {
    connections.closeStalled(performance.now(), headMs, (socket) => refuse(tooSlow(), socket));
    sessions?.closeStalled(performance.now(), headMs);
  }, STALL_CHECK_MS);
  watch.unref();
  server.once("close", () => clearInterval(watch));
  return {
    server,
    connections,
    http2: sessions,
    secure(material) {
      if ("setSecureContext" in server) (server as HttpsServer).setSecureContext(secured(material, http2));
    },
  };
}

/** Serves those connections of a server with HTTP/2 on which the client has chosen it. */
function takeHttp2(
  server: Server,
  onExchange: ListenOptions["onExchange"],
  onRefused: ListenOptions["onRefused"],
): Http2Sessions {
  const { requestTimeout: requestTimeoutMs } = server;
  // A connection that is closed for what came on it is told so by the protocol itself.
  const listener = createHttp2Listener({ requestTimeoutMs, onExchange, onRefused: (fault) => void onRefused(fault) });
  divert(server, "secureConnection", (socket: TLSSocket, goOn) => {
    if (socket.alpnProtocol === "h2") listener.serve(socket);
    else goOn();
  });
  return listener.sessions;
}

/** Whether clients show what they must is looked at request by request, so that a refusal is answered and recorded. */
function secured(tls: TlsMaterial, http2: boolean): HttpsOptions {
  const ALPNProtocols = http2 ? ["h2", "http/1.1"] : ["http/1.1"];
  return { ...tls, ...TLS_LIMITS, ALPNProtocols, requestCert: tls.ca !== undefined, rejectUnauthorized: false };
}

/** How often Node looks for heads and requests past their time limit. */
const TIMEOUT_CHECK_MS = 5000;
const STALL_CHECK_MS = 2000;
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
