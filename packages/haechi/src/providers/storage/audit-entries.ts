import { type EntryView, viewEntry } from "../../core/audit/entry-view.ts";
import { type EntryConditions, meets } from "../../core/audit/filter-entries.ts";
import { readLogLines } from "./audit-lines.ts";

/** A stored line and what it says. */
export interface ReadLine {
  readonly text: string;
  readonly entry: EntryView;
}

/** The entries of a log that meet conditions, some at a time, in memory that does not grow with the log. */
export async function* readEntries(path: string, conditions: EntryConditions): AsyncGenerator<readonly ReadLine[]> {
  for await (const lines of readLogLines(path)) {
    const read = lines.map((line) => Buffer.from(line.buffer, line.byteOffset, line.length).toString("utf8"));
    yield read.flatMap((text) => {
      const entry = viewEntry(text);
      return entry !== null && meets(entry, conditions) ? [{ text, entry }] : [];
    });
  }
}
