import type { EntryView } from "./entry-view.ts";
import { messageOf } from "./export-ocsf.ts";

/**
 * An entry as a line of the Common Event Format, version 0 (ArcSight CEF, revision 25).
 * @param timeMs its time, since the epoch
 */
export function toCef(entry: EntryView, timeMs: number, productVersion: string): string {
  const signature = entry.decision ?? "inspected";
  const header = ["Haechi", "Haechi", productVersion, signature, messageOf(entry), String(severityOf(entry))];
  const extension: readonly (readonly [key: string, value: string | null])[] = [
    ["rt", String(timeMs)],
    ["externalId", entry.id],
    ["act", entry.blocked ? "blocked" : entry.enforced ? "enforced" : "recorded"],
    ["app", entry.protocol],
    ["cat", entry.operation],
    ["reason", entry.reason],
    ["suid", entry.identityId],
    ["cnt", String(entry.detectionCount)],
    ...labelled("cs1", "types", namesOf(entry.byType)),
    ...labelled("cs2", "actions", namesOf(entry.byAction)),
    ...labelled("cs3", "route", entry.routeId),
    ...labelled("cs4", "profile", entry.profile),
    ...labelled("cs5", "exchange", entry.correlationId),
    ...labelled("cs6", "mode", entry.mode),
    // An entry is about keys of encryption or about those of the configuration.
    ...(entry.changedKeys.length > 0
      ? labelled("flexString1", "changed keys", entry.changedKeys.join(","))
      : labelled("flexString1", "key", entry.kid)),
    ...labelled("flexString2", "new key", entry.newKid),
    ...labelled("cn1", "segment", String(entry.segment)),
    ...labelled("cn2", "sequence", String(entry.sequence)),
  ];
  const members = extension.flatMap(([key, value]) => (value === null ? [] : [`${key}=${escapeValue(value)}`]));
  return `CEF:0|${header.map(escapeHeader).join("|")}|${members.join(" ")}`;
}

/** 0 to 10. */
function severityOf({ blocked, detectionCount, decision }: EntryView): number {
  if (decision === "log_recovered" || decision === "internal_error") return 8;
  if (blocked) return 6;
  return detectionCount > 0 ? 4 : 1;
}

function labelled(key: string, label: string, value: string | null): readonly (readonly [string, string | null])[] {
  return value === null
    ? []
    : [
        [`${key}Label`, label],
        [key, value],
      ];
}

function namesOf(counts: ReadonlyMap<string, number>): string | null {
  return counts.size === 0 ? null : [...counts].map(([name, count]) => `${name}:${count}`).join(",");
}

function escapeHeader(text: string): string {
  return text.replace(/[\r\n]+/g, " ").replace(/[\\|]/g, "\\$&");
}

function escapeValue(text: string): string {
  return text.replace(/[\\=]/g, "\\$&").replaceAll("\r", "\\r").replaceAll("\n", "\\n");
}
