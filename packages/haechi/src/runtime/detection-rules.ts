import type { Config } from "../config/schema.ts";
import type { Detector } from "../core/detect/detector.ts";
import { lazily } from "../core/detect/lazily.ts";
import { compileAllowlist } from "../core/detect/precision.ts";
import { builtInDetectors } from "../core/detect/registry.ts";
import { type CompiledDetectors, compileDetectors } from "../core/detect/rules/compile.ts";
import { compileCustomRule } from "../core/detect/rules/custom-rule.ts";
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
  return { compiled: compiledRules(filters), decodeAndRescan: filters.decodeAndRescan };
}

function compiledRules(filters: FindingConfig): CompiledDetectors {
  const detectors = detectorsFor(filters);
  if (detectors === builtInDetectors && filters.customRules.length === 0) return compiledBuiltIns();
  return compileDetectors(detectors, filters.customRules.map(compileCustomRule), builtInTables());
}

/** Made once: what is configured anew, and all gateways of a process, look for the same with the same tables. */
const compiledBuiltIns = lazily(() => compileDetectors(builtInDetectors, [], builtInTables()));

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
