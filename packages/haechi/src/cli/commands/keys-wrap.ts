import { wrapKeyFile } from "../../providers/crypto/key-custody.ts";
import { describeKeyFile } from "../../providers/crypto/key-file.ts";
import { readPassphraseFile } from "../../providers/crypto/passphrase-source.ts";
import { changeKeys } from "../change-keys.ts";
import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { newPassphrase, typedTwice } from "../key-passphrase.ts";
import { configOption, reportOptions, textOf } from "../options.ts";
import { reported } from "../result.ts";

export const keysWrap: Command = {
  arguments: [],
  options: [
    configOption,
    {
      name: "new-passphrase-file",
      value: "<file>",
      description: "File with the new pass phrase. Left out, it is what the gateway finds at its start, or typed.",
    },
    ...reportOptions,
  ],
  members: ["keyFile", "wrapped"],
  exitCodes: [],
  examples: [
    {
      line: "haechi keys wrap",
      purpose:
        "Put a pass phrase before the keys. It comes from HAECHI_KEY_PASSPHRASE, keys.passphraseFile or the terminal.",
    },
    {
      line: "haechi keys wrap --new-passphrase-file /run/secrets/next",
      purpose: "Change the pass phrase; the one before is asked for as always.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const file = textOf(given, "new-passphrase-file");
    await changeKeys(config, io, async ({ keyFile, recorded, ...ports }) => {
      const passphrase = await wanted(keyFile);
      await recorded("wrap", null, () => wrapKeyFile(keyFile, passphrase, ports));
    });
    const { keyFile } = config.keys;
    return reported({ keyFile, wrapped: true }, ({ paint }) =>
      [
        paint.good("The keys are wrapped by the pass phrase."),
        "Copies of the key file that were made before still hold them as they were.",
        "Nobody can open the vault without the pass phrase: keep it apart from the key file, and not in one place only.",
      ].join("\n"),
    );

    /** The variable and the file name the pass phrase that is, so another one comes from elsewhere. */
    async function wanted(keyFile: string): Promise<string> {
      if (!describeKeyFile(keyFile).isWrapped) return newPassphrase(config, io, file);
      return file === undefined ? typedTwice(io) : readPassphraseFile(file);
    }
  },
};
