import { providerKeyHeader } from "../config/provider-key-header.ts";
import type { Config } from "../config/schema.ts";
import type { Logger } from "../ports/logger.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { Upstream } from "../ports/upstream.ts";
import type { UpstreamTls } from "../providers/upstream/connections.ts";
import { createHttpUpstream } from "../providers/upstream/http-upstream.ts";
import { keyOfEnvironment, keyOfFile } from "../providers/upstream/provider-key.ts";
import { withProviderKey } from "../providers/upstream/with-provider-key.ts";

interface Observers {
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/**
 * The upstream of a configuration, with the gateway's own key where there is one.
 * @param given in place of the one that the configuration describes
 * @throws HaechiError CONFIG_INVALID, KEY_UNAVAILABLE
 */
export function openUpstream(config: Config, given: Upstream | undefined, observers: Observers): Upstream {
  return keyedUpstream(given ?? httpUpstream(config, observers), config);
}

function httpUpstream({ target, limits }: Config, { metrics, logger }: Observers): Upstream {
  const { pool, timeouts } = target;
  const { upstreamTimeoutMs } = limits;
  return createHttpUpstream({
    origin: new URL(target.upstream),
    addresses: target.addresses,
    connectionsMax: pool.connections,
    pendingMax: pool.pending,
    keepAliveMs: pool.keepAliveMs,
    connectTimeoutMs: Math.min(upstreamTimeoutMs, timeouts.connectMs),
    queueTimeoutMs: Math.min(upstreamTimeoutMs, timeouts.queueMs),
    headersTimeoutMs: timeouts.headersMs ?? upstreamTimeoutMs,
    bodyTimeoutMs: timeouts.idleMs ?? upstreamTimeoutMs,
    collectTimeoutMs: upstreamTimeoutMs,
    totalTimeoutMs: timeouts.totalMs,
    onRetry: () => metrics.increment("haechi_upstream_retries_total"),
    ...(target.tls === undefined ? {} : { tls: reloadedAloud("target.tls", target.tls, logger) }),
  });
}

function reloadedAloud(configPath: string, files: Config["target"]["tls"], logger: Logger): UpstreamTls {
  return {
    ...files,
    configPath,
    onReload: (outcome) => {
      if (outcome === "reloaded") logger.info("upstream_tls_reloaded", { path: configPath });
      else logger.warn("upstream_tls_unusable", { path: configPath });
    },
  };
}

function keyedUpstream(upstream: Upstream, config: Config): Upstream {
  const place = config.target.auth;
  if (place === undefined) return upstream;
  const key = "keyEnv" in place ? keyOfEnvironment(process.env, place.keyEnv) : keyOfFile(place.keyFile);
  return withProviderKey(upstream, { header: providerKeyHeader(config), key });
}
