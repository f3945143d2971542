import type { IncomingMessage, Server, ServerOptions, ServerResponse } from "node:http";
import type { ServerOptions as HttpsOptions, Server as HttpsServer } from "node:https";
import type { Duplex } from "node:stream";
import { HaechiError } from "../../core/errors.ts";
import { type Connections, trackConnections } from "./connections.ts";
import { failBody, faultOf, tooSlow } from "./malformed.ts";
import type { TlsMaterial } from "./tls.ts";

export interface ListenOptions {
  /** Null serves plain HTTP. */
  readonly tls: TlsMaterial | null;
  /** Null leaves Node's default; 0 is no limit. */
  readonly headersTimeoutMs: number | null;
  /** Null leaves Node's default; 0 is no limit. */
  readonly requestTimeoutMs: number | null;
  readonly onExchange: (request: IncomingMessage, response: ServerResponse) => void;
  /** Accounts for what never becomes an exchange; resolves with the whole answer. Never rejects. */
  readonly onRefused: (fault: HaechiError) => Promise<string>;
}

/** A server that is not listening yet, with the connections it will have. */
export interface Listener {
  readonly server: Server;
  readonly connections: Connections;
  /** Other keys and certificates for the handshakes from now on. Connections that are open stay as they are. */
  secure(tls: TlsMaterial): void;
}

/** Creates the HTTP or HTTPS server of the gateway. */
export function createServer({
  tls,
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
    maxHeaderSize: HEADER_BYTES_MAX,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: TIMEOUT_CHECK_MS,
    ...(headersTimeoutMs === null ? {} : { headersTimeout: headersTimeoutMs }),
    ...(requestTimeoutMs === null ? {} : { requestTimeout: requestTimeoutMs }),
  };
  const server = tls === null ? createHttpServer(options) : createHttpsServer({ ...options, ...secured(tls) });
  const connections = trackConnections(server, tls === null ? "connection" : "secureConnection");

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

  const headMs = headersTimeoutMs === null ? HEAD_MS : headersTimeoutMs || Number.POSITIVE_INFINITY;
  const watch = setInterval(
    () => connections.closeStalled(performance.now(), headMs, (socket) => refuse(tooSlow(), socket)),
    STALL_CHECK_MS,
  );
  watch.unref();
  server.once("close", () => clearInterval(watch));
  return {
    server,
    connections,
    secure(material) {
      if ("setSecureContext" in server) (server as HttpsServer).setSecureContext(secured(material));
    },
  };
}

/** Whether clients show what they must is looked at request by request, so that a refusal is answered and recorded. */
function secured(tls: TlsMaterial): HttpsOptions {
  return { ...tls, ...TLS_LIMITS, requestCert: tls.ca !== undefined, rejectUnauthorized: false };
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
