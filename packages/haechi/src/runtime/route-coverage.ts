import type { Config } from "../config/schema.ts";
import { adapterOf } from "../config/sections/target.ts";
import { coverageOf, type RouteCoverage } from "../protocols/coverage.ts";
import { protocolFor } from "../protocols/registry.ts";

export type { BodyCoverage, RouteCoverage } from "../protocols/coverage.ts";

/** How each route of the target is looked into; empty for a wire format that this build does not speak. */
export function routeCoverage({ target }: Pick<Config, "target">): readonly RouteCoverage[] {
  const protocol = protocolFor(adapterOf(target));
  return protocol === null ? [] : coverageOf(protocol);
}
