import { describeKeyFile } from "../../providers/crypto/key-file.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, reportOptions } from "../options.ts";
import { reported } from "../result.ts";

export const keysList: Command = {
  arguments: [],
  options: [configOption, ...reportOptions],
  members: ["keyFile", "wrapped", "keys"],
  exitCodes: [],
  examples: [
    { line: "haechi keys list", purpose: "Which keys there are, since when and until when. Asks for no pass phrase." },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    if (config.keys.provider !== "local") throw new CommandError("keys.provider is not local: there is no key file");
    const { keyFile } = config.keys;
    const { isWrapped, keys } = describeKeyFile(keyFile);
    return reported({ keyFile, wrapped: isWrapped, keys }, ({ table, paint }) =>
      [
        table(
          ["key", "state", "made", "retired", "opens until", "destroyed"],
          keys.map((key) => [
            key.kid,
            key.status,
            key.createdAt ?? "",
            key.retiredAt ?? "",
            key.opensUntil ?? "",
            key.destroyedAt ?? "",
          ]),
        ),
        "",
        isWrapped ? paint.good("Wrapped by a pass phrase.") : paint.warning("In clear: haechi keys wrap wraps them."),
      ].join("\n"),
    );
  },
};
