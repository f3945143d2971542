import type { EntityType } from "../detect/entity-type.ts";
import { HaechiError } from "../errors.ts";
import { ACTION_STRENGTH, ACTIONS, type Action } from "./action.ts";
import { JURISDICTIONS } from "./jurisdictions/registry.ts";
import { ANY_TOOL, type Budget, type Policy } from "./policy.ts";
import type { Preset } from "./presets/preset.ts";
import { PRESETS } from "./presets/registry.ts";

/** What an operator writes about a policy. Names and actions are checked here. */
export interface PolicySource {
  /** Merged in order. */
  readonly presets: readonly string[];
  /** For types that nothing maps; a preset that sets a stronger or equal one replaces it. */
  readonly defaultAction: string;
  readonly actions: Readonly<Record<string, string>>;
  /** Lets `actions` be weaker than the presets. */
  readonly allowUnsafeOverrides: boolean;
  /** Name of a jurisdiction, which only strengthens. */
  readonly privacyProfile: string | null;
  /** Null or empty allows every model. */
  readonly modelAllowlist: readonly string[] | null;
  readonly requestsPerMinute: number | null;
  /** Unlimited when left out. */
  readonly budget?: Budget | undefined;
}

/** An entry of `actions` that stands although a preset asks for more. */
export interface WeakenedAction {
  readonly entityType: EntityType;
  readonly preset: string;
  readonly from: Action;
  readonly to: Action;
}

/**
 * The policy that a source describes, but for tools: presets in order, then the operator's own
 * actions, then the jurisdiction at maximum strength.
 * @param profile name of the policy profile it stands for; null for the base policy
 * @throws HaechiError POLICY_INVALID for an unknown name, POLICY_WEAKENED for a weaker action
 */
export function compilePolicy(source: PolicySource, profile: string | null): Policy {
  const presets = readPresets(source.presets);
  const jurisdiction = readJurisdictionActions(source.privacyProfile);
  const configuredDefault = readAction(source.defaultAction, "policy.defaultAction");
  const defaultAction = presets.map((preset) => preset.defaultAction).reduce<Action>(keepStronger, configuredDefault);

  const fromPresets = mergePresets(presets);
  const own = readOwnActions(source.actions, jurisdiction);
  const weakened = findWeakened(fromPresets, own);
  if (weakened[0] !== undefined && !source.allowUnsafeOverrides) throw weakeningError(weakened[0]);

  const actions = new Map<EntityType, Action>();
  for (const [type, set] of fromPresets) actions.set(type, set.action);
  for (const [type, action] of own) actions.set(type, action);
  for (const [type, action] of jurisdiction) {
    if (!own.has(type)) actions.set(type, strengthen(actions.get(type), action, defaultAction));
  }

  return {
    profile,
    actions,
    defaultAction,
    modelAllowlist: readModelAllowlist(source.modelAllowlist),
    requestsPerMinute: readLimit(source.requestsPerMinute, "rate.requestsPerMinute"),
    budget: {
      requestsPerDay: readLimit(source.budget?.requestsPerDay ?? null, "budget.requestsPerDay"),
      bytesPerDay: readLimit(source.budget?.bytesPerDay ?? null, "budget.bytesPerDay"),
    },
    allowsExternalUpstream: !presets.some((preset) => preset.refusesExternalUpstream),
    tools: ANY_TOOL,
  };
}

/** The operator's actions that are weaker than a preset; to be shown at start and in the status. */
export function weakenedActions(source: PolicySource): readonly WeakenedAction[] {
  const own = readOwnActions(source.actions, readJurisdictionActions(source.privacyProfile));
  return findWeakened(mergePresets(readPresets(source.presets)), own);
}

interface PresetAction {
  readonly action: Action;
  readonly preset: string;
}

function readPresets(names: readonly string[]): readonly Preset[] {
  return names.map((name, index) => {
    const preset = PRESETS.get(name);
    if (preset !== undefined) return preset;
    throw new HaechiError(
      "POLICY_INVALID",
      `policy.presets[${index}] is not a preset; presets are ${[...PRESETS.keys()].join(", ")}`,
    );
  });
}

