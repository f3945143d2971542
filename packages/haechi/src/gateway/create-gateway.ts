import type { AddressInfo } from "node:net";
import { HaechiError } from "../core/errors.ts";
import type { ClientRequest, ClientResponse } from "./client-message.ts";
import { type AnswerReserved, isReservedPath } from "./endpoints/observability.ts";
import { replyWithError } from "./error-reply.ts";
import { createExchange } from "./exchange.ts";
import type { AdmissionRules } from "./flow/admit.ts";
import { refuseHead } from "./flow/refuse-head.ts";
import type { Gateway } from "./gateway.ts";
import { answerPreflight, isPreflight, letPageRead } from "./headers/cross-origin.ts";
import { webRules } from "./headers/web-origin.ts";
import { bindFailure } from "./listen/bind-failure.ts";
import { type BindRequest, decideBind } from "./listen/bind-rule.ts";
import { drain } from "./listen/drain.ts";
import type { InFlightLimits } from "./listen/in-flight.ts";
import { createServer } from "./listen/server.ts";
import type { TlsMaterial } from "./listen/tls.ts";
import { createOpenExchanges, type OpenExchanges } from "./open-exchanges.ts";
import { serveExchange } from "./serve-exchange.ts";

/** How a gateway answers on its socket; another configuration has others. */
export interface ServingRules {
  readonly trustsForwardedProto: boolean;
  /** Names that the gateway answers to, beside those of this machine; null for any where it serves a network. */
  readonly allowedHosts: readonly string[] | null;
  /** Origins of web pages that may use it; null for none, unless everybody has to log in. */
  readonly allowedOrigins: readonly string[] | null;
  readonly inFlight: InFlightLimits;
  /** How long exchanges may go on once the gateway closes. */
  readonly shutdownGraceMs: number;
  readonly answerReserved: AnswerReserved;
}

export interface GatewayServerOptions extends ServingRules {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Null serves plain HTTP. */
  readonly tls: TlsMaterial | null;
  /** With TLS, clients may choose HTTP/2. */
  readonly http2: boolean;
  /** Trusted hops begin each connection with a header of the PROXY protocol. */
  readonly takesProxyHeaders: boolean;
  readonly allowsRemoteBind: boolean;
  /** Null leaves Node's default; 0 is no limit. */
  readonly headersTimeoutMs: number | null;
  /** Null leaves Node's default; 0 is no limit. */
  readonly requestTimeoutMs: number | null;
}

export interface ListeningAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** A gateway on a socket. */
export interface GatewayServer {
  listen(): Promise<ListeningAddress>;
  /**
   * Gets ready to serve with another gateway. Exchanges that begin once the returned function is called are served with
   * it; it resolves when those are over that began before.
   * @throws HaechiError BIND_REFUSED for an address that is not to be open like this
   */
  replacement(gateway: Gateway, rules: ServingRules): () => Promise<void>;
  /** Serves https with other keys and certificates from now on. */
  secure(tls: TlsMaterial): void;
  /** Serves on, and asks each client with its next answer to come back on another connection. */
  sendElsewhere(): void;
  /**
   * Accepts nothing new, lets exchanges finish within the grace period, then cuts off what is left. After a failure
   * those that have no answer by then get one.
   */
  close(cause: "shutdown" | "failure"): Promise<void>;
}

/**
 * Puts a gateway behind a socket that is not listening yet.
 * @throws HaechiError BIND_REFUSED for an address that is not to be opened like this
 */
