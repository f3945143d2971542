import type { Command } from "../command.ts";
import { usageError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, isGiven, reportOptions } from "../options.ts";
import { reported } from "../result.ts";
import { withVault } from "../with-vault.ts";

export const tokenPurge: Command = {
  arguments: [{ name: "token", isOptional: true, description: "The vault token to delete." }],
  options: [configOption, { name: "expired", description: "Delete every token past its retention." }, ...reportOptions],
  members: ["result"],
  exitCodes: [],
  examples: [
    { line: "haechi token-purge tok_email_0123456789abcdef", purpose: "Delete a token; what it stood for is gone." },
    { line: "haechi token-purge --expired", purpose: "Delete what retention has ended for." },
  ],
  async run(given, io) {
    const [token] = given.arguments;
    if ((token === undefined) !== isGiven(given, "expired")) {
      throw usageError("token-purge takes either a token or --expired");
    }
    const { config } = readConfigurationAloud(given, io);
    const purged = await withVault(config, io, async (vault) =>
      token === undefined ? vault.purgeExpired() : Number(await vault.purge(token)),
    );
    // Whoever names a token wants it gone; one that is unknown may have been misspelt.
    const isDone = token === undefined || purged > 0;
    return reported(
      { result: { ok: isDone, purged } },
      ({ paint }) => (isDone ? paint.good(`Deleted: ${purged}.`) : paint.bad("The vault does not know this token.")),
      isDone ? 0 : 1,
    );
  },
};
