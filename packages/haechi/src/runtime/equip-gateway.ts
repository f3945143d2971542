import type { Config } from "../config/schema.ts";
import { adapterOf } from "../config/sections/target.ts";
import { sendsOwnKeys } from "../config/upstreams.ts";
import { everyPolicy } from "../core/decide/policy-profiles.ts";
import { HaechiError } from "../core/errors.ts";
import { checkedAuthenticator } from "../engine/checked-authenticator.ts";
import type { ServingRules } from "../gateway/create-gateway.ts";
import { type ConfigurationStanding, createObservability } from "../gateway/endpoints/observability.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { hopRules } from "../gateway/headers/client-address.ts";
import { createInFlight, type InFlight, type InFlightLimits } from "../gateway/listen/in-flight.ts";
import { createMcpSessions, type McpSessions } from "../gateway/mcp/sessions.ts";
import type { Authenticator } from "../ports/authenticator.ts";
import type { Logger } from "../ports/logger.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { RateLimiter } from "../ports/rate-limiter.ts";
import type { Tracer } from "../ports/tracer.ts";
import type { Upstream, Upstreams } from "../ports/upstream.ts";
import { protocolFor } from "../protocols/registry.ts";
import { createBearerAuthenticator } from "../providers/auth/bearer-authenticator.ts";
import { createJsonLogger } from "../providers/observability/json-logger.ts";
import { createPrometheusMetrics } from "../providers/observability/prometheus-metrics.ts";
import { createTextLogger } from "../providers/observability/text-logger.ts";
import { createMemoryRateLimiter } from "../providers/rate-limit/memory-rate-limiter.ts";
import { keyOfFile } from "../providers/upstream/provider-key.ts";
import type { Runtime } from "./create-runtime.ts";
import { type Held, hold } from "./held.ts";
import { mcpRules } from "./mcp-rules.ts";
import { openTracer } from "./open-tracer.ts";
import type { Providers } from "./providers.ts";
import { openUpstreams } from "./upstreams.ts";
import { PACKAGE_VERSION } from "./version.ts";

/** What a gateway goes on with when its configuration changes: what it has counted, and who is let in. */
export interface GatewayEquipment {
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly tracer: Tracer | null;
  readonly authenticator: Authenticator | null;
  readonly rateLimiter: RateLimiter;
  readonly inFlight: InFlight;
  readonly mcpSessions: McpSessions;
  /** Changes with a reload, and once the gateway is about to end. */
  readonly standing: { configuration: ConfigurationStanding; isEnding: boolean };
  /** In place of every upstream that a configuration describes. */
  readonly upstream: Upstream | undefined;
}

/**
 * What is made once for a gateway.
 * @throws HaechiError PROVIDER_INVALID, CONFIG_INVALID
 */
export async function createEquipment(runtime: Runtime, providers: Providers): Promise<GatewayEquipment> {
  const metrics = providers.metrics ?? createPrometheusMetrics();
  const logger = providers.logger ?? loggerOf(runtime);
  return {
    metrics,
    logger,
    tracer: await openTracer(runtime.config, { metrics, logger, random: runtime.random }),
    authenticator: authenticatorOf(runtime, providers),
    rateLimiter: providers.rateLimiter ?? createMemoryRateLimiter(runtime.clock),
    inFlight: createInFlight(inFlightLimits(runtime.config)),
    mcpSessions: createMcpSessions(),
    standing: { configuration: "current", isEnding: false },
    upstream: providers.upstream,
  };
}

/** The upstreams of a runtime's configuration. Those that a program handed in are its own, and stay open. */
export function holdUpstreams(runtime: Runtime, { upstream, metrics, logger }: GatewayEquipment): Held<Upstreams> {
  const upstreams = openUpstreams(runtime.config, upstream && keptOpen(upstream), { ...runtime, metrics, logger });
  return hold(upstreams, () => upstreams.close());
}

function keptOpen(upstream: Upstream): Upstream {
  return { send: upstream.send.bind(upstream), close: async () => {}, ...probeOf(upstream) };
}

function probeOf(upstream: Upstream): Pick<Upstream, "probe"> {
  return upstream.probe === undefined ? {} : { probe: upstream.probe.bind(upstream) };
}

/**
 * A gateway as the configuration of a runtime has it.
 * @throws HaechiError CONFIG_INVALID, PROVIDER_INVALID
 */
