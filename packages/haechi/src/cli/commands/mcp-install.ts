import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { readConfiguration } from "../configuration.ts";
import {
  backUp,
  backupPath,
  changeFiles,
  changeOptions,
  changeWords,
  clientArgument,
  meantFiles,
  writeFile,
} from "../mcp-clients/change-files.ts";
import { wrapServers } from "../mcp-clients/wrap-servers.ts";
import { configOption, isGiven, reportOptions, textOf } from "../options.ts";
import { reported } from "../result.ts";

export const mcpInstall: Command = {
  arguments: [clientArgument],
  options: [
    configOption,
    ...changeOptions,
    {
      name: "command",
      value: "<program>",
      description:
        "How the client starts Haechi; haechi when left out. Programs with a window often know no search path: name it in full.",
    },
    ...reportOptions,
  ],
  members: ["dryRun", "command", "arguments", "files"],
  exitCodes: [],
  examples: [
    {
      line: "haechi mcp install claude-code --config /srv/haechi/haechi.config.json --dry-run",
      purpose: "Show which servers would run behind Haechi.",
    },
    {
      line: "haechi mcp install claude-code --config /srv/haechi/haechi.config.json",
      purpose: "Put haechi mcp-wrap before the servers of the client. What was there is kept beside each file.",
    },
  ],
  async run(given, io) {
    const files = meantFiles(given, io);
    const { path, isFromFile } = readConfiguration(given, io);
    if (!isFromFile) throw new CommandError("there is no configuration to run servers under; haechi init writes one");
    const wrapping = { command: textOf(given, "command") ?? "haechi", configPath: resolve(path) };
    const changed = changeFiles(
      given,
      files,
      (text, file, names) => wrapServers(text, file, names, wrapping),
      (file, before, after) => {
        const isUntouched = wrapServers(before, file, [], wrapping)?.changes.every(
          ({ before: state }) => state !== "wrapped",
        );
        if (isUntouched === true || !existsSync(backupPath(file.path))) backUp(file.path, before);
        writeFile(file.path, before, after);
      },
    );
    const dryRun = isGiven(given, "dry-run");
    const words = ["mcp-wrap", "--config", wrapping.configPath, "--"];
    return reported({ dryRun, command: wrapping.command, arguments: words, files: changed }, (view) =>
      [
        changeWords(changed, dryRun, view),
        view.facts([["put before each", [wrapping.command, ...words].join(" ")]]),
      ].join("\n"),
    );
  },
};
