import type { EntityType } from "../detect/entity-type.ts";
import type { Action } from "./action.ts";

/** A compiled policy: what happens to each type of finding, and who may use what. */
export interface Policy {
  /** Name of the policy profile it stands for; null for the base policy. */
  readonly profile: string | null;
  readonly actions: ReadonlyMap<EntityType, Action>;
  /** For types without an entry; those in `REPORT_ONLY_TYPES` are `allow` unless they have one. */
  readonly defaultAction: Action;
  /** Models that may be asked; null allows all. */
  readonly modelAllowlist: ReadonlySet<string> | null;
  /** Requests per minute and identity; null is unlimited. */
  readonly requestsPerMinute: number | null;
  /** What all identities under this policy have together. */
  readonly budget: Budget;
  /** False when a preset says that nothing may leave the machine or its private network. */
  readonly allowsExternalUpstream: boolean;
}

/** Null is unlimited. */
export interface Budget {
  readonly requestsPerDay: number | null;
  /** Bytes of request bodies, as they were sent. */
  readonly bytesPerDay: number | null;
}
