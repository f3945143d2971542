import { builtinModules } from "node:module";
import { join, resolve } from "node:path";
import { type Plugin, rolldown } from "rolldown";
import { chunkGroup } from "./chunk-groups.ts";
import type { Entry } from "./package-entries.ts";
import { tablesOfDetectors } from "./tables-of-detectors.ts";

/**
 * Writes one JavaScript file for each entry, with their shared parts in chunks and every library inside, and the
 * tables of the built-in detectors beside them.
 * @returns the absolute paths of all modules that went in
 */
export async function bundle(entries: readonly Entry[], outputFolder: string): Promise<string[]> {
  const build = await rolldown({
    // The output names its modules relative to here, so it is the same on every machine.
    cwd: join(import.meta.dirname, "../.."),
    input: Object.fromEntries(entries.map(({ name, source }) => [name, source])),
    platform: "node",
    // What a library has as modules can be bundled, which its other form may hide.
    resolve: { mainFields: ["module", "main"] },
    preserveEntrySignatures: "allow-extension",
    plugins: [nodeBuiltins, threadPrograms, tablesOfDetectors],
    onLog(level, log) {
      if (level === "warn") throw new Error(log.message);
    },
  });
  try {
    const { output } = await build.write({
      dir: outputFolder,
      format: "esm",
      entryFileNames: "[name].js",
      chunkFileNames: "chunks/[name]-[hash].js",
      assetFileNames: "[name][extname]",
      codeSplitting: {
        groups: [{ debugName: "groups of modules", name: chunkGroup(), includeDependenciesRecursively: false }],
      },
      // Readable, for whoever wants to know what a gateway does with their data.
      minify: false,
      comments: { legal: true, annotation: true, jsdoc: false },
      sourcemap: false,
    });
    return output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
  } finally {
    await build.close();
  }
}

// Older libraries ask for "fs"; the bundle always says "node:fs", so that nothing
// installed beside it can take the place of a built-in module.
const nodeBuiltins: Plugin = {
  name: "node-builtins",
  resolveId(id) {
    if (id.startsWith("node:")) return { id, external: true };
    return builtinModules.includes(id) ? { id: `node:${id}`, external: true } : null;
  },
};

// A thread is started with a program of its own, which the sources name by its place
// beside them. It becomes an output beside the entries, and is found from any chunk.
const threadPrograms: Plugin = {
  name: "thread-programs",
  transform(code, id) {
    return code.replaceAll(PROGRAM_URL, (_, path: string, name: string) => {
      const program = this.emitFile({ type: "chunk", id: resolve(id, "..", path), name });
      return `new URL(import.meta.ROLLUP_FILE_URL_${program})`;
    });
  },
};

const PROGRAM_URL = /new URL\("(\.\/([\w-]+-program)\.ts)", import\.meta\.url\)/g;
