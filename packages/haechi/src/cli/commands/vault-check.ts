import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, reportOptions } from "../options.ts";
import { reported } from "../result.ts";
import { checkLines, checkVault, isWhole } from "../vault-operations.ts";
import { withRuntime } from "../with-runtime.ts";

export const vaultCheck: Command = {
  arguments: [
    { name: "file", isOptional: true, description: "A backup; the vault of the configuration when left out." },
  ],
  options: [configOption, ...reportOptions],
  members: ["ok", "path", "problems", "tokens", "expired", "damaged", "unopened", "byKey"],
  exitCodes: [],
  examples: [
    {
      line: "haechi vault check",
      purpose: "Look through the file, and open every token without showing it. The gateway may run meanwhile.",
    },
    { line: "haechi vault check backup.sqlite", purpose: "Whether a backup is whole, and the keys here open it." },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const path = given.arguments[0] ?? config.tokenVault.path;
    const check = await withRuntime(config, io, (runtime) => checkVault(path, runtime));
    const ok = isWhole(check);
    return reported(
      { ok, path, ...check },
      (view) => [...checkLines(check, view), ...(ok ? [view.paint.good("The vault is whole.")] : [])].join("\n"),
      ok ? 0 : 1,
    );
  },
};
