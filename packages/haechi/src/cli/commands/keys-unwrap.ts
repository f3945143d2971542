import { unwrapKeyFile } from "../../providers/crypto/key-custody.ts";
import { changeKeys } from "../change-keys.ts";
import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, reportOptions } from "../options.ts";
import { reported } from "../result.ts";

export const keysUnwrap: Command = {
  arguments: [],
  options: [configOption, ...reportOptions],
  members: ["keyFile", "wrapped"],
  exitCodes: [],
  examples: [
    {
      line: "haechi keys unwrap",
      purpose: "Write the keys in clear again, so that the gateway starts without a pass phrase.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    await changeKeys(config, io, ({ keyFile, recorded, ...ports }) =>
      recorded("unwrap", null, () => unwrapKeyFile(keyFile, ports)),
    );
    const { keyFile } = config.keys;
    return reported({ keyFile, wrapped: false }, ({ paint }) =>
      paint.warning(`The keys lie in clear in ${keyFile}: whoever reads the file has them.`),
    );
  },
};
