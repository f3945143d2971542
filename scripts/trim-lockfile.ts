// Runs after every `npm run npm -- install …`. A registry that mirrors only some
// platforms makes npm write a lockfile that mentions optional packages (a linter's binary
// for another system, say) without locking them, and `npm ci` refuses such a file.
// What is not locked is not mentioned either.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface LockedPackage {
  optionalDependencies?: Record<string, string>;
}

const file = join(import.meta.dirname, "../package-lock.json");
const lockfile = JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, LockedPackage> };

for (const [path, locked] of Object.entries(lockfile.packages)) {
  const kept = Object.entries(locked.optionalDependencies ?? {}).filter(([name]) => isLockedFor(path, name));
  if (kept.length > 0) locked.optionalDependencies = Object.fromEntries(kept);
  else delete locked.optionalDependencies;
}
writeFileSync(file, `${JSON.stringify(lockfile, null, 2)}\n`);

/** Whether a package finds another one in its own node_modules folder or in one around it. */
function isLockedFor(path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    if (`${folder}/node_modules/${name}`.replace(/^\//, "") in lockfile.packages) return true;
    if (folder === "") return false;
  }
}
