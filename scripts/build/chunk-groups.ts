import { join } from "node:path";
import { packageFolder } from "./package-entries.ts";

/**
 * Which modules are in one file: each file takes time to find and to read, and all of it is loaded by whoever needs
 * one module of it. A module is in the first group of which one of the roots imports it, directly or not. So a start
 * of the gateway needs few files, and a thread or a small part of the library only itself and what is about as small. What every
 * command line needs, help too, is left to the bundler, as are modules in no group.
 */
const GROUPS: readonly { readonly name: string | null; readonly roots: readonly string[] }[] = [
  { name: null, roots: ["cli/main.ts", "cli/program.ts", "runtime/version.ts", "public/errors.ts"] },
  { name: "policy", roots: ["public/policy.ts", "public/privacy-profiles.ts", "public/metrics.ts"] },
  { name: "keys", roots: ["public/crypto.ts", "public/auth.ts", "public/token-vault.ts"] },
  { name: "protocols", roots: ["public/protocol-adapters.ts"] },
  { name: "audit", roots: ["public/audit.ts", "public/ssrf.ts"] },
  { name: "text", roots: ["public/core.ts", "public/stream-filter.ts", "public/mcp-stdio.ts"] },
  { name: "custom-rules", roots: ["config/sections/filters.ts"] },
  { name: "detection", roots: ["public/filter.ts"] },
  { name: "threads", roots: ["runtime/finder-program.ts"] },
  { name: "proxy", roots: ["public/proxy.ts"] },
  { name: "gateway", roots: ["cli/commands/proxy.ts"] },
];

/** What is asked of the modules of a build. */
interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** The name of the group of a module, null when it is in none: then it is with those that the same entries need. */
export function chunkGroup(): (id: string, graph: ModuleGraph) => string | null {
  let groups: ReadonlyMap<string, string | null> | null = null;
  return (id, graph) => {
    groups ??= groupsIn(graph);
    return groups.get(id) ?? null;
  };
}

function groupsIn(graph: ModuleGraph): Map<string, string | null> {
  const groups = new Map<string, string | null>();
  const add = (id: string, name: string | null) => {
    if (groups.has(id)) return;
    groups.set(id, name);
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) add(imported, name);
  };
  for (const { name, roots } of GROUPS) {
    for (const root of roots) {
      const id = join(packageFolder, "src", root);
      const imported = graph.getModuleInfo(id)?.importedIds;
      if (imported === undefined) throw new Error(`${root} is not a part of the bundle`);
      // The root itself has a file of its own.
      groups.set(id, null);
      for (const one of imported) add(one, name);
    }
  }
  return groups;
}
