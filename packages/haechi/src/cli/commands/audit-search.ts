import { once } from "node:events";
import { existsSync } from "node:fs";
import { type EntryConditions, isMoment } from "../../core/audit/filter-entries.ts";
import { readEntries } from "../../providers/storage/audit-entries.ts";
import type { Command, Given, OptionSpec } from "../command.ts";
import { CommandError, usageError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import type { TextOutput } from "../io.ts";
import { auditOption, configOption, integerOf, isGiven, textOf } from "../options.ts";
import { printable } from "../view.ts";

/** Which entries a command is about; all of them when nothing is said. */
export const entryOptions: readonly OptionSpec[] = [
  {
    name: "since",
    value: "<time>",
    description: "Only entries of this moment and later: 2030-01-31 or 2030-01-31T09:30, UTC.",
  },
  { name: "until", value: "<time>", description: "Only entries before this moment." },
  { name: "type", value: "<type>", description: "Only entries with a finding of this type." },
  { name: "action", value: "<action>", description: "Only entries with a finding that got this action." },
  { name: "decision", value: "<decision>", description: "Only entries of this decision, such as auth_denied." },
  { name: "profile", value: "<name>", description: "Only entries under this policy profile." },
  { name: "route", value: "<id>", description: "Only entries of this route." },
  { name: "exchange", value: "<id>", description: "Only entries of this exchange (correlationId)." },
  { name: "identity", value: "<id>", description: "Only entries of this caller." },
  { name: "blocked", description: "Only entries of what was blocked." },
];

export const auditSearch: Command = {
  arguments: [],
  options: [
    ...entryOptions,
    { name: "limit", value: "<count>", description: "Stop after so many entries." },
    auditOption,
    configOption,
  ],
  members: [],
  exitCodes: [],
  examples: [
    {
      line: "haechi audit search --type card --since 2030-01-31 --blocked",
      purpose: "Entries as they are stored, one a line, over all segments.",
    },
    { line: "haechi audit search --decision auth_denied --limit 20", purpose: "The first 20 that were turned away." },
  ],
  async run(given, io) {
    const conditions = entryConditions(given);
    const path = textOf(given, "audit") ?? readConfigurationAloud(given, io).config.audit.path;
    if (!existsSync(path)) throw new CommandError("there is no audit log at that path");
    let left = integerOf(given, "limit", 1, Number.MAX_SAFE_INTEGER) ?? Number.POSITIVE_INFINITY;
    for await (const found of readEntries(path, conditions)) {
      const taken = found.slice(0, left);
      left -= taken.length;
      const isRead = await writeLines(
        io.stdout,
        taken.map(({ text }) => text),
      );
      if (!isRead || left === 0) break;
    }
    return { exitCode: 0, output: null };
  },
};

/**
 * The conditions that the options give.
 * @throws CommandError
 */
export function entryConditions(given: Given): EntryConditions {
  const moment = (name: string) => {
    const text = textOf(given, name);
    if (text !== undefined && !isMoment(text))
      throw usageError(`--${name} expects a day or a time, such as 2030-01-31T09:30`);
    return text;
  };
  const texts = {
    since: moment("since"),
    until: moment("until"),
    type: textOf(given, "type"),
    action: textOf(given, "action"),
    decision: textOf(given, "decision"),
    profile: textOf(given, "profile"),
    route: textOf(given, "route"),
    exchange: textOf(given, "exchange"),
    identity: textOf(given, "identity"),
  };
  const asked = Object.entries(texts).filter(([, text]) => text !== undefined);
  return { ...Object.fromEntries(asked), isBlocked: isGiven(given, "blocked") };
}

/**
 * Writes stored lines as they are; to a terminal without what it would obey, as somebody else may have written them.
 * Resolves as `writeText` does.
 */
export function writeLines(output: TextOutput, lines: readonly string[]): Promise<boolean> {
  const shown = output.isTTY === true ? lines.map(printable) : lines;
  return writeText(output, shown.map((line) => `${line}\n`).join(""));
}

/** Writes a text; resolves when the reader can take more, false when there is no reader any more. */
export async function writeText(output: TextOutput, text: string): Promise<boolean> {
  if (text === "" || output.write(text) !== false || !isWaitable(output)) return true;
  if (output.destroyed) return false;
  return await Promise.race([once(output, "drain").then(() => true), once(output, "close").then(() => false)]).catch(
    () => false,
  );
}

function isWaitable(output: TextOutput): output is TextOutput & NodeJS.WriteStream {
  return "once" in output && "destroyed" in output;
}
