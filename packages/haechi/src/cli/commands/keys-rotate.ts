import { changeKeys, rotateRecorded } from "../change-keys.ts";
import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, reportOptions } from "../options.ts";
import { reported } from "../result.ts";

export const keysRotate: Command = {
  arguments: [],
  options: [configOption, ...reportOptions],
  members: ["kid"],
  exitCodes: [],
  examples: [
    {
      line: "haechi keys rotate",
      purpose: "Seal under a new key from now on. Older keys still open; keyed hashes stay as they are.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const kid = await changeKeys(config, io, rotateRecorded);
    return reported({ kid }, ({ paint }) => paint.good(`${kid} is the active key.`));
  },
};
