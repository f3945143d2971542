import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../../../scripts/build/bundle.ts";
import { commandEntry, packageFolder, publicEntries, readManifest } from "../../../scripts/build/package-entries.ts";
import type { Build } from "./gateway/processes.ts";

/** With the bundle that is published, built from the sources as they are now. */
export async function withBuild<T>(measure: (build: Build) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "haechi-bench-"));
  try {
    progress("building");
    const manifest = readManifest();
    await bundle([...publicEntries(manifest), commandEntry(manifest)], join(folder, "dist"));
    copyFileSync(join(packageFolder, "package.json"), join(folder, "package.json"));
    return await measure({ package: folder, states: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Tells whoever waits what is under way; standard output is for figures. */
export function progress(text: string): void {
  console.error(`… ${text}`);
}