function mergePresets(presets: readonly Preset[]): ReadonlyMap<EntityType, PresetAction> {
  const merged = new Map<EntityType, PresetAction>();
  for (const preset of presets) {
    for (const [type, action] of Object.entries(preset.actions)) {
      const earlier = merged.get(type);
      // Between presets no flag helps: the order that strengthens says the same without a risk.
      if (earlier !== undefined && isWeaker(action, earlier.action)) {
        throw new HaechiError(
          "POLICY_WEAKENED",
          `preset ${preset.name} sets ${type} to ${action}, weaker than ${earlier.action} from preset ${earlier.preset}; name it before ${earlier.preset}`,
        );
      }
      merged.set(type, { action, preset: preset.name });
    }
  }
  return merged;
}

/** A jurisdiction applies to what the operator wrote before that is held against the presets. */
function readOwnActions(
  written: Readonly<Record<string, string>>,
  jurisdiction: ReadonlyMap<EntityType, Action>,
): ReadonlyMap<EntityType, Action> {
  return new Map(
    Object.entries(written).map(([type, name]) => {
      const asked = readAction(name, `policy.actions.${type}`);
      const required = jurisdiction.get(type);
      return [type, required !== undefined && isWeaker(asked, required) ? required : asked];
    }),
  );
}

function findWeakened(
  fromPresets: ReadonlyMap<EntityType, PresetAction>,
  own: ReadonlyMap<EntityType, Action>,
): readonly WeakenedAction[] {
  const weakened: WeakenedAction[] = [];
  for (const [entityType, to] of own) {
    const preset = fromPresets.get(entityType);
    if (preset !== undefined && isWeaker(to, preset.action)) {
      weakened.push({ entityType, preset: preset.preset, from: preset.action, to });
    }
  }
  return weakened;
}

function weakeningError({ entityType, preset, from, to }: WeakenedAction): HaechiError {
  return new HaechiError(
    "POLICY_WEAKENED",
    `policy.actions sets ${entityType} to ${to}, weaker than ${from} from preset ${preset}; policy.allowUnsafeOverrides permits it`,
  );
}

function readJurisdictionActions(name: string | null): ReadonlyMap<EntityType, Action> {
  if (name === null) return new Map();
  const jurisdiction = JURISDICTIONS.get(name);
  if (jurisdiction === undefined) {
    throw new HaechiError(
      "POLICY_INVALID",
      `privacy.profile is not a privacy profile; profiles are ${[...JURISDICTIONS.keys()].join(", ")}`,
    );
  }
  return new Map(Object.entries(jurisdiction.actions));
}

/** A type that nothing maps has the default action, which a jurisdiction must not weaken either. */
function strengthen(mapped: Action | undefined, required: Action, defaultAction: Action): Action {
  if (mapped === undefined) return isWeaker(required, defaultAction) ? defaultAction : required;
  return isWeaker(mapped, required) ? required : mapped;
}

function keepStronger(current: Action, next: Action | undefined): Action {
  return next === undefined || isWeaker(next, current) ? current : next;
}

function isWeaker(action: Action, than: Action): boolean {
  return ACTION_STRENGTH[action] < ACTION_STRENGTH[than];
}

function readAction(name: string, place: string): Action {
  const action = ACTIONS.find((known) => known === name);
  if (action !== undefined) return action;
  throw new HaechiError("POLICY_INVALID", `${place} is not an action; actions are ${ACTIONS.join(", ")}`);
}

function readModelAllowlist(models: readonly string[] | null): ReadonlySet<string> | null {
  return models === null || models.length === 0 ? null : new Set(models);
}

function readLimit(limit: number | null, place: string): number | null {
  if (limit === null || (Number.isFinite(limit) && limit >= 1)) return limit;
  throw new HaechiError("POLICY_INVALID", `policy.${place} must be a number of at least 1`);
}
