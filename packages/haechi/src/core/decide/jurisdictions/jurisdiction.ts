import type { BuiltInEntityType } from "../../detect/entity-type.ts";
import type { Action } from "../action.ts";

/** A regional baseline: it makes a policy stronger and never weaker. */
export interface Jurisdiction {
  readonly name: string;
  readonly region: "KR" | "EU" | "ASIA" | "US" | "JP";
  /** The laws that the baseline was written for. It is a technical default, not legal advice. */
  readonly regulations: readonly string[];
  readonly transfer: {
    /** True when sending personal data abroad asks for an assessment first. */
    readonly requiresAssessment: boolean;
    readonly note: string;
  };
  readonly actions: Readonly<Partial<Record<BuiltInEntityType, Action>>>;
}
