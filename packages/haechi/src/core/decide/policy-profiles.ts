import { HaechiError } from "../errors.ts";
import type { Identity } from "../identity/identity.ts";
import { compilePolicy, type PolicySource } from "./compile-policy.ts";
import { compileToolPolicy, type ToolPolicySource } from "./compile-tool-policy.ts";
import type { Budget, Policy } from "./policy.ts";

/** What a profile changes about the base policy. */
export interface PolicyProfileSource {
  /** Replace the presets of the base. */
  readonly presets?: readonly string[] | undefined;
  /** Merged over the actions of the base. */
  readonly actions?: Readonly<Record<string, string>> | undefined;
  readonly modelAllowlist?: readonly string[] | null | undefined;
  readonly requestsPerMinute?: number | null | undefined;
  readonly budget?: Budget | undefined;
  /** Replaces what the base says of tools. */
  readonly tools?: ToolPolicySource | undefined;
}

/** Which identity gets which profile. */
export interface ProfileBinding {
  /** Scope to profile name. */
  readonly byScope?: Readonly<Record<string, string>> | undefined;
  /** Label, written `key=value`, to profile name. */
  readonly byLabel?: Readonly<Record<string, string>> | undefined;
  /** For an identity that nothing else matches. */
  readonly default: string;
}

/** The base policy, and the bound profiles when there are any. */
export interface PolicyProfiles {
  readonly base: Policy;
  readonly bound: BoundProfiles | null;
}

interface BoundProfiles {
  readonly byName: ReadonlyMap<string, Policy>;
  readonly byScope: ReadonlyMap<string, Policy>;
  readonly byLabel: ReadonlyMap<string, Policy>;
  readonly unmatched: Policy;
}

/**
 * Compiles the base policy and every profile.
 * @throws HaechiError POLICY_INVALID when profiles have no binding or a binding names none of them
 */
export function compilePolicyProfiles(
  source: PolicySource,
  profiles: Readonly<Record<string, PolicyProfileSource>> | null,
  binding: ProfileBinding | null,
  tools?: ToolPolicySource,
): PolicyProfiles {
  const base = compileWithTools(source, tools, null);
  if (profiles === null && binding === null) return { base, bound: null };
  if (profiles === null || binding === null) {
    throw new HaechiError("POLICY_INVALID", "policy.profiles and policy.profileBinding need each other");
  }

  const byName = new Map<string, Policy>();
  for (const [name, profile] of Object.entries(profiles)) {
    byName.set(name, compileProfile(source, base, name, { tools, ...profile }));
  }
  return {
    base,
    bound: {
      byName,
      byScope: bind(binding.byScope, "byScope", byName),
      byLabel: bind(binding.byLabel, "byLabel", byName),
      unmatched: declared(binding.default, "default", byName),
    },
  };
}

/**
 * The policy for a caller: by scope, then by label, then the default profile. The
 * base policy when no profiles are bound, and when there is no identity, which is
 * so only where no authentication is configured.
 */
export function choosePolicy(profiles: PolicyProfiles, identity: Identity | null): Policy {
  const { base, bound } = profiles;
  if (bound === null || identity === null) return base;
  for (const scope of identity.scopes) {
    const policy = bound.byScope.get(scope);
    if (policy !== undefined) return policy;
  }
  for (const [key, value] of Object.entries(identity.labels)) {
    const policy = bound.byLabel.get(`${key}=${value}`);
    if (policy !== undefined) return policy;
  }
  return bound.unmatched;
}

/**
 * The policy of a profile by its name; the base policy for null.
 * @throws HaechiError POLICY_INVALID when no profile has the name
 */
export function namedPolicy({ base, bound }: PolicyProfiles, name: string | null): Policy {
  if (name === null) return base;
  const policy = bound?.byName.get(name);
  if (policy !== undefined) return policy;
  throw new HaechiError("POLICY_INVALID", "policy.profiles has no profile of that name");
}

/** Every policy that a caller can get, the base first. */
export function everyPolicy({ base, bound }: PolicyProfiles): readonly Policy[] {
  if (bound === null) return [base];
  return [...new Set([base, ...bound.byScope.values(), ...bound.byLabel.values(), bound.unmatched])];
}

function compileProfile(source: PolicySource, base: Policy, name: string, profile: PolicyProfileSource): Policy {
  const policy = compileWithTools(
    {
      ...source,
      presets: profile.presets ?? source.presets,
      actions: { ...source.actions, ...profile.actions },
      modelAllowlist: profile.modelAllowlist === undefined ? source.modelAllowlist : profile.modelAllowlist,
      requestsPerMinute: profile.requestsPerMinute === undefined ? source.requestsPerMinute : profile.requestsPerMinute,
      budget: profile.budget ?? source.budget,
    },
    profile.tools,
    name,
  );
  // All profiles share one upstream: a base that refuses external ones does so for all.
  return { ...policy, allowsExternalUpstream: policy.allowsExternalUpstream && base.allowsExternalUpstream };
}

function compileWithTools(source: PolicySource, tools: ToolPolicySource | undefined, name: string | null): Policy {
  const policy = compilePolicy(source, name);
  return tools === undefined ? policy : { ...policy, tools: compileToolPolicy(tools, source, name) };
}

function bind(
  targets: Readonly<Record<string, string>> | undefined,
  member: "byScope" | "byLabel",
  byName: ReadonlyMap<string, Policy>,
): ReadonlyMap<string, Policy> {
  return new Map(Object.entries(targets ?? {}).map(([key, name]) => [key, declared(name, member, byName)]));
}

function declared(name: string, member: string, byName: ReadonlyMap<string, Policy>): Policy {
  const policy = byName.get(name);
  if (policy !== undefined) return policy;
  throw new HaechiError("POLICY_INVALID", `policy.profileBinding.${member} names a profile that policy.profiles lacks`);
}
