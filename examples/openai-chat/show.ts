import { styleText } from "node:util";
import Table from "cli-table3";

const width = Math.max(60, Math.min(process.stdout.columns ?? 100, 140));

type Style = Parameters<typeof styleText>[0];

/** Colour where the terminal has it; NO_COLOR and pipes switch it off. */
function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

export function showTitle(text: string): void {
  console.log(`\n${paint("bold", text)}`);
}

export function showLine(text: string): void {
  console.log(text);
}

/** One exchange, side by side. */
export function showScene(title: string, sent: string, seen: string, got: string): void {
  const column = Math.floor((width - 4) / 3);
  const table = new Table({
    head: ["the client sent", "the model saw", "the client got back"],
    colWidths: [column, column, column],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [] },
  });
  table.push([sent, seen, got].map(highlightMarkers));
  console.log(`\n${paint("bold", title)}\n${table.toString()}`);
}

/** The records of the run, and that their chain holds. */
export function showAudit(log: string, records: number): void {
  const table = new Table({ head: ["no.", "event", "outcome", "found"], style: { head: [], border: [] } });
  for (const line of log.trimEnd().split("\n")) {
    const entry = JSON.parse(line);
    const found = Object.entries(entry.summary.byType).map(([type, count]) => `${type} ${count}`);
    const outcome = entry.blocked ? paint("red", "blocked") : (entry.decision ?? "passed");
    table.push([entry.auditIntegrity.sequence, entry.operation, outcome, found.join(", ")]);
  }
  console.log(`\n${paint("bold", "The audit log: no values, one hash chain")}\n${table.toString()}`);
  console.log(`${paint("green", "verified")} ${records} records\n`);
}

const MARKER = /\[(?:REDACTED|TOKEN|HAECHI_ENC):[^\]]*\]|\d{2}\*{4,}\d{2}/g;

function highlightMarkers(text: string): string {
  return text.replace(MARKER, (marker) => paint("yellow", marker));
}
