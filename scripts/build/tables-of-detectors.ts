import { hash } from "node:crypto";
import { join } from "node:path";
import type { Plugin } from "rolldown";
import { builtInDetectors } from "../../packages/haechi/src/core/detect/registry.ts";
import { prepareTables } from "../../packages/haechi/src/core/detect/rules/compile.ts";
import { writeTables } from "../../packages/haechi/src/core/detect/rules/prepared-tables.ts";
import { packageFolder } from "./package-entries.ts";

/** What the file of the tables is called, beside the entries. */
export const TABLE_FILE_NAME = "detector-tables.bin";

const NAMING_MODULE = join(packageFolder, "src/runtime/table-file.ts");

/** Puts the tables of the built-in detectors beside the entries, and their digest into the bundle. */
export const tablesOfDetectors: Plugin = {
  name: "tables-of-detectors",
  load(id) {
    if (id !== NAMING_MODULE) return null;
    const source = writeTables(prepareTables(builtInDetectors));
    const file = this.emitFile({ type: "asset", name: TABLE_FILE_NAME, source });
    const sha256 = JSON.stringify(hash("sha256", source, "hex"));
    return `export const tableFile = { url: new URL(import.meta.ROLLUP_FILE_URL_${file}), sha256: ${sha256} };`;
  },
};
