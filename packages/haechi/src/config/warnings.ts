import { JURISDICTIONS } from "../core/decide/jurisdictions/registry.ts";
import { ENTITY_TYPES, HARD_BLOCK_TYPES } from "../core/detect/entity-type.ts";
import { isPrivateHost } from "../core/net/address-class.ts";
import { answerProtection } from "./answer-protection.ts";
import { type ConfigProblem, pathOf } from "./problem.ts";
import { providerKeyHeader } from "./provider-key-header.ts";
import type { Config } from "./schema.ts";
import { type ConfiguredUpstream, configuredUpstreams, sendsOwnKeys } from "./upstreams.ts";

/** A valid setting that does less than it seems to, or less than is safe. Shown at start and in the status. */
export type ConfigWarning = ConfigProblem;

/** Everything about a valid configuration that its operator should know. */
export function configWarnings(config: Config): readonly ConfigWarning[] {
  return [
    ...modeWarnings(config),
    ...unsafeOverrideWarnings(config),
    ...actionWarnings(config),
    ...passedTypeWarnings(config),
    ...profileWarnings(config),
    ...restoreWarnings(config),
    ...providerKeyWarnings(config),
  ];
}

function modeWarnings({ mode, policy }: Config): readonly ConfigWarning[] {
  if (policy.mode === undefined || policy.mode === mode) return [];
  return [{ path: "policy.mode", message: `${policy.mode} overrides mode ${mode}` }];
}

function unsafeOverrideWarnings({ policy }: Config): readonly ConfigWarning[] {
  if (!policy.allowUnsafeOverrides) return [];
  return [{ path: "policy.allowUnsafeOverrides", message: "policy.actions may be weaker than the presets" }];
}

/** A misspelt type would leave the type that was meant with its default action. */
function actionWarnings(config: Config): readonly ConfigWarning[] {
  const found = new Set<string>([...ENTITY_TYPES, ...config.filters.customRules.map((rule) => rule.type)]);
  return writtenActions(config)
    .filter(({ type }) => !found.has(type))
    .map(({ path }) => ({ path: pathOf(path), message: "no built-in detector and no custom rule finds this type" }));
}

/** What no dial can take out of the findings goes out all the same where its action is to allow it. */
function passedTypeWarnings(config: Config): readonly ConfigWarning[] {
  const { profile } = config.privacy;
  const required = profile === null ? {} : (JURISDICTIONS.get(profile)?.actions ?? {});
  return writtenActions(config)
    .filter(({ type, action }) => action === "allow" && HARD_BLOCK_TYPES.has(type) && !Object.hasOwn(required, type))
    .map(({ path, type }) => ({ path: pathOf(path), message: `allow lets every ${type} through as it is` }));
}

interface WrittenAction {
  readonly path: readonly string[];
  readonly type: string;
  readonly action: string;
}

/** The actions that the operator has written, of the base policy and of profiles. */
function writtenActions({ policy }: Config): readonly WrittenAction[] {
  const sources = [
    { at: ["policy"], actions: policy.actions },
    ...Object.entries(policy.profiles ?? {}).map(([name, { actions = {} }]) => ({
      at: ["policy", "profiles", name],
      actions,
    })),
  ];
  return sources.flatMap(({ at, actions }) =>
    Object.entries(actions).map(([type, action]) => ({ path: [...at, "actions", type], type, action })),
  );
}

function profileWarnings({ policy, auth }: Config): readonly ConfigWarning[] {
  const binding = policy.profileBinding;
  if (binding === undefined) return [];
  if (auth.provider === "none") {
    return [
      {
        path: "policy.profileBinding",
        message: "has no effect: with auth.provider none the base policy applies to all",
      },
    ];
  }
  return Object.keys(binding.byLabel ?? {})
    .filter((label) => !auth.allowedLabelKeys.includes(label.slice(0, label.indexOf("="))))
    .map((label) => ({
      path: pathOf(["policy", "profileBinding", "byLabel", label]),
      message: "never matches: auth.allowedLabelKeys does not keep this label",
    }));
}

function restoreWarnings(config: Config): readonly ConfigWarning[] {
  if (!config.tokenVault.detokenizeResponses || answerProtection(config).responseProtection.enabled) return [];
  return [
    { path: "tokenVault.detokenizeResponses", message: "has no effect over HTTP without responseProtection.enabled" },
  ];
}

function providerKeyWarnings(config: Config): readonly ConfigWarning[] {
  const upstreams = configuredUpstreams(config);
  const isPlain = ({ baseUrl }: ConfiguredUpstream) => baseUrl.protocol === "http:";
  const exposed = upstreams.filter((one) => isPlain(one) && !isPrivateHost(one.baseUrl.hostname));
  const inClear = exposed.flatMap(({ auth }) => (auth === null ? [] : [auth.path]));
  if (inClear.length > 0) {
    const message = "the key goes over a connection that is not encrypted";
    return [...new Set(inClear)].map((path) => ({ path, message }));
  }
  // An upstream without TLS is one's own, and those need no key as a rule.
  if (sendsOwnKeys(config) || upstreams.every(isPlain) || config.auth.provider !== "bearer") return [];
  if (config.auth.header !== "authorization" || providerKeyHeader(config) !== "authorization") return [];
  return [
    { path: "target.auth", message: "unset: the Authorization of clients stays here, so no key reaches the upstream" },
  ];
}
