import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A library that is inside the bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression, as the library states it. */
  readonly license: string;
  readonly licenseText: string;
}

/**
 * Says which libraries the modules of a bundle come from, by name.
 * @throws when a library does not say under which licence it is
 */
export function bundledPackages(modules: readonly string[]): BundledPackage[] {
  const folders = new Set(modules.filter((path) => path.includes("/node_modules/")).map(packageFolderOf));
  return [...folders].map(describe).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The nearest folder whose manifest has a name and a version; inner ones only say `type`. */
function packageFolderOf(module: string): string {
  for (let folder = dirname(module); folder !== dirname(folder); folder = dirname(folder)) {
    if (!existsSync(join(folder, "package.json"))) continue;
    const { name, version } = manifestIn(folder);
    if (typeof name === "string" && typeof version === "string") return folder;
  }
  throw new Error(`${module} belongs to no package`);
}

function describe(folder: string): BundledPackage {
  const { name, version, license } = manifestIn(folder);
  if (typeof license !== "string") throw new Error(`${name} does not state its licence`);
  const texts = readdirSync(folder).filter((file) => LICENSE_FILE.test(file));
  if (texts.length === 0) throw new Error(`${name} brings no licence text`);
  const licenseText = texts.map((file) => readFileSync(join(folder, file), "utf8").trim()).join("\n\n");
  return { name: String(name), version: String(version), license, licenseText };
}

const LICENSE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-]|$)/i;

function manifestIn(folder: string): { name?: unknown; version?: unknown; license?: unknown } {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
