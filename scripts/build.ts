// Builds what is published: `npm run build`, or `node scripts/build.ts <folder>` to
// build a copy of the package there.
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { bundle } from "./build/bundle.ts";
import { bundledPackages } from "./build/bundled-packages.ts";
import { configDeclarations } from "./build/config-types.ts";
import { writeDeclarations } from "./build/declarations.ts";
import { commandEntry, packageFolder, publicEntries, readManifest } from "./build/package-entries.ts";
import { softwareBillOfMaterials } from "./build/sbom.ts";
import { thirdPartyText } from "./build/third-party.ts";

const root = join(import.meta.dirname, "..");

if (import.meta.main) await buildPackage(resolve(process.argv[2] ?? packageFolder));

/** Fills a folder with everything that `npm pack` takes: the bundle, its types, its licences and its parts list. */
export async function buildPackage(folder: string): Promise<void> {
  const manifest = readManifest();
  const dist = join(folder, "dist");
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const modules = await bundle([...publicEntries(manifest), commandEntry(manifest)], dist);
  for (const path of Object.values(manifest.bin)) chmodSync(join(folder, path), 0o755);
  await writeDeclarations(join(dist, "types"), { "config/schema.d.ts": configDeclarations() });
  const packages = bundledPackages(modules);
  writeFileSync(join(dist, "THIRD_PARTY.txt"), thirdPartyText(packages));
  writeFileSync(join(dist, "sbom.cdx.json"), softwareBillOfMaterials(manifest, packages));
  copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  if (folder === packageFolder) return;
  for (const file of ["package.json", "README.md"]) copyFileSync(join(packageFolder, file), join(folder, file));
}
