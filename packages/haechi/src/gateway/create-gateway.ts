import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { HaechiError } from "../core/errors.ts";
import { type AnswerReserved, isReservedPath } from "./endpoints/observability.ts";
import { replyWithError } from "./error-reply.ts";
import { createExchange } from "./exchange.ts";
import type { AdmissionRules } from "./flow/admit.ts";
import { refuseHead } from "./flow/refuse-head.ts";
import type { Gateway } from "./gateway.ts";
import { webRules } from "./headers/web-origin.ts";
import { bindFailure } from "./listen/bind-failure.ts";
import { type BindRequest, decideBind } from "./listen/bind-rule.ts";
import { drain } from "./listen/drain.ts";
import { createServer } from "./listen/server.ts";
import type { TlsMaterial } from "./listen/tls.ts";
import { serveExchange } from "./serve-exchange.ts";

export interface GatewayServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Null serves plain HTTP. */
  readonly tls: TlsMaterial | null;
  readonly allowsRemoteBind: boolean;
  readonly trustsForwardedProto: boolean;
  /** Names that the gateway answers to, beside those of this machine; null for any where it serves a network. */
  readonly allowedHosts: readonly string[] | null;
  /** Origins of web pages that may use it; null for none, unless everybody has to log in. */
  readonly allowedOrigins: readonly string[] | null;
  /** Null leaves Node's default; 0 is no limit. */
  readonly headersTimeoutMs: number | null;
  /** Null leaves Node's default; 0 is no limit. */
  readonly requestTimeoutMs: number | null;
  /** How long exchanges may go on once the gateway closes. */
  readonly shutdownGraceMs: number;
  readonly answerReserved: AnswerReserved;
}

export interface ListeningAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** A gateway on a socket. */
export interface GatewayServer {
  listen(): Promise<ListeningAddress>;
  /** Accepts nothing new, lets exchanges finish within the grace period, then cuts off what is left. */
  close(): Promise<void>;
}

/**
 * Puts a gateway behind a socket that is not listening yet.
 * @throws HaechiError BIND_REFUSED for an address that is not to be opened like this
 */
export function createGatewayServer(gateway: Gateway, options: GatewayServerOptions): GatewayServer {
  const { host, port, tls } = options;
  const admission = admissionOf(gateway, { ...options, servesTls: tls !== null }, options);
  const listener = createServer({
    ...options,
    onExchange: (request, response) => {
      void answer(request, response, admission, gateway, options.answerReserved);
    },
    onRefused: (fault) => refuseHead(fault, gateway),
  });
  const { server } = listener;
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        const refuse = (error: Error) => reject(bindFailure(error));
        server.once("error", refuse);
        server.listen(port, host, () => {
          server.off("error", refuse);
          // A TCP server has an address once it listens.
          resolve({ host, port: (server.address() as AddressInfo).port, tls: tls !== null });
        });
      }),
    close: () => drain(listener, options.shutdownGraceMs),
  };
}

function admissionOf(
  { inFlight, access }: Gateway,
  bind: BindRequest,
  { allowedHosts, allowedOrigins }: GatewayServerOptions,
): AdmissionRules {
  const { host: bindHost, servesTls } = bind;
  const asksForCredentials = access.authenticator !== null;
  return {
    inFlight,
    requiresForwardedProto: decideBind(bind).requiresForwardedProto,
    web: webRules({ bindHost, servesTls, allowedHosts, allowedOrigins, asksForCredentials }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  admission: AdmissionRules,
  gateway: Gateway,
  answerReserved: AnswerReserved,
): Promise<void> {
  const exchange = createExchange(request, response, gateway);
  try {
    const { isHostAllowed } = admission.web;
    if (!isReservedPath(exchange.path)) await serveExchange(exchange, admission, gateway);
    else if (isHostAllowed(request.rawHeaders)) await answerReserved(exchange);
    else replyWithError(exchange, new HaechiError("HOST_NOT_ALLOWED", "The request is for another host"));
  } catch (error) {
    // Both promise not to throw; if one does all the same, this exchange ends and the others go on.
    response.destroy();
    gateway.logger.error("proxy_internal_error", {
      correlationId: exchange.id,
      errorName: error instanceof Error ? error.name : "unknown",
    });
  }
}