export function equipGateway(runtime: Runtime, upstreams: Upstreams, equipment: GatewayEquipment): Gateway {
  const { config, policy } = runtime;
  const { metrics, logger, authenticator, rateLimiter, inFlight } = equipment;
  const protocol = protocolFor(adapterOf(config.target));
  if (protocol === null) {
    throw new HaechiError("CONFIG_INVALID", `target.type: this build does not speak ${adapterOf(config.target)} yet`);
  }
  demandBudgets(runtime, rateLimiter);
  const isMcp = protocol.id === "mcp";
  const { limits, responseProtection, streaming } = config;
  const credentialHeader = authenticator === null ? null : (authenticator.header ?? "authorization");
  return {
    haechi: runtime.haechi,
    protocol,
    servesUnknownRoutes: config.target.unknown === "scan",
    upstreams,
    access: { authenticator, profiles: policy.profiles, rateLimiter },
    audit: runtime.audit,
    metrics,
    tracer: equipment.tracer,
    logger,
    clock: runtime.clock,
    random: runtime.random,
    mode: policy.requestMode,
    requestBytesMax: isMcp ? config.mcp.maxMessageBytes : limits.maxRequestBytes,
    inFlight,
    hops: hopRules(config.proxy.trustedHops ?? null, config.proxy.clientAddressHeader),
    retryAfterS: Math.max(1, Math.ceil(limits.shutdownGraceMs / 1000)),
    headers: {
      forwardsAuthorization: credentialHeader !== "authorization",
      credentialHeader,
      forwardsProviderKeys: !sendsOwnKeys(config),
      forwardHeaders: config.target.forwardHeaders ?? [],
    },
    responses: {
      // Messages of either side are protected alike.
      enabled: isMcp ? config.mcp.protectResults : responseProtection.enabled,
      mode: isMcp ? policy.requestMode : policy.responseMode,
      failureMode: responseProtection.failureMode,
      allowsNonJson: responseProtection.allowNonJson,
      allowsCompressed: responseProtection.allowCompressed,
      decodesCompressed: responseProtection.decodeCompressed,
      bytesMax: isMcp ? config.mcp.maxMessageBytes : responseProtection.maxBytes,
      scanNumbers: responseProtection.scanNumbers,
    },
    streams: {
      requestMode: streaming.requestMode,
      mode: policy.streamMode,
      heldMax: streaming.maxMatchBytes,
    },
    restoresIntoUrls: responseProtection.restoreIntoUrls,
    mcp: isMcp ? mcpRules(runtime, logger, equipment.mcpSessions) : null,
    restoresTokens: config.tokenVault.detokenizeResponses && responseProtection.enabled,
  };
}

/**
 * How that gateway answers on its socket.
 * @throws HaechiError CONFIG_INVALID, KEY_UNAVAILABLE
 */
export function servingRules(
  { config, audit, crypto, vault }: Runtime,
  gateway: Gateway,
  { standing }: GatewayEquipment,
): ServingRules {
  const { proxy, limits, metrics } = config;
  const { tokenFile } = metrics;
  return {
    trustsForwardedProto: proxy.trustForwardedProto,
    allowedHosts: proxy.allowedHosts ?? null,
    allowedOrigins: proxy.allowedOrigins ?? null,
    shutdownGraceMs: limits.shutdownGraceMs,
    inFlight: inFlightLimits(config),
    answerReserved: createObservability({
      version: PACKAGE_VERSION,
      mode: gateway.mode,
      metrics: metrics.enabled ? gateway.metrics : null,
      inFlight: () => gateway.inFlight.count,
      metricsToken: tokenFile === undefined ? null : keyOfFile(tokenFile, "metrics.tokenFile"),
      checks: async () => ({
        accepting: !standing.isEnding,
        auditWritable: (await audit.ready()).ok,
        keysUsable: await succeeds(crypto.encrypt({ plaintext: "", aad: { purpose: "readiness" } })),
        vaultUsable: await succeeds(vault.ready()),
        upstreamAvailable: gateway.upstreams.states().some(({ isAvailable }) => isAvailable),
      }),
      configuration: () => standing.configuration,
      upstreams: () => gateway.upstreams.states(),
    }),
  };
}

function inFlightLimits({ limits }: Config): InFlightLimits {
  return { exchangesMax: limits.maxInFlight, loopDelayMaxMs: limits.maxLoopDelayMs };
}

/** Without keys or a vault a gateway cannot protect, and so is not ready. */
function succeeds(attempt: Promise<unknown>): Promise<boolean> {
  return attempt.then(
    () => true,
    () => false,
  );
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

function demandBudgets({ policy }: Runtime, { take }: RateLimiter): void {
  const hasBudget = everyPolicy(policy.profiles).some(
    ({ budget }) => budget.requestsPerDay !== null || budget.bytesPerDay !== null,
  );
  if (hasBudget && typeof take !== "function") {
    throw new HaechiError("PROVIDER_INVALID", "rateLimiter provider must implement take() where a policy has a budget");
  }
}

/** The log that a configuration asks for. */
export function loggerOf({ config, clock }: Pick<Runtime, "config" | "clock">): Logger {
  const outputs = { out: process.stdout, err: process.stderr };
  return config.logging.format === "json" ? createJsonLogger(() => clock.now(), outputs) : createTextLogger(outputs);
}
