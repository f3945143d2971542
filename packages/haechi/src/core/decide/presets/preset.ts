import type { BuiltInEntityType } from "../../detect/entity-type.ts";
import type { Action } from "../action.ts";

/** A named starting point of a policy, by use. */
export interface Preset {
  readonly name: string;
  /** One line for the reference page. */
  readonly summary: string;
  readonly defaultAction?: Action;
  readonly actions: Readonly<Partial<Record<BuiltInEntityType, Action>>>;
  /** True when nothing may leave the machine or its private network. */
  readonly refusesExternalUpstream?: true;
}
