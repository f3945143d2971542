import { COUNTED_BY, type CountRow, createEntryCounter, formatCsv } from "../../core/audit/count-entries.ts";
import { readEntries } from "../../providers/storage/audit-entries.ts";
import { type AuditLogSummary, readAuditSummary } from "../../providers/storage/audit-reader.ts";
import type { Command, CommandResult } from "../command.ts";
import { usageError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { countTable } from "../count-table.ts";
import { auditOption, configOption, isGiven, reportOptions, textOf } from "../options.ts";
import { reported, written } from "../result.ts";
import type { View } from "../view.ts";
import { entryConditions, entryOptions } from "./audit-search.ts";

export const report: Command = {
  arguments: [],
  options: [
    {
      name: "by",
      value: "<what>",
      choices: COUNTED_BY,
      description: "Count entries and findings by this; the whole log in one summary when left out.",
    },
    { name: "csv", description: "With --by: write CSV." },
    ...entryOptions,
    auditOption,
    configOption,
    ...reportOptions,
  ],
  members: ["ok", "auditPath", "summary", "by", "rows"],
  exitCodes: [],
  examples: [
    { line: "haechi report", purpose: "How many events there are, and what was found in them." },
    { line: "haechi report --by day --type email", purpose: "How many events with an email there were, day by day." },
    { line: "haechi report --by route --since 2030-01-01 --csv", purpose: "The same by route, for a spreadsheet." },
  ],
  async run(given, io) {
    const by = COUNTED_BY.find((name) => name === textOf(given, "by"));
    if (by === undefined && [...entryOptions, { name: "csv" }].some(({ name }) => isGiven(given, name))) {
      throw usageError("conditions and --csv need --by");
    }
    const conditions = entryConditions(given);
    const auditPath = textOf(given, "audit") ?? readConfigurationAloud(given, io).config.audit.path;
    if (by === undefined) return summaryResult(auditPath, await readAuditSummary(auditPath));
    const counter = createEntryCounter(by);
    for await (const found of readEntries(auditPath, conditions)) for (const { entry } of found) counter.add(entry);
    const rows = counter.rows();
    if (isGiven(given, "csv")) return written(formatCsv(by, rows));
    return reported({ ok: true, auditPath, by, rows }, (view) => rowTable(by, rows, view));
  },
};

function summaryResult(auditPath: string, summary: AuditLogSummary): CommandResult {
  return reported({ ok: true, auditPath, summary }, (view) =>
    [
      view.paint.title(`Audit log ${auditPath}`),
      view.facts([
        ["events", String(summary.events)],
        ["blocked", String(summary.blocked)],
        ["findings", String(summary.detections)],
      ]),
      countTable("type", summary.byType, view),
      countTable("action", summary.byAction, view),
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
  );
}

function rowTable(by: string, rows: readonly CountRow[], view: View): string {
  if (rows.length === 0) return "There is nothing to count.";
  return view.table(
    [by, "events", "blocked", "findings"],
    rows.map(({ name, events, blocked, findings }) => [name, String(events), String(blocked), String(findings)]),
  );
}
