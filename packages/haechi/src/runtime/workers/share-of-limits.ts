import { availableParallelism } from "node:os";
import type { Config } from "../../config/schema.ts";

/** How many processes a configuration asks for on this machine. */
export function workerCount({ proxy, limits }: Config, cores: number = availableParallelism()): number {
  if (proxy.workers !== "auto") return proxy.workers;
  // Each of them has to have one exchange at least.
  return limits.maxInFlight === 0 ? cores : Math.min(cores, limits.maxInFlight);
}

/** What of the limits of a gateway one of its processes has; together they have the whole. */
export function shareOfLimits(
  config: Config,
  { slot, count }: { readonly slot: number; readonly count: number },
): Config {
  const { maxInFlight } = config.limits;
  const share = Math.floor(maxInFlight / count) + (slot < maxInFlight % count ? 1 : 0);
  return { ...config, limits: { ...config.limits, maxInFlight: share } };
}
