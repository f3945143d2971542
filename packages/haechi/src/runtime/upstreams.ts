import { providerKeyHeader } from "../config/provider-key-header.ts";
import type { Config } from "../config/schema.ts";
import { type ConfiguredUpstream, configuredUpstreams } from "../config/upstreams.ts";
import { createUpstreamGroup, type GroupMember } from "../engine/upstream-group.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { Upstream, Upstreams } from "../ports/upstream.ts";
import { checkHealth } from "../providers/upstream/check-health.ts";
import type { UpstreamTls } from "../providers/upstream/connection-options.ts";
import { createHttpUpstream } from "../providers/upstream/http-upstream.ts";
import { keyOfEnvironment, keyOfFile } from "../providers/upstream/provider-key.ts";
import { withProviderKey } from "../providers/upstream/with-provider-key.ts";

interface Equipment {
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/**
 * The upstreams of a configuration, each with the gateway's own key where there is one.
 * @param given in place of every one that the configuration describes
 * @throws HaechiError CONFIG_INVALID, KEY_UNAVAILABLE
 */
export function openUpstreams(config: Config, given: Upstream | undefined, equipment: Equipment): Upstreams {
  const { failures, coolDownMs, checkPath, checkIntervalMs, checkTimeoutMs } = config.target.health;
  const members = configuredUpstreams(config).map((configured): GroupMember => {
    const { name, priority, weight } = configured;
    const upstream = given ?? httpUpstream(configured, config, equipment);
    return { name, priority, weight, upstream: keyedUpstream(upstream, configured, config) };
  });
  const group = createUpstreamGroup({ members, health: { failuresMax: failures, coolDownMs }, ...equipment });
  if (checkPath === null) return group;
  const checks = { path: checkPath, intervalMs: checkIntervalMs, timeoutMs: checkTimeoutMs };
  const stopChecks = checkHealth(members, checks, group.noteProbe);
  return {
    ...group,
    async close() {
      stopChecks();
      await group.close();
    },
  };
}

function httpUpstream(
  { baseUrl, path, tls }: ConfiguredUpstream,
  { target, limits }: Config,
  { metrics, logger }: Equipment,
): Upstream {
  const { pool, timeouts } = target;
  const { upstreamTimeoutMs } = limits;
  return createHttpUpstream({
    origin: baseUrl,
    configPath: path,
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
    ...(tls === null ? {} : { tls: reloadedAloud(tls, logger) }),
  });
}

function reloadedAloud({ path, given }: NonNullable<ConfiguredUpstream["tls"]>, logger: Logger): UpstreamTls {
  return {
    ...given,
    configPath: path,
    onReload: (outcome) => {
      if (outcome === "reloaded") logger.info("upstream_tls_reloaded", { path });
      else logger.warn("upstream_tls_unusable", { path });
    },
  };
}

function keyedUpstream(upstream: Upstream, { auth }: ConfiguredUpstream, { target }: Config): Upstream {
  if (auth === null) return upstream;
  const { path, given } = auth;
  const key =
    "keyEnv" in given ? keyOfEnvironment(process.env, given.keyEnv) : keyOfFile(given.keyFile, `${path}.keyFile`);
  return withProviderKey(upstream, { header: providerKeyHeader({ target: { ...target, auth: given } }), key });
}
