import { effectiveMode } from "../config/effective-mode.ts";
import type { Config } from "../config/schema.ts";
import { configuredUpstreams } from "../config/upstreams.ts";
import type { PolicySource } from "../core/decide/compile-policy.ts";
import type { Mode } from "../core/decide/mode.ts";
import type { Budget } from "../core/decide/policy.ts";
import {
  compilePolicyProfiles,
  everyPolicy,
  type PolicyProfileSource,
  type PolicyProfiles,
} from "../core/decide/policy-profiles.ts";
import { HaechiError } from "../core/errors.ts";
import { isPrivateHost } from "../core/net/address-class.ts";

/** The mode and the policies of a configuration, decided once for everything that runs under it. */
export interface EffectivePolicy {
  readonly requestMode: Mode;
  readonly responseMode: Mode;
  readonly streamMode: Mode;
  readonly profiles: PolicyProfiles;
}

/**
 * Compiles what a configuration says about policy.
 * @throws HaechiError POLICY_INVALID, POLICY_WEAKENED, or CONFIG_INVALID for an
 *   upstream outside the private network under a policy that keeps everything inside
 */
export function effectivePolicy(config: Config): EffectivePolicy {
  if (config.policy.bundlePath !== undefined) {
    throw new HaechiError("CONFIG_INVALID", "policy.bundlePath: this build does not load signed policy bundles");
  }
  const { profiles, profileBinding } = config.policy;
  const compiled = compilePolicyProfiles(
    policySource(config),
    profiles === undefined ? null : mapValues(profiles, profileSource),
    profileBinding ?? null,
    config.mcp.tools,
  );
  requireLocalUpstream(config, compiled);
  return {
    requestMode: effectiveMode(config),
    responseMode: config.responseProtection.mode,
    streamMode: config.streaming.responseMode,
    profiles: compiled,
  };
}

type ProfileConfig = NonNullable<Config["policy"]["profiles"]>[string];

function policySource({ policy, privacy, filters }: Config): PolicySource {
  return {
    presets: policy.presets,
    defaultAction: policy.defaultAction,
    actions: { ...ruleActions(filters), ...policy.actions },
    allowUnsafeOverrides: policy.allowUnsafeOverrides,
    privacyProfile: privacy.profile,
    modelAllowlist: policy.modelAllowlist ?? null,
    requestsPerMinute: policy.rate?.requestsPerMinute ?? null,
    budget: budgetOf(policy.budget),
  };
}

/** The actions that rules of the operator's own bring for their types. */
function ruleActions({ customRules }: Config["filters"]): Readonly<Record<string, string>> {
  return Object.fromEntries(customRules.flatMap(({ type, action }) => (action === undefined ? [] : [[type, action]])));
}

function profileSource({ presets, actions, modelAllowlist, rate, budget, tools }: ProfileConfig): PolicyProfileSource {
  return {
    presets,
    actions,
    modelAllowlist,
    requestsPerMinute: rate?.requestsPerMinute,
    budget: budgetOf(budget),
    ...(tools === undefined ? {} : { tools }),
  };
}

function budgetOf(budget: Config["policy"]["budget"]): Budget | undefined {
  if (budget === undefined) return undefined;
  return { requestsPerDay: budget.requestsPerDay ?? null, bytesPerDay: budget.bytesPerDay ?? null };
}

function requireLocalUpstream({ target }: Config, profiles: PolicyProfiles): void {
  if (everyPolicy(profiles).every(({ allowsExternalUpstream }) => allowsExternalUpstream)) return;
  const external = configuredUpstreams({ target }).find(({ baseUrl }) => !isPrivateHost(baseUrl.hostname));
  if (external === undefined) return;
  throw new HaechiError(
    "CONFIG_INVALID",
    `${external.path}: the preset local-only asks for an upstream on this machine or in a private network, by address`,
  );
}

function mapValues<Value, Mapped>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Mapped,
): Record<string, Mapped> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
