import { existsSync } from "node:fs";
import type { EntryView } from "../../core/audit/entry-view.ts";
import { toCef } from "../../core/audit/export-cef.ts";
import { toOcsf } from "../../core/audit/export-ocsf.ts";
import { readEntries } from "../../providers/storage/audit-entries.ts";
import { PACKAGE_VERSION } from "../../runtime/version.ts";
import type { Command } from "../command.ts";
import { CommandError, usageError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { auditOption, configOption, textOf } from "../options.ts";
import { entryConditions, entryOptions, writeText } from "./audit-search.ts";

const FORMATS = ["ocsf", "cef"] as const;

export const auditExport: Command = {
  arguments: [],
  options: [
    {
      name: "format",
      value: "<format>",
      choices: FORMATS,
      description: "OCSF 1.5.0 as JSON, or ArcSight's Common Event Format; one event a line.",
    },
    ...entryOptions,
    auditOption,
    configOption,
  ],
  members: [],
  exitCodes: [],
  examples: [
    { line: "haechi audit export --format ocsf --since 2030-01-31 > events.jsonl", purpose: "For a data lake." },
    { line: "haechi audit export --format cef --blocked", purpose: "For a SIEM." },
  ],
  async run(given, io) {
    const format = FORMATS.find((name) => name === textOf(given, "format"));
    if (format === undefined) throw usageError("--format is needed");
    const conditions = entryConditions(given);
    const path = textOf(given, "audit") ?? readConfigurationAloud(given, io).config.audit.path;
    if (!existsSync(path)) throw new CommandError("there is no audit log at that path");
    for await (const found of readEntries(path, conditions)) {
      const lines = found.map(({ entry }) => `${lineOf(entry, format)}\n`);
      if (!(await writeText(io.stdout, lines.join("")))) break;
    }
    return { exitCode: 0, output: null };
  },
};

function lineOf(entry: EntryView, format: (typeof FORMATS)[number]): string {
  const parsed = Date.parse(entry.timestamp);
  const timeMs = Number.isNaN(parsed) ? 0 : parsed;
  return format === "cef"
    ? toCef(entry, timeMs, PACKAGE_VERSION)
    : JSON.stringify(toOcsf(entry, timeMs, PACKAGE_VERSION));
}
