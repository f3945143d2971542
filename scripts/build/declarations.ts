import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { packageFolder } from "./package-entries.ts";

const root = join(import.meta.dirname, "../..");
const compiler = join(root, "node_modules/typescript/bin/tsc");

/**
 * Writes the types of the public surface, and nothing that it does not reach.
 * @param replaced declaration files to write in place of those of the compiler, by path
 * @throws when a public type mentions a library, which users do not have
 */
export async function writeDeclarations(
  outputFolder: string,
  replaced: Readonly<Record<string, string>>,
): Promise<void> {
  const project = join(packageFolder, "tsconfig.declarations.json");
  execFileSync(process.execPath, [compiler, "-p", project, "--outDir", outputFolder], { cwd: root, stdio: "inherit" });
  for (const [path, text] of Object.entries(replaced)) writeFileSync(join(outputFolder, path), text);
  const written = await filesIn(outputFolder);
  const reached = reachableFrom(written.filter((file) => relative(outputFolder, file).startsWith("public/")));
  for (const file of written) {
    if (reached.has(file)) writeFileSync(file, withOutputNames(readFileSync(file, "utf8")));
    else rmSync(file);
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await Array.fromAsync(glob("**/*.d.ts", { cwd: folder }));
  return names.map((name) => join(folder, name));
}

function reachableFrom(entries: readonly string[]): ReadonlySet<string> {
  const reached = new Set(entries);
  for (const file of reached) {
    for (const specifier of specifiersIn(readFileSync(file, "utf8"))) {
      if (specifier.startsWith("node:")) continue;
      if (!specifier.startsWith(".")) throw new Error(`${file} mentions ${specifier}, which users do not have`);
      reached.add(join(dirname(file), specifier.replace(/\.ts$/, ".d.ts")));
    }
  }
  return reached;
}

/** Every module that a declaration file names: in `from "…"`, `import "…"` or `import("…")`. */
function specifiersIn(declarations: string): string[] {
  return Array.from(declarations.matchAll(SPECIFIER), ([, , specifier]) => specifier ?? "");
}

/** Declarations stand for JavaScript, so they name it: the compiler leaves the names of the sources in them. */
function withOutputNames(declarations: string): string {
  return declarations.replace(SPECIFIER, (_, before: string, specifier: string) =>
    specifier.startsWith(".") ? `${before}"${specifier.replace(/\.ts$/, ".js")}"` : `${before}"${specifier}"`,
  );
}

// A blank or a parenthesis tells the word from the end of a string.
const SPECIFIER = /(\b(?:from|import)(?:\s+|\s*\(\s*))"([^"]+)"/g;
