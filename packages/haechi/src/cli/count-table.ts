import type { View } from "./view.ts";

/** Counts by name, the largest first; nothing when there are none. */
export function countTable(title: string, counts: Readonly<Record<string, number>>, view: View): string {
  const rows = Object.entries(counts).sort(([left, a], [right, b]) => b - a || (left < right ? -1 : 1));
  if (rows.length === 0) return "";
  return view.table(
    [title, "count"],
    rows.map(([name, count]) => [name, String(count)]),
  );
}