export function createGatewayServer(gateway: Gateway, options: GatewayServerOptions): GatewayServer {
  const { host, port, tls } = options;
  const servingWith = (gateway: Gateway, rules: ServingRules): Serving => {
    const { host, allowsRemoteBind } = options;
    const { trustsForwardedProto } = rules;
    const bind = { host, allowsRemoteBind, servesTls: tls !== null, trustsForwardedProto };
    return {
      gateway,
      rules,
      admission: admissionOf(gateway, bind, rules, tls?.ca !== undefined),
      open: 0,
      onOver: null,
    };
  };
  let current = servingWith(gateway, options);
  const openExchanges = createOpenExchanges();
  const listener = createServer({
    ...options,
    isProxySender: options.takesProxyHeaders ? (address) => current.gateway.hops.isTrusted(address) : null,
    onExchange: (request, response) => {
      void answer(request, response, current, openExchanges);
    },
    onRefused: (fault) => refuseHead(fault, current.gateway),
  });
  const { server } = listener;
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        const refuse = (error: Error) => reject(bindFailure(error));
        server.once("error", refuse);
        server.listen({ port, host, backlog: BACKLOG }, () => {
          server.off("error", refuse);
          // A TCP server has an address once it listens.
          resolve({ host, port: (server.address() as AddressInfo).port, tls: tls !== null });
        });
      }),
    replacement(gateway, rules) {
      const next = servingWith(gateway, rules);
      return () => {
        const previous = current;
        current = next;
        gateway.inFlight.limitTo(rules.inFlight);
        return new Promise((resolve) => {
          if (previous.open === 0) resolve();
          else previous.onOver = resolve;
        });
      };
    },
    secure: listener.secure,
    sendElsewhere: listener.connections.closeAfterAnswer,
    close(cause) {
      const beforeCut = cause === "failure" ? openExchanges.abandon : undefined;
      return drain(listener, current.rules.shutdownGraceMs, beforeCut);
    },
  };
}

/**
 * Connections that may wait to be accepted, as far as the system lets them (net.core.somaxconn). They are accepted with
 * every turn of the event loop; one that finds no room is tried again by its system, a second later.
 */
const BACKLOG = 4096;

/** What exchanges of one configuration are served with. */
interface Serving {
  readonly gateway: Gateway;
  readonly rules: ServingRules;
  readonly admission: AdmissionRules;
  /** Exchanges that are not over. */
  open: number;
  /** To be called when none is open any more. */
  onOver: (() => void) | null;
}

function admissionOf(
  { inFlight, access, hops }: Gateway,
  bind: BindRequest,
  { allowedHosts, allowedOrigins }: ServingRules,
  requiresCertificate: boolean,
): AdmissionRules {
  const { host: bindHost, servesTls } = bind;
  const asksForCredentials = access.authenticator !== null;
  return {
    inFlight,
    hops,
    requiresCertificate,
    requiresForwardedProto: decideBind(bind).requiresForwardedProto,
    web: webRules({ bindHost, servesTls, allowedHosts, allowedOrigins, asksForCredentials }),
  };
}

async function answer(
  request: ClientRequest,
  response: ClientResponse,
  serving: Serving,
  openExchanges: OpenExchanges,
): Promise<void> {
  const { gateway, admission, rules } = serving;
  serving.open++;
  const exchange = createExchange(request, response, gateway);
  try {
    const { isHostAllowed, namedOrigin } = admission.web;
    const isReserved = isReservedPath(exchange.path);
    const page = isReserved ? null : namedOrigin(request.rawHeaders);
    if (page !== null) letPageRead(response, page);
    if (page !== null && isPreflight(exchange) && isHostAllowed(request.rawHeaders)) answerPreflight(exchange);
    else if (!isReserved) {
      const over = openExchanges.add(exchange, gateway);
      await serveExchange(exchange, admission, gateway).finally(over);
    } else if (isHostAllowed(request.rawHeaders)) await rules.answerReserved(exchange);
    else replyWithError(exchange, new HaechiError("HOST_NOT_ALLOWED", "The request is for another host"));
  } catch (error) {
    // Both promise not to throw; if one does all the same, this exchange ends and the others go on.
    response.destroy();
    gateway.logger.error("proxy_internal_error", {
      correlationId: exchange.id,
      errorName: error instanceof Error ? error.name : "unknown",
    });
  }
  serving.open--;
  if (serving.open === 0) serving.onOver?.();
}
