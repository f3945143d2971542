import type { Config } from "../config/schema.ts";
import { adapterOf } from "../config/sections/target.ts";
import { loadTlsMaterial } from "../config/tls-material.ts";
import { sendsOwnKeys } from "../config/upstreams.ts";
import { enforces } from "../core/decide/mode.ts";
import { everyPolicy } from "../core/decide/policy-profiles.ts";
import { HaechiError } from "../core/errors.ts";
import { checkedAuthenticator } from "../engine/checked-authenticator.ts";
import { createGatewayServer, type GatewayServer } from "../gateway/create-gateway.ts";
import { createObservability } from "../gateway/endpoints/observability.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { createInFlight } from "../gateway/listen/in-flight.ts";
import type { Authenticator } from "../ports/authenticator.ts";
import type { Logger } from "../ports/logger.ts";
import type { RateLimiter } from "../ports/rate-limiter.ts";
import { protocolFor } from "../protocols/registry.ts";
import { createBearerAuthenticator } from "../providers/auth/bearer-authenticator.ts";
import { createJsonLogger } from "../providers/observability/json-logger.ts";
import { createPrometheusMetrics } from "../providers/observability/prometheus-metrics.ts";
import { createTextLogger } from "../providers/observability/text-logger.ts";
import { createMemoryRateLimiter } from "../providers/rate-limit/memory-rate-limiter.ts";
import { keyOfFile } from "../providers/upstream/provider-key.ts";
import type { Runtime } from "./create-runtime.ts";
import type { Providers } from "./providers.ts";
import { openUpstreams } from "./upstreams.ts";
import { PACKAGE_VERSION } from "./version.ts";

export interface StartOptions {
  /** Override the configuration. */
  readonly host?: string;
  readonly port?: number;
  /** Said on the command line; a configuration alone cannot open the gateway to a network. */
  readonly allowsRemoteBind?: boolean;
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
  /** Drains, then releases the upstream connections. The runtime stays open. */
  close(): Promise<void>;
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
  const { config } = runtime;
  const gateway = createGateway(runtime, providers);
  const { server, address } = await listen(runtime, gateway, options).catch(async (error: unknown) => {
    await gateway.upstreams.close();
    throw error;
  });
  const { host, port, tls } = address;
  const scheme = tls ? "https" : "http";
  gateway.logger.info("proxy_listening", {
    host,
    port,
    scheme,
    tls,
    upstream: config.target.upstreams?.map(({ baseUrl }) => baseUrl).join(" ") ?? config.target.upstream,
    mode: gateway.mode,
    version: PACKAGE_VERSION,
  });
  warnAtStart(runtime, gateway.logger, options);
  return {
    url: `${scheme}://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${port}`,
    host,
    port,
    logger: gateway.logger,
    isIdle: () => gateway.inFlight.count === 0,
    async close() {
      await server.close();
      await gateway.access.authenticator?.close?.();
      await gateway.upstreams.close();
    },
  };
}

async function listen(runtime: Runtime, gateway: Gateway, options: StartOptions) {
  const server = createServer(runtime, gateway, options);
  // A vault that cannot be opened, such as one of another format, would fail the first request that needs it.
  await runtime.vault.ready();
  return { server, address: await server.listen() };
}

function createGateway(runtime: Runtime, providers: Providers): Gateway {
  const { config, policy, clock } = runtime;
  const protocol = protocolFor(adapterOf(config.target));
  if (protocol === null) {
    throw new HaechiError("CONFIG_INVALID", `target.type: this build does not speak ${adapterOf(config.target)} yet`);
  }
  const { limits, responseProtection, streaming } = config;
  const authenticator = authenticatorOf(runtime, providers);
  const credentialHeader = authenticator === null ? null : (authenticator.header ?? "authorization");
  const metrics = providers.metrics ?? createPrometheusMetrics();
  const logger = providers.logger ?? loggerOf(config, runtime);
  return {
    haechi: runtime.haechi,
    protocol,
    servesUnknownRoutes: config.target.unknown === "scan",
    upstreams: openUpstreams(config, providers.upstream, { clock, metrics, logger }),
    access: {
      authenticator,
      profiles: policy.profiles,
      rateLimiter: rateLimiterOf(runtime, providers),
    },
    audit: runtime.audit,
    metrics,
    logger,
    clock,
    random: runtime.random,
    mode: policy.requestMode,
    requestBytesMax: limits.maxRequestBytes,
    inFlight: createInFlight(limits.maxInFlight),
    retryAfterS: Math.max(1, Math.ceil(limits.shutdownGraceMs / 1000)),
    headers: {
      forwardsAuthorization: credentialHeader !== "authorization",
      credentialHeader,
      forwardsProviderKeys: !sendsOwnKeys(config),
      forwardHeaders: config.target.forwardHeaders ?? [],
    },
    responses: {
      enabled: responseProtection.enabled,
      mode: policy.responseMode,
      failureMode: responseProtection.failureMode,
      allowsNonJson: responseProtection.allowNonJson,
      allowsCompressed: responseProtection.allowCompressed,
      decodesCompressed: responseProtection.decodeCompressed,
      bytesMax: responseProtection.maxBytes,
      scanNumbers: responseProtection.scanNumbers,
    },
    streams: {
      requestMode: streaming.requestMode,
      mode: policy.streamMode,
      heldMax: streaming.maxMatchBytes,
    },
    restoresIntoUrls: responseProtection.restoreIntoUrls,
    restoresTokens: config.tokenVault.detokenizeResponses && responseProtection.enabled,
  };
}

