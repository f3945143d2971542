import type { Config } from "../config/schema.ts";
import { HaechiError } from "../core/errors.ts";
import {
  type AuditPseudonyms,
  createAuditPseudonyms,
  type PseudonymOptions,
} from "../engine/audit/audit-pseudonyms.ts";
import { createHaechi, type Haechi } from "../engine/create-haechi.ts";
import { createTokenVault, type TokenVault } from "../engine/vault/token-vault.ts";
import type { AuditSink } from "../ports/audit-sink.ts";
import type { Clock } from "../ports/clock.ts";
import type { CryptoProvider } from "../ports/crypto-provider.ts";
import type { Random } from "../ports/random.ts";
import type { TokenStore } from "../ports/token-store.ts";
import type { PassphraseSource } from "../providers/crypto/key-wrapping.ts";
import { createLocalCryptoProvider } from "../providers/crypto/local-crypto-provider.ts";
import { passphraseSource } from "../providers/crypto/passphrase-source.ts";
import { createSqlitePseudonymStore } from "../providers/storage/sqlite-pseudonym-store.ts";
import { createSqliteTokenStore } from "../providers/storage/sqlite-token-store.ts";
import { systemClock } from "../providers/system/system-clock.ts";
import { systemRandom } from "../providers/system/system-random.ts";
import { detectionRules } from "./detection-rules.ts";
import { documentFinder } from "./document-finder.ts";
import { type EffectivePolicy, effectivePolicy } from "./effective-policy.ts";
import { externalDetections } from "./external-detections.ts";
import { fileAudit } from "./file-audit.ts";
import { type Held, hold } from "./held.ts";
import { checkProviders, type Providers } from "./providers.ts";

/** Everything that protects and records, wired by a configuration; without the network side. */
export interface Runtime {
  readonly config: Config;
  readonly policy: EffectivePolicy;
  readonly haechi: Haechi;
  readonly vault: TokenVault;
  readonly crypto: CryptoProvider;
  readonly audit: AuditSink;
  /** Null when the audit log names callers as their authenticator does. */
  readonly pseudonyms: AuditPseudonyms | null;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * A runtime under another configuration, which records and keeps what it keeps where this one does. Closing it
   * ends what it does not share; this one goes on.
   * @param changed the keys in which the configurations differ; none of them needs a restart
   * @throws HaechiError CONFIG_INVALID, POLICY_INVALID, POLICY_WEAKENED
   */
  reconfigured(config: Config, changed: readonly string[]): Runtime;
  /** Ends threads, releases files and locks; what was recorded is durable already. */
  close(): Promise<void>;
}

/**
 * Builds a runtime. Files are touched only when something needs them.
 * @param passphrase of a wrapped key file; that of the environment or of `keys.passphraseFile` when left out
 * @throws HaechiError CONFIG_INVALID, POLICY_INVALID, POLICY_WEAKENED, PROVIDER_INVALID, KEY_FILE_INVALID, KEY_UNAVAILABLE
 */
export function createRuntime(
  config: Config,
  providers: Providers = {},
  passphrase: PassphraseSource = passphraseSource({ environment: process.env, file: config.keys.passphraseFile }),
): Runtime {
  checkProviders(providers);
  const policy = effectivePolicy(config);
  const clock = providers.clock ?? systemClock;
  const random = providers.random ?? systemRandom;
  const crypto = providers.crypto ?? localCrypto(config, clock, random, passphrase);
  const log = providers.audit ?? fileAudit(config, clock, random);
  const pseudonyms = auditPseudonyms(config, { audit: log, crypto, clock, random });
  const audit = pseudonyms?.audit ?? log;
  const store = providers.tokenStore ?? createSqliteTokenStore({ path: config.tokenVault.path });
  const shared: Shared = { crypto, audit, pseudonyms, store, clock, random };
  const runtime = runtimeUnder(config, policy, createProtection(config, providers, shared), providers, shared);
  return {
    ...runtime,
    async close() {
      await runtime.close();
      await audit.close();
      await store.close();
    },
  };
}

/** What every configuration of one process has in common. */
interface Shared extends Pick<Runtime, "crypto" | "audit" | "pseudonyms" | "clock" | "random"> {
  readonly store: TokenStore;
}

/** What finds, replaces and keeps by the rules of one configuration. */
type Protection = Pick<Runtime, "haechi" | "vault">;

function runtimeUnder(
  config: Config,
  policy: EffectivePolicy,
  protection: Held<Protection>,
  providers: Providers,
  shared: Shared,
): Runtime {
  const { haechi, vault } = protection.value;
  const { store: _, ...ports } = shared;
  return {
    config,
    policy,
    haechi,
    vault,
    ...ports,
    reconfigured(next, changed) {
      // Whoever compiles rules anew forgets what was found before, and pays for it with the first documents.
      const nextPolicy = effectivePolicy(next);
      const isKept = !changed.some(isAboutProtection);
      const nextProtection = isKept ? protection.share() : createProtection(next, providers, shared);
      return runtimeUnder(next, nextPolicy, nextProtection, providers, shared);
    },
    close: () => protection.release(),
  };
}

function isAboutProtection(key: string): boolean {
  return key.startsWith("filters.") || key.startsWith("tokenVault.") || key === "limits.maxNestingDepth";
}

function createProtection(config: Config, providers: Providers, shared: Shared): Held<Protection> {
  const { filters, tokenVault } = config;
  const { retentionDays, deterministic, deterministicTypes, revealPolicy } = tokenVault;
  const rules = detectionRules(config);
  const external = externalDetections(config, providers);
  const vault = createTokenVault({ ...shared, retentionDays, deterministic, deterministicTypes, revealPolicy });
  const finder = documentFinder(config);
  const haechi = createHaechi({
    ...shared,
    rules,
    finder,
    external,
    media: filters.media,
    tokenIds: filters.tokenIds,
    vault,
    depthMax: config.limits.maxNestingDepth,
  });
  return hold({ haechi, vault }, () => finder.close());
}

function localCrypto({ keys }: Config, clock: Clock, random: Random, passphrase: PassphraseSource): CryptoProvider {
  if (keys.provider === "external") {
    throw new HaechiError("PROVIDER_INVALID", "keys.provider is external, and no crypto provider was handed in");
  }
  return createLocalCryptoProvider({ keyFile: keys.keyFile, clock, random, passphrase });
}

function auditPseudonyms(
  { audit: { pseudonyms } }: Config,
  ports: Omit<PseudonymOptions, "store">,
): AuditPseudonyms | null {
  if (!pseudonyms.enabled) return null;
  return createAuditPseudonyms({ ...ports, store: createSqlitePseudonymStore({ path: pseudonyms.path }) });
}
