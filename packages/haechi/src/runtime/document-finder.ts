import { availableParallelism } from "node:os";
import type { Config } from "../config/schema.ts";
import type { DocumentFinder } from "../ports/document-finder.ts";
import { createWorkerFinder } from "../providers/workers/worker-finder.ts";
import type { FindingConfig } from "./detection-rules.ts";

/** Finds in large documents with the rules of a configuration, which every worker compiles for itself. */
export function documentFinder({ filters }: Config): DocumentFinder {
  const { customRules, decodeAndRescan, injectionDirections } = filters;
  return createWorkerFinder({
    // The build writes the name of the bundled program in its place.
    program: new URL("./finder-program.ts", import.meta.url),
    workerData: { customRules, decodeAndRescan, injectionDirections } satisfies FindingConfig,
    workersMax: Math.min(WORKERS_MAX, availableParallelism()),
  });
}

// Each has tables and a heap of its own, and bodies this large are few at a time.
const WORKERS_MAX = 2;
