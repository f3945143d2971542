import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The package that is built and published. */
export const packageFolder: string = join(import.meta.dirname, "../../packages/haechi");

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly description: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, ExportTargets | string>>;
}

interface ExportTargets {
  readonly "haechi-src": string;
  readonly types: string;
  readonly default: string;
}

/** The manifest of the package. */
export function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as Manifest;
}

export interface Entry {
  /** Absolute path of the source. */
  readonly source: string;
  /** Name of the output under dist, without its ending. */
  readonly name: string;
}

/** What a user can import, each with the source that the manifest names for it. */
export function publicEntries(manifest: Manifest): Entry[] {
  return Object.values(manifest.exports)
    .filter((targets) => typeof targets !== "string")
    .map((targets) => ({ source: join(packageFolder, targets["haechi-src"]), name: outputName(targets.default) }));
}

/** What a user can run. */
export function commandEntry(manifest: Manifest): Entry {
  return { source: join(packageFolder, "src/cli/main.ts"), name: outputName(manifest.bin[manifest.name] ?? "") };
}

function outputName(path: string): string {
  const name = /^(?:\.\/)?dist\/(.+)\.js$/.exec(path)?.[1];
  if (name === undefined) throw new Error(`the manifest names ${path}, which the build does not write`);
  return name;
}