function createServer(
  { config, audit, crypto, vault }: Runtime,
  gateway: Gateway,
  options: StartOptions,
): GatewayServer {
  const { proxy, limits } = config;
  const { tokenFile } = config.metrics;
  return createGatewayServer(gateway, {
    host: options.host ?? proxy.host,
    port: options.port ?? proxy.port,
    tls: proxy.tls === null ? null : loadTlsMaterial(proxy.tls),
    allowsRemoteBind: options.allowsRemoteBind ?? false,
    trustsForwardedProto: proxy.trustForwardedProto,
    allowedHosts: proxy.allowedHosts ?? null,
    allowedOrigins: proxy.allowedOrigins ?? null,
    headersTimeoutMs: limits.headersTimeoutMs,
    requestTimeoutMs: limits.requestTimeoutMs,
    shutdownGraceMs: limits.shutdownGraceMs,
    answerReserved: createObservability({
      version: PACKAGE_VERSION,
      mode: gateway.mode,
      metrics: config.metrics.enabled ? gateway.metrics : null,
      metricsToken: tokenFile === undefined ? null : keyOfFile(tokenFile, "metrics.tokenFile"),
      checks: async () => ({
        auditWritable: (await audit.ready()).ok,
        keysUsable: await succeeds(crypto.encrypt({ plaintext: "", aad: { purpose: "readiness" } })),
        vaultUsable: await succeeds(vault.ready()),
        upstreamAvailable: gateway.upstreams.states().some(({ isAvailable }) => isAvailable),
      }),
      upstreams: () => gateway.upstreams.states(),
    }),
  });
}

function authenticatorOf({ config, crypto, clock }: Runtime, providers: Providers): Authenticator | null {
  const { provider, store, header, allowedLabelKeys } = config.auth;
  if (providers.authenticator !== undefined) return checkedAuthenticator(providers.authenticator, allowedLabelKeys);
  switch (provider) {
    case "none":
      return null;
    case "bearer":
      return createBearerAuthenticator({ store, crypto, clock, allowedLabelKeys, header });
    case "external":
    case "plugin":
      throw new HaechiError("PROVIDER_INVALID", `auth.provider is ${provider}, and no authenticator was handed in`);
    default:
      return provider satisfies never;
  }
}

function rateLimiterOf({ policy, clock }: Runtime, { rateLimiter }: Providers): RateLimiter {
  if (rateLimiter === undefined) return createMemoryRateLimiter(clock);
  const hasBudget = everyPolicy(policy.profiles).some(
    ({ budget }) => budget.requestsPerDay !== null || budget.bytesPerDay !== null,
  );
  if (hasBudget && typeof rateLimiter.take !== "function") {
    throw new HaechiError("PROVIDER_INVALID", "rateLimiter provider must implement take() where a policy has a budget");
  }
  return rateLimiter;
}

function loggerOf({ logging }: Config, { clock }: Runtime): Logger {
  const outputs = { out: process.stdout, err: process.stderr };
  return logging.format === "json" ? createJsonLogger(() => clock.now(), outputs) : createTextLogger(outputs);
}

function warnAtStart({ config, policy }: Runtime, logger: Logger, { allowsRemoteBind }: StartOptions): void {
  if (allowsRemoteBind === true) logger.warn("remote_bind_enabled");
  if (!enforces(policy.requestMode)) logger.warn("non_enforce_mode", { mode: policy.requestMode });
  if (!config.responseProtection.enabled) logger.warn("response_protection_disabled");
}

/** Without keys or a vault a gateway cannot protect, and so is not ready. */
function succeeds(attempt: Promise<unknown>): Promise<boolean> {
  return attempt.then(
    () => true,
    () => false,
  );
}
