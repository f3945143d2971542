// Writes the files that say again, for readers and editors, what the sources say.
//   node scripts/generate-docs.ts           writes them
//   node scripts/generate-docs.ts --check   exits 1 and names those that are stale
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cliReferencePage } from "../packages/haechi/src/cli/describe.ts";
import { exampleConfigFile } from "../packages/haechi/src/config/describe/example-file.ts";
import { configJsonSchema } from "../packages/haechi/src/config/describe/json-schema.ts";
import { configReferencePage } from "../packages/haechi/src/config/describe/reference-page.ts";
import { detectorsPage } from "./docs/detectors-page.ts";
import { errorsPage } from "./docs/errors-page.ts";
import { surfacesPage } from "./docs/surfaces-page.ts";

const root = join(import.meta.dirname, "..");
const cliPage = await cliReferencePage();

/** Every generated file and what it holds. */
const generated: Readonly<Record<string, () => string>> = {
  "docs/reference/cli.md": () => cliPage,
  "docs/reference/configuration.md": configReferencePage,
  "docs/reference/detectors.md": detectorsPage,
  "docs/reference/errors.md": errorsPage,
  "docs/reference/surfaces.md": surfacesPage,
  "specs/schemas/config.schema.json": () => `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
  "haechi.config.example.json": exampleConfigFile,
};

const stale = Object.entries(generated).filter(([path, render]) => current(path) !== render());
if (process.argv.includes("--check")) {
  for (const [path] of stale) console.error(`${path} is stale; run node scripts/generate-docs.ts`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [path, render] of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), render());
    console.log(path);
  }
}

function current(path: string): string | null {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return null; // not written yet
  }
}
