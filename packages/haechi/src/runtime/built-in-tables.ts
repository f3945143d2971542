import { readFileSync } from "node:fs";
import { lazily } from "../core/detect/lazily.ts";
import { builtInDetectors } from "../core/detect/registry.ts";
import { type PreparedTables, readTables } from "../core/detect/rules/prepared-tables.ts";
import { type TableFile, tableFile } from "./table-file.ts";

/** The tables that were made with the package; null when they are to be made anew. All rules of a process share them. */
export const builtInTables: () => PreparedTables | null = lazily(() =>
  tableFile === null ? null : tablesIn(tableFile),
);

/** Null too when the file is not there, or is not the one that is meant: then the same tables are made anew. */
export function tablesIn({ url, sha256 }: TableFile): PreparedTables | null {
  try {
    return readTables(readFileSync(url), sha256, builtInDetectors);
  } catch {
    return null;
  }
}
