import { backUpVault } from "../../providers/storage/vault-file.ts";
import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, reportOptions } from "../options.ts";
import { reported } from "../result.ts";
import { recordedForVault } from "../vault-operations.ts";
import { withRuntime } from "../with-runtime.ts";

export const vaultBackup: Command = {
  arguments: [{ name: "file", description: "File to write; there must be none yet." }],
  options: [configOption, ...reportOptions],
  members: ["path", "tokens"],
  exitCodes: [],
  examples: [
    {
      line: "haechi vault backup vault.backup.sqlite",
      purpose: "Copy the vault as it is at one moment, while the gateway runs. The values stay encrypted in the copy.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const path = given.arguments[0]!;
    const tokens = await withRuntime(config, io, (runtime) =>
      recordedForVault(runtime, "backup", () => backUpVault(config.tokenVault.path, path)),
    );
    return reported({ path, tokens }, ({ paint }) =>
      [
        paint.good(`Tokens in the backup: ${tokens}.`),
        "It is of use only together with the key file; keep the two apart.",
      ].join("\n"),
    );
  },
};
