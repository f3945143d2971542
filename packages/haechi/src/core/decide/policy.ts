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
  /** Of servers of MCP. */
  readonly tools: ToolPolicy;
}

/** Which tools may be called, and what holds for them. Patterns are names, with `*` for any text and `?` for any character. */
export interface ToolPolicy {
  readonly allow: readonly string[];
  /** Stronger than `allow`. */
  readonly deny: readonly string[];
  /** A person has to agree to every call; without one it is refused. Weaker than `deny`. */
  readonly ask: readonly string[];
  /** The first that names a tool holds for it. */
  readonly rules: readonly ToolRule[];
  /** For what a tool says of which nothing is known: of all rules the strongest. Null where there are no rules. */
  readonly unknownResults: Policy | null;
}

export interface ToolRule {
  readonly tools: readonly string[];
  /** In the place of the policy, for calls and for what comes back of them. */
  readonly arguments: Policy;
  readonly results: Policy;
  /** Vault tokens of these types are put back into calls. */
  readonly restoreTypes: ReadonlySet<EntityType>;
  /** Which of them: those that the same session has issued, or all that the vault holds. */
  readonly restoreFrom: RestoreSource;
}

export const RESTORE_SOURCES = ["session", "vault"] as const;
export type RestoreSource = (typeof RESTORE_SOURCES)[number];

/** Every tool, without rules. */
export const ANY_TOOL: ToolPolicy = { allow: ["*"], deny: [], ask: [], rules: [], unknownResults: null };

/** Null is unlimited. */
export interface Budget {
  readonly requestsPerDay: number | null;
  /** Bytes of request bodies, as they were sent. */
  readonly bytesPerDay: number | null;
}
