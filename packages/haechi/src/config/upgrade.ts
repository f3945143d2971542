import type { ConfigProblem, RawConfig } from "./problem.ts";

/** Grows only together with a breaking change of the schema. */
export const CURRENT_CONFIG_VERSION = 1;

/**
 * Refuses a configuration that was written for a newer build: any key of it may
 * mean something else there. An absent version is the current one.
 */
export function versionProblem({ configVersion }: RawConfig): ConfigProblem | null {
  const isNewer = Number.isInteger(configVersion) && (configVersion as number) > CURRENT_CONFIG_VERSION;
  if (!isNewer) return null; // the schema reports what is no version at all
  return {
    path: "configVersion",
    message: `expected at most ${CURRENT_CONFIG_VERSION}: the file is for a newer haechi; upgrade haechi, or lower configVersion if the file uses nothing newer`,
  };
}
