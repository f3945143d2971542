import type { EntityType } from "../detect/entity-type.ts";
import type { Finding } from "../detect/finding.ts";
import type { Action } from "./action.ts";
import type { Policy } from "./policy.ts";

/** What happens to one finding, and why. */
export interface Decision {
  readonly action: Action;
  /** `matched:<rule id>`. */
  readonly reason: string;
}

/** The decision of a policy about a finding. */
export function decide(finding: Pick<Finding, "entityType" | "ruleId">, policy: Policy): Decision {
  return { action: actionFor(finding.entityType, policy), reason: `matched:${finding.ruleId}` };
}

// Injection rules are heuristics over the words of a model: they only report until
// an operator says otherwise, whatever the default action is.
function actionFor(type: EntityType, policy: Policy): Action {
  return policy.actions.get(type) ?? (type === "injection" ? "allow" : policy.defaultAction);
}
