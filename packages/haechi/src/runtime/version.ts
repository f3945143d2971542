import { readFileSync } from "node:fs";

/** The version of the package. */
export const PACKAGE_VERSION: string = readVersion();

// The manifest stands two folders above this file in the sources and one above the
// bundle; a bundle that has its version written in does not look for it.
function readVersion(): string {
  for (const place of ["../../package.json", "../package.json"]) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8"));
      const { name, version } = manifest as { name?: unknown; version?: unknown };
      if (name === "haechi" && typeof version === "string") return version;
    } catch {
      // Not there: look in the next place.
    }
  }
  return "unknown";
}
