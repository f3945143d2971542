import { listTokens } from "../../providers/auth/bearer-file.ts";
import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, reportOptions } from "../options.ts";
import { reported } from "../result.ts";

export const authList: Command = {
  arguments: [],
  options: [configOption, ...reportOptions],
  members: ["tokens"],
  exitCodes: [],
  examples: [{ line: "haechi auth list", purpose: "Which tokens there are, without what would let anybody use them." }],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const records = await listTokens(config.auth.store);
    const tokens = records.map(({ tokenHash: _, ...token }) => token);
    return reported({ tokens }, ({ table }) =>
      tokens.length === 0
        ? "There are no tokens."
        : table(
            ["id", "type", "scopes", "labels", "created", "state"],
            tokens.map(({ id, type, scopes, labels, createdAt, disabled }) => [
              id,
              type,
              scopes.join(" "),
              Object.entries(labels)
                .map(([key, value]) => `${key}=${value}`)
                .join(" "),
              createdAt,
              disabled ? "revoked" : "active",
            ]),
          ),
    );
  },
};
