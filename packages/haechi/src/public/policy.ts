export { ACTION_STRENGTH, ACTIONS, type Action } from "../core/decide/action.ts";
export {
  compilePolicy,
  type PolicySource,
  type WeakenedAction,
  weakenedActions,
} from "../core/decide/compile-policy.ts";
export { type Decision, decide } from "../core/decide/decide.ts";
export { enforces, MODES, type Mode } from "../core/decide/mode.ts";
export type { Policy } from "../core/decide/policy.ts";
export {
  choosePolicy,
  compilePolicyProfiles,
  type PolicyProfileSource,
  type PolicyProfiles,
  type ProfileBinding,
} from "../core/decide/policy-profiles.ts";
export type { Preset } from "../core/decide/presets/preset.ts";
export { PRESETS } from "../core/decide/presets/registry.ts";
export { type ResolvedOverlaps, resolveOverlaps } from "../core/decide/resolve-overlaps.ts";
