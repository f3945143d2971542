import { destroyKey } from "../../providers/crypto/key-custody.ts";
import { describeKeyFile } from "../../providers/crypto/key-file.ts";
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
    { name: "yes", description: "Yes, destroy it: encrypted markers that it sealed can never be opened again." },
    {
      name: "lose-tokens",
      description: "Yes, destroy it although tokens of the vault are sealed under it; their values are lost for good.",
    },
    ...reportOptions,
  ],
  members: ["kid", "tokensLost"],
  exitCodes: [],
  examples: [
    {
      line: "haechi keys destroy local-1767225600000-a1b2c3",
      purpose:
        "Say what would be lost. With --yes it is done, when no token of the vault needs the key any more; see vault reseal.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const kid = given.arguments[0]!;
    const isLossAllowed = isGiven(given, "lose-tokens");
    const tokensLost = await changeKeys(config, io, async ({ keyFile, recorded, runtime, ...ports }) => {
      const sealed = await runtime.vault.countSealedUnder(kid);
      if (!isGiven(given, "yes")) throw new CommandError(whatWouldBeLost(sealed));
      if (!isLossAllowed && sealed > 0) {
        throw new CommandError(
          `${sealed} tokens of the vault are sealed under this key: haechi vault reseal seals them under the active one; with --lose-tokens they are lost`,
        );
      }
      if (!isLossAllowed && isStillSettling(keyFile, kid, runtime.clock.now())) {
        throw new CommandError(
          `the key was retired less than ${SETTLING_MS / 1000} seconds ago, and a gateway that runs may just be sealing under it; try again later`,
        );
      }
      await recorded("destroy", kid, () => destroyKey(keyFile, kid, ports));
      return sealed;
    });
    return reported({ kid, tokensLost }, ({ paint }) =>
      [
        paint.good(`${kid} is destroyed.`),
        `Tokens of the vault that are lost: ${tokensLost}. Copies of the key file that were made before still hold the key.`,
      ].join("\n"),
    );
  },
};

/** A gateway notices a rotation within five seconds, and stores what it is sealing then. */
const SETTLING_MS = 60_000;

function isStillSettling(keyFile: string, kid: string, now: number): boolean {
  const retiredAt = describeKeyFile(keyFile).keys.find((key) => key.kid === kid)?.retiredAt ?? null;
  return retiredAt !== null && now - Date.parse(retiredAt) < SETTLING_MS;
}

function whatWouldBeLost(sealed: number): string {
  const markers = "every encrypted marker that it sealed can never be opened again; --yes destroys it";
  if (sealed === 0) return `no token of the vault needs this key; without it ${markers}`;
  return `${sealed} tokens of the vault are sealed under this key, which haechi vault reseal can change; without it ${markers}, when no token needs it`;
}
