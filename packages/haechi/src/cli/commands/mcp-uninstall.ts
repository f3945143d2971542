import { rmSync } from "node:fs";
import type { Command } from "../command.ts";
import {
  backupPath,
  changeFiles,
  changeOptions,
  changeWords,
  clientArgument,
  meantFiles,
  writeFile,
} from "../mcp-clients/change-files.ts";
import { unwrapServers } from "../mcp-clients/wrap-servers.ts";
import { isGiven, reportOptions } from "../options.ts";
import { reported } from "../result.ts";

export const mcpUninstall: Command = {
  arguments: [clientArgument],
  options: [...changeOptions, ...reportOptions],
  members: ["dryRun", "files"],
  exitCodes: [],
  examples: [
    {
      line: "haechi mcp uninstall claude-code",
      purpose: "Let the client start its servers itself again, as it did before.",
    },
  ],
  async run(given, io) {
    const changed = changeFiles(given, meantFiles(given, io), unwrapServers, (file, before, after) => {
      writeFile(file.path, before, after);
      const isDone = unwrapServers(after, file, [])?.changes.every(({ before: state }) => state !== "wrapped");
      if (isDone === true) rmSync(backupPath(file.path), { force: true });
    });
    const dryRun = isGiven(given, "dry-run");
    return reported({ dryRun, files: changed }, (view) => changeWords(changed, dryRun, view));
  },
};
