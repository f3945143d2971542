import { readJsonVault } from "../../providers/storage/json-vault-file.ts";
import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, reportOptions } from "../options.ts";
import { reported } from "../result.ts";
import { withVault } from "../with-vault.ts";

export const vaultImport: Command = {
  arguments: [{ name: "file", description: "A JSON vault of the published format." }],
  options: [configOption, ...reportOptions],
  members: ["ok", "imported", "known", "expired", "rejected"],
  exitCodes: [],
  examples: [
    {
      line: "haechi vault import .haechi/token-vault.json",
      purpose: "Take its tokens over, sealed anew. Its key file must be keys.keyFile; it stays as it is.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const records = readJsonVault(given.arguments[0]!);
    const outcome = await withVault(config, io, (vault) => vault.importRecords(records));
    const ok = outcome.rejected === 0;
    return reported(
      { ok, ...outcome },
      ({ facts, paint }) =>
        [
          facts([
            ["imported", String(outcome.imported)],
            ["in the vault already", String(outcome.known)],
            ["past their retention", String(outcome.expired)],
            ["opened by no key here, or malformed", String(outcome.rejected)],
          ]),
          ok ? paint.good("Every token that is still good is in the vault.") : paint.bad("Some were left out."),
        ].join("\n"),
      ok ? 0 : 1,
    );
  },
};
