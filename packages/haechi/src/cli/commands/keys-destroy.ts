import { destroyKey } from "../../providers/crypto/key-custody.ts";
import { changeKeys } from "../change-keys.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, isGiven, reportOptions } from "../options.ts";
import { reported } from "../result.ts";

export const keysDestroy: Command = {
  arguments: [{ name: "kid", description: "Id of a retired key, as keys list shows it." }],
  options: [
    configOption,
    { name: "yes", description: "Yes, what only this key opens may be lost for good." },
    ...reportOptions,
  ],
  members: ["kid", "tokensLost"],
  exitCodes: [],
  examples: [
    {
      line: "haechi keys destroy local-1767225600000-a1b2c3",
      purpose: "Say what would be lost. With --yes it is done, and nobody can undo it.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const kid = given.arguments[0]!;
    const tokensLost = await changeKeys(config, io, async ({ keyFile, recorded, runtime, ...ports }) => {
      const sealed = await runtime.vault.countSealedUnder(kid);
      if (!isGiven(given, "yes")) {
        throw new CommandError(
          `without this key ${sealed} tokens of the vault, and every encrypted marker that it sealed, can never be opened again; --yes destroys it`,
        );
      }
      await recorded("destroy", kid, () => destroyKey(keyFile, kid, ports));
      return sealed;
    });
    return reported({ kid, tokensLost }, ({ paint }) =>
      [
        paint.good(`${kid} is destroyed.`),
        `Tokens of the vault that it held: ${tokensLost}. Copies of the key file that were made before still hold the key.`,
      ].join("\n"),
    );
  },
};
