import { type EntityType, REPORT_ONLY_TYPES } from "../detect/entity-type.ts";
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

function actionFor(type: EntityType, policy: Policy): Action {
  return policy.actions.get(type) ?? (REPORT_ONLY_TYPES.has(type) ? "allow" : policy.defaultAction);
}
