export { type Detected, type DetectOptions, detect } from "../core/detect/detect.ts";
export type { Anchor, ContextWords, Detector, DetectorSamples } from "../core/detect/detector.ts";
export { type BuiltInEntityType, ENTITY_TYPES, type EntityType, HARD_BLOCK_TYPES } from "../core/detect/entity-type.ts";
export type { Direction, Finding } from "../core/detect/finding.ts";
export {
  type Allowlist,
  type AllowlistEntry,
  applyPrecision,
  compileAllowlist,
  type PrecisionDials,
} from "../core/detect/precision.ts";
export { builtInDetectors } from "../core/detect/registry.ts";
export { type CompiledDetectors, checkAndCompile, compileDetectors } from "../core/detect/rules/compile.ts";
export { type CompiledCustomRule, type CustomRule, compileCustomRule } from "../core/detect/rules/custom-rule.ts";
export { type ScanOptions, scanDocument } from "../core/detect/scan/scan.ts";
