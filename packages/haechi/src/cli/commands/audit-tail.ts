import { existsSync } from "node:fs";
import { readEntries } from "../../providers/storage/audit-entries.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { auditOption, configOption, integerOf, textOf } from "../options.ts";
import { written } from "../result.ts";
import { entryConditions, entryOptions } from "./audit-search.ts";

const LINES_DEFAULT = 10;
const LINES_MAX = 100_000;

export const auditTail: Command = {
  arguments: [],
  options: [
    { name: "lines", value: "<count>", description: `How many; ${LINES_DEFAULT} when left out.` },
    ...entryOptions,
    auditOption,
    configOption,
  ],
  members: [],
  exitCodes: [],
  examples: [{ line: "haechi audit tail --lines 20 --blocked", purpose: "The newest 20 entries of what was blocked." }],
  async run(given, io) {
    const conditions = entryConditions(given);
    const path = textOf(given, "audit") ?? readConfigurationAloud(given, io).config.audit.path;
    if (!existsSync(path)) throw new CommandError("there is no audit log at that path");
    const count = integerOf(given, "lines", 1, LINES_MAX) ?? LINES_DEFAULT;
    let newest: readonly string[] = [];
    for await (const found of readEntries(path, conditions)) {
      if (found.length > 0) newest = [...newest, ...found.map(({ text }) => text)].slice(-count);
    }
    return written(newest.map((line) => `${line}\n`).join(""));
  },
};
