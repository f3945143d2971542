import { HaechiError } from "../core/errors.ts";
import type { AuditSink } from "../ports/audit-sink.ts";
import type { Authenticator } from "../ports/authenticator.ts";
import type { Clock } from "../ports/clock.ts";
import type { CryptoProvider } from "../ports/crypto-provider.ts";
import type { ExternalDetector } from "../ports/external-detector.ts";
import type { Logger } from "../ports/logger.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { Random } from "../ports/random.ts";
import type { RateLimiter } from "../ports/rate-limiter.ts";
import type { TokenStore } from "../ports/token-store.ts";
import type { Upstream } from "../ports/upstream.ts";

/** Implementations that a program hands in; what is absent is built from the configuration. */
export interface Providers {
  readonly crypto?: CryptoProvider;
  readonly audit?: AuditSink;
  readonly tokenStore?: TokenStore;
  readonly authenticator?: Authenticator;
  readonly rateLimiter?: RateLimiter;
  readonly upstream?: Upstream;
  /** Beside those of the configuration; asked about requests, and a request waits for their answer. */
  readonly detectors?: readonly ExternalDetector[];
  readonly metrics?: Metrics;
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly random?: Random;
}

const REQUIRED_METHODS: { readonly [Name in Exclude<keyof Providers, "detectors">]-?: readonly string[] } = {
  crypto: ["encrypt", "decrypt"],
  audit: ["record"],
  tokenStore: ["mutate", "read"],
  authenticator: ["authenticate"],
  rateLimiter: ["allow"],
  upstream: ["send"],
  metrics: ["increment", "observe", "render"],
  logger: ["info", "warn", "error"],
  clock: ["now"],
  random: ["bytes", "uuid"],
};

/**
 * Checks that handed-in providers have their methods, so that a mistake shows at start and not in an exchange.
 * @throws HaechiError PROVIDER_INVALID naming the provider and the missing method
 */
export function checkProviders(providers: Providers): void {
  for (const [name, methods] of Object.entries(REQUIRED_METHODS)) {
    const provider: unknown = providers[name as keyof Providers];
    if (provider !== undefined) demandMethods(name, provider, methods);
  }
  for (const detector of providers.detectors ?? []) demandMethods("detector", detector, ["detect"]);
}

function demandMethods(name: string, provider: unknown, methods: readonly string[]): void {
  for (const method of methods) {
    const has =
      typeof provider === "object" && provider !== null && typeof Reflect.get(provider, method) === "function";
    if (!has) throw new HaechiError("PROVIDER_INVALID", `${name} provider must implement ${method}()`);
  }
}
