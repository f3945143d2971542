import type { Config } from "../config/schema.ts";
import { compileDetectors } from "../core/detect/compile.ts";
import { compileCustomRule } from "../core/detect/custom-rule.ts";
import type { Detector } from "../core/detect/detector.ts";
import { compileAllowlist } from "../core/detect/precision.ts";
import { builtInDetectors } from "../core/detect/registry.ts";
import type { DetectionRules, FindingRules } from "../core/inspect.ts";
import { builtInTables } from "./built-in-tables.ts";

/** What a configuration looks for, and what it leaves alone. */
export function detectionRules({ filters }: Config): DetectionRules {
  return {
    ...findingRules(filters),
    precision: { minConfidence: filters.minConfidence, allowlist: compileAllowlist(filters.allowlist) },
  };
}

/** The part of a configuration that decides what is found; plain data. */
export type FindingConfig = Pick<Config["filters"], "customRules" | "decodeAndRescan" | "injectionDirections">;

/** What a configuration looks for. */
export function findingRules(filters: FindingConfig): FindingRules {
  return {
    compiled: compileDetectors(detectorsFor(filters), filters.customRules.map(compileCustomRule), builtInTables()),
    decodeAndRescan: filters.decodeAndRescan,
  };
}

/** The built-in detectors, those of injections in the directions that the configuration names. */
export function detectorsFor({ injectionDirections }: FindingConfig): readonly Detector[] {
  const [only, other] = new Set(injectionDirections);
  if (only === "response" && other === undefined) return builtInDetectors;
  return builtInDetectors.map((detector) => {
    if (detector.entityType !== "injection") return detector;
    const { direction: _, ...both } = detector;
    return other === undefined && only !== undefined ? { ...both, direction: only } : both;
  });
}
