import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, reportOptions, textOf } from "../options.ts";
import { reported } from "../result.ts";
import { withVault } from "../with-vault.ts";

export const tokenExport: Command = {
  arguments: [],
  options: [
    configOption,
    { name: "type", value: "<type>", description: "Only tokens of this entity type." },
    ...reportOptions,
  ],
  members: ["tokens"],
  exitCodes: [],
  examples: [{ line: "haechi token-export --type email", purpose: "Which email tokens there are, and until when." }],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const type = textOf(given, "type");
    const tokens = await withVault(config, io, (vault) => vault.exportMetadata(type === undefined ? {} : { type }));
    return reported({ tokens }, ({ table }) =>
      tokens.length === 0
        ? "There are no tokens."
        : table(
            ["token", "type", "created", "expires"],
            tokens.map((entry) => [entry.token, entry.type, entry.createdAt, entry.expiresAt]),
          ),
    );
  },
};
