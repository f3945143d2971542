import type { Config } from "../../config/schema.ts";
import { isHaechiError } from "../../core/errors.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, isGiven, reportOptions } from "../options.ts";
import { reported } from "../result.ts";
import { printable } from "../view.ts";
import { withVault } from "../with-vault.ts";

export const tokenReveal: Command = {
  arguments: [{ name: "token", description: "A vault token, tok_… ." }],
  options: [
    configOption,
    {
      name: "allow-dev-reveal",
      description: "Yes, show the value in clear. tokenVault.revealPolicy must be local-dev as well.",
    },
    ...reportOptions,
  ],
  members: ["token", "type", "plaintext"],
  exitCodes: [],
  examples: [
    {
      line: "haechi token-reveal tok_email_0123456789abcdef --allow-dev-reveal",
      purpose: "Show what a token stands for. Every attempt is recorded in the audit log.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const isAllowed = isGiven(given, "allow-dev-reveal");
    const token = given.arguments[0]!;
    const { type, plaintext } = await withVault(isAllowed ? config : withoutReveal(config), (vault) =>
      vault.reveal(token).catch((error: unknown) => {
        if (isAllowed || !isHaechiError(error, "REVEAL_DISABLED")) throw error;
        throw new CommandError("a value is shown only with --allow-dev-reveal, and tokenVault.revealPolicy local-dev");
      }),
    );
    return reported({ token, type, plaintext }, ({ facts }) =>
      facts([
        ["token", token],
        ["type", type],
        ["value", printable(plaintext)],
      ]),
    );
  },
};

/** The vault itself refuses, so that the attempt is recorded like every other one. */
function withoutReveal(config: Config): Config {
  return { ...config, tokenVault: { ...config.tokenVault, revealPolicy: "disabled" } };
}
