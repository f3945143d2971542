import { existsSync } from "node:fs";
import { viewEntry } from "../../core/audit/entry-view.ts";
import { type EntryConditions, meets } from "../../core/audit/filter-entries.ts";
import { readEntries } from "../../providers/storage/audit-entries.ts";
import { followLog } from "../../providers/storage/audit-follow.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import type { CliIo } from "../io.ts";
import { auditOption, configOption, integerOf, isGiven, textOf } from "../options.ts";
import { termination } from "../termination.ts";
import { entryConditions, entryOptions, writeLines } from "./audit-search.ts";

const LINES_DEFAULT = 10;
const LINES_MAX = 100_000;

export const auditTail: Command = {
  arguments: [],
  options: [
    { name: "lines", value: "<count>", description: `How many; ${LINES_DEFAULT} when left out.` },
    {
      name: "follow",
      description: "Then go on with entries as they are written, over every new segment, until SIGINT or SIGTERM.",
    },
    ...entryOptions,
    auditOption,
    configOption,
  ],
  members: [],
  exitCodes: [],
  examples: [
    { line: "haechi audit tail --lines 20 --blocked", purpose: "The newest 20 entries of what was blocked." },
    { line: "haechi audit tail --follow --decision auth_denied", purpose: "See who is turned away, as it happens." },
  ],
  async run(given, io) {
    const conditions = entryConditions(given);
    const path = textOf(given, "audit") ?? readConfigurationAloud(given, io).config.audit.path;
    if (!existsSync(path)) throw new CommandError("there is no audit log at that path");
    const count = integerOf(given, "lines", 0, LINES_MAX) ?? LINES_DEFAULT;
    if (isGiven(given, "follow")) {
      await follow(path, conditions, count, io);
      return { exitCode: 0, output: null };
    }
    let newest: readonly string[] = [];
    for await (const found of readEntries(path, conditions)) {
      newest = newestOf(
        newest,
        found.map(({ text }) => text),
        count,
      );
    }
    await writeLines(io.stdout, newest);
    return { exitCode: 0, output: null };
  },
};

/** Ends with a signal, or when nobody reads any more. */
async function follow(path: string, conditions: EntryConditions, count: number, { stdout }: CliIo): Promise<void> {
  const ending = new AbortController();
  void termination(process).then(() => ending.abort());
  let newest: readonly string[] = [];
  for await (const { lines, isOld } of followLog(path, ending.signal)) {
    const found = lines.filter((line) => {
      const entry = viewEntry(line);
      return entry !== null && meets(entry, conditions);
    });
    if (isOld && lines.length > 0) {
      newest = newestOf(newest, found, count);
      continue;
    }
    const shown = [...newest, ...found];
    newest = [];
    if (!(await writeLines(stdout, shown))) break;
  }
}

function newestOf(before: readonly string[], found: readonly string[], count: number): readonly string[] {
  if (found.length === 0 || count === 0) return before;
  return [...before, ...found].slice(-count);
}
