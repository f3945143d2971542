import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export const root = join(import.meta.dirname, "../../../..");

/** A file of the repository, by its path from the root. */
export function readText(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** A document whose shape the test then holds against a schema. */
// biome-ignore lint/suspicious/noExplicitAny: what stands in it is what the tests look at.
export function readYaml(path: string): any {
  return parse(readText(path), { strict: true, uniqueKeys: true });
}
