import { readAuditSummary } from "../../providers/storage/audit-reader.ts";
import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { countTable } from "../count-table.ts";
import { auditOption, configOption, reportOptions, textOf } from "../options.ts";
import { reported } from "../result.ts";

export const report: Command = {
  arguments: [],
  options: [auditOption, configOption, ...reportOptions],
  members: ["ok", "auditPath", "summary"],
  exitCodes: [],
  examples: [{ line: "haechi report", purpose: "How many events there are, and what was found in them." }],
  async run(given, io) {
    const auditPath = textOf(given, "audit") ?? readConfigurationAloud(given, io).config.audit.path;
    const summary = await readAuditSummary(auditPath);
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
  },
};
