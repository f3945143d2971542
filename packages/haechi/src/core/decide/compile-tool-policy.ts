import { HaechiError, isHaechiError } from "../errors.ts";
import { ACTION_STRENGTH, type Action } from "./action.ts";
import { compilePolicy, type PolicySource } from "./compile-policy.ts";
import { decide } from "./decide.ts";
import type { Policy, RestoreSource, ToolPolicy, ToolRule } from "./policy.ts";

/** What an operator writes about tools. */
export interface ToolPolicySource extends Pick<ToolPolicy, "allow" | "deny" | "ask"> {
  readonly rules: readonly ToolRuleSource[];
}

export interface ToolRuleSource {
  readonly tools: readonly string[];
  readonly arguments?: ToolActionsSource | undefined;
  readonly results?: ToolActionsSource | undefined;
  readonly restoreTypes: readonly string[];
  readonly restoreFrom: RestoreSource;
}

export interface ToolActionsSource {
  /** Merged over the actions of the policy. */
  readonly actions?: Readonly<Record<string, string>> | undefined;
  /** What happens to every finding at least. */
  readonly atLeast?: Action | undefined;
}

/**
 * What a policy says of tools.
 * @throws HaechiError POLICY_INVALID, POLICY_WEAKENED
 */
export function compileToolPolicy(tools: ToolPolicySource, source: PolicySource, profile: string | null): ToolPolicy {
  const { allow, deny, ask } = tools;
  const rules = tools.rules.map((rule, index): ToolRule => {
    const compiled = (side: "arguments" | "results") => {
      try {
        return compileActions(rule[side] ?? {}, source, profile);
      } catch (error) {
        if (!isHaechiError(error)) throw error;
        throw new HaechiError(error.code, `tools.rules[${index}].${side}, as ${error.message}`, { cause: error });
      }
    };
    return {
      tools: rule.tools,
      arguments: compiled("arguments"),
      results: compiled("results"),
      restoreTypes: new Set(rule.restoreTypes),
      restoreFrom: rule.restoreFrom,
    };
  });
  const unknownResults =
    rules.length === 0
      ? null
      : [compileActions({}, source, profile), ...rules.map(({ results }) => results)].reduce(strongest);
  return { allow, deny, ask, rules, unknownResults };
}

function strongest(one: Policy, other: Policy): Policy {
  const types = new Set([...one.actions.keys(), ...other.actions.keys()]);
  const actionOf = (entityType: string, policy: Policy) => decide({ entityType, ruleId: "" }, policy).action;
  return {
    ...one,
    actions: new Map([...types].map((type) => [type, stronger(actionOf(type, one), actionOf(type, other))])),
    defaultAction: stronger(one.defaultAction, other.defaultAction),
  };
}

function stronger(one: Action, other: Action): Action {
  return ACTION_STRENGTH[one] < ACTION_STRENGTH[other] ? other : one;
}

function compileActions(
  { actions = {}, atLeast = "allow" }: ToolActionsSource,
  source: PolicySource,
  profile: string | null,
): Policy {
  const policy = compilePolicy({ ...source, actions: { ...source.actions, ...actions } }, profile);
  return {
    ...policy,
    actions: new Map([...policy.actions].map(([type, action]) => [type, stronger(action, atLeast)])),
    defaultAction: stronger(policy.defaultAction, atLeast),
  };
}
