import { dayOf, type EntryView } from "./entry-view.ts";

/** What entries can be counted by. */
export const COUNTED_BY = ["type", "action", "profile", "route", "day", "decision", "identity"] as const;

export type CountedBy = (typeof COUNTED_BY)[number];

/** One row of a report. */
export interface CountRow {
  /** The type, action, profile … */
  readonly name: string;
  /** Entries that have it. */
  readonly events: number;
  readonly blocked: number;
  /** Findings: those of the type or with the action, or all of the entries. */
  readonly findings: number;
}

/** Counts entries as they go by, in memory that grows with the number of rows only. */
export interface EntryCounter {
  add(entry: EntryView): void;
  /** Days in their order, everything else with the most findings first, then the most events. */
  rows(): readonly CountRow[];
}

/** Stands for entries that have nothing of that kind, such as no profile. */
const NOTHING = "none";

export function createEntryCounter(by: CountedBy): EntryCounter {
  const rows = new Map<string, { events: number; blocked: number; findings: number }>();
  return {
    add(entry) {
      for (const [name, findings] of namesOf(entry, by)) {
        const row = rows.get(name) ?? { events: 0, blocked: 0, findings: 0 };
        row.events += 1;
        row.blocked += entry.blocked ? 1 : 0;
        row.findings += findings;
        rows.set(name, row);
      }
    },
    rows() {
      const all = [...rows].map(([name, counts]) => ({ name, ...counts }));
      const byName = (left: CountRow, right: CountRow) => (left.name < right.name ? -1 : 1);
      if (by === "day") return all.sort(byName);
      return all.sort((a, b) => b.findings - a.findings || b.events - a.events || byName(a, b));
    },
  };
}

/** Rows as CSV (RFC 4180). */
export function formatCsv(by: CountedBy, rows: readonly CountRow[]): string {
  const lines = rows.map(({ name, events, blocked, findings }) =>
    [csvField(name), events, blocked, findings].join(","),
  );
  return [[by, "events", "blocked", "findings"].join(","), ...lines].map((line) => `${line}\r\n`).join("");
}

function namesOf(entry: EntryView, by: CountedBy): readonly (readonly [name: string, findings: number])[] {
  const { detectionCount } = entry;
  switch (by) {
    case "type":
      return [...entry.byType];
    case "action":
      // Where nothing was inspected, the summary counts the decision in place of an action.
      return entry.decision === null || detectionCount > 0 ? [...entry.byAction] : [];
    case "profile":
      return [[entry.profile ?? NOTHING, detectionCount]];
    case "route":
      return [[entry.routeId ?? NOTHING, detectionCount]];
    case "decision":
      return [[entry.decision ?? NOTHING, detectionCount]];
    case "identity":
      return [[entry.identityId ?? NOTHING, detectionCount]];
    case "day":
      return [[dayOf(entry), detectionCount]];
    default:
      return by satisfies never;
  }
}

/** A field that a spreadsheet would take for a formula gets a quote in front of it. */
function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
