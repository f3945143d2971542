import { setTimeout } from "node:timers/promises";
import { loadTlsMaterial } from "../config/tls-material.ts";
import { createGatewayServer } from "../gateway/create-gateway.ts";
import type { Logger } from "../ports/logger.ts";
import type { Runtime } from "./create-runtime.ts";
import { createEquipment, equipGateway, type GatewayEquipment, holdUpstreams, servingRules } from "./equip-gateway.ts";
import type { Providers } from "./providers.ts";
import { recordFailure } from "./record-failure.ts";
import type { ReadConfig } from "./reload.ts";
import { createReloader, type Reloader } from "./reload-gateway.ts";
import { reloadTls } from "./reload-tls.ts";
import { PACKAGE_VERSION } from "./version.ts";
import { warnOfAudit, warnOfWeakness } from "./weakness.ts";

export interface StartOptions {
  /** Override the configuration. */
  readonly host?: string;
  readonly port?: number;
  /** Said on the command line; a configuration alone cannot open the gateway to a network. */
  readonly allowsRemoteBind?: boolean;
  /** How often the files of `proxy.tls` are looked at. */
  readonly tlsWatchMs?: number;
}

/** A gateway that listens. */
export interface RunningGateway {
  /** Where clients point at. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly logger: Logger;
  /** True when no exchange is waiting for anything that the gateway does. */
  isIdle(): boolean;
  /**
   * Takes up another configuration: new exchanges are under it, those under way end under the one they began under.
   * It is taken up whole or not at all; what happened is in the audit log and the log. Never rejects.
   * @returns whether the configuration that was read is in effect now
   */
  reload(read: ReadConfig): Promise<boolean>;
  /**
   * Drains, then releases the upstream connections. The runtime stays open. After a failure that nobody handled this is
   * recorded first, and exchanges that have no answer when the grace period is over get one.
   */
  close(cause?: "shutdown" | "failure"): Promise<void>;
}

/**
 * Starts the HTTP side of a runtime.
 * @throws HaechiError CONFIG_INVALID, BIND_REFUSED, PROVIDER_INVALID, KEY_FILE_INVALID, TOKEN_STORE_UNAVAILABLE
 */
export async function startGateway(
  runtime: Runtime,
  providers: Providers = {},
  options: StartOptions = {},
): Promise<RunningGateway> {
  return (await startServing(runtime, providers, options)).gateway;
}

/** A gateway, and what a process that serves as one of several works it by. */
export interface Serving {
  readonly gateway: RunningGateway;
  readonly reloader: Reloader;
  readonly equipment: GatewayEquipment;
}

/** As `startGateway`. */
export async function startServing(runtime: Runtime, providers: Providers, options: StartOptions): Promise<Serving> {
  const { config } = runtime;
  const { proxy, limits } = config;
  const equipment = await createEquipment(runtime, providers);
  const { authenticator, inFlight, logger } = equipment;
  const upstreams = holdUpstreams(runtime, equipment);
  const closeOutside = async () => {
    await equipment.tracer?.close();
    await authenticator?.close?.();
    await equipment.upstream?.close();
  };
  const start = async () => {
    const gateway = equipGateway(runtime, upstreams.value, equipment);
    const server = createGatewayServer(gateway, {
      ...servingRules(runtime, gateway, equipment),
      host: options.host ?? proxy.host,
      port: options.port ?? proxy.port,
      tls: proxy.tls === null ? null : loadTlsMaterial(proxy.tls),
      http2: proxy.http2,
      takesProxyHeaders: proxy.proxyProtocol === "required",
      allowsRemoteBind: options.allowsRemoteBind ?? false,
      headersTimeoutMs: limits.headersTimeoutMs,
      requestTimeoutMs: limits.requestTimeoutMs,
    });
    // A vault that cannot be opened, such as one of another format, would fail the first request that needs it.
    await runtime.vault.ready();
    return { server, address: await server.listen() };
  };
  const { server, address } = await start().catch(async (error: unknown) => {
    await upstreams.release();
    await closeOutside();
    throw error;
  });
  const unwatch = proxy.tls === null ? () => {} : reloadTls(proxy.tls, server, logger, options.tlsWatchMs);
  const reloader = createReloader({ runtime, upstreams, equipment, server });
  const { host, port, tls } = address;
  const scheme = tls ? "https" : "http";
  logger.info("proxy_listening", {
    host,
    port,
    scheme,
    tls,
    upstream: config.target.upstreams?.map(({ baseUrl }) => baseUrl).join(" ") ?? config.target.upstream,
    mode: runtime.policy.requestMode,
    version: PACKAGE_VERSION,
  });
  if (options.allowsRemoteBind === true) logger.warn("remote_bind_enabled");
  warnOfWeakness(runtime, logger);
  await warnOfAudit(runtime, logger);
  const gateway: RunningGateway = {
    url: `${scheme}://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${port}`,
    host,
    port,
    logger,
    isIdle: () => inFlight.count === 0,
    reload: reloader.reload,
    async close(cause = "shutdown") {
      const recorded = cause === "failure" ? recordFailure(runtime, "unhandled_failure", logger) : null;
      equipment.standing.isEnding = true;
      unwatch();
      await reloader.settle();
      const delayMs = cause === "failure" ? 0 : reloader.config().limits.shutdownDelayMs;
      if (delayMs > 0) {
        // Whoever is let go now meets another gateway; who is cut off at the end may have sent something.
        server.sendElsewhere();
        // Waiting for others is no reason to keep the process alive.
        await setTimeout(delayMs, undefined, { ref: false });
      }
      await server.close(cause);
      await recorded;
      await reloader.close();
      await closeOutside();
      inFlight.limitTo({ exchangesMax: 0, loopDelayMaxMs: 0 });
    },
  };
  return { gateway, reloader, equipment };
}
