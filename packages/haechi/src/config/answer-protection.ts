import { effectiveMode } from "./effective-mode.ts";
import type { Config } from "./schema.ts";
import { adapterOf } from "./sections/target.ts";

/**
 * What holds for what the target answers. Messages of a server of MCP are protected like those of its clients, in a
 * stream or not, as the section `mcp` has it.
 */
export function answerProtection(config: Config): Pick<Config, "responseProtection" | "streaming"> {
  const { target, mcp, responseProtection, streaming } = config;
  if (adapterOf(target) !== "mcp") return config;
  const mode = effectiveMode(config);
  return {
    responseProtection: { ...responseProtection, enabled: mcp.protectResults, mode, failureMode: "fail-closed" },
    streaming: { ...streaming, requestMode: "inspect", responseMode: mcp.protectResults ? mode : "dry-run" },
  };
}
