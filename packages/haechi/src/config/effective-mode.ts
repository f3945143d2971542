import type { Mode } from "../core/decide/mode.ts";
import type { Config } from "./schema.ts";

/** The mode of the request direction: `policy.mode` when it is set, else `mode`. */
export function effectiveMode(config: Pick<Config, "mode" | "policy">): Mode {
  return config.policy.mode ?? config.mode;
}
