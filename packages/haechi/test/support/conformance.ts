import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** By scenario and check: what came out. */
export type Outcomes = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What the suite has written into a folder. */
export async function outcomes(output: string): Promise<Outcomes> {
  const results: Record<string, Record<string, string>> = {};
  const files = (await readdir(output, { recursive: true })).filter((path) => path.endsWith("checks.json"));
  for (const path of files.sort()) {
    const checks: Check[] = JSON.parse(await readFile(join(output, path), "utf8"));
    results[path.replace(/-\d{4}-\d{2}-\d{2}T.*$/, "")] = Object.fromEntries(
      checks
        .filter(({ id }) => !OF_THE_CLOCK.has(id))
        .map(({ id, status, errorMessage }) => [id, [status, errorMessage].join(" ")]),
    );
  }
  return results;
}

/** How long a client waits before it comes again says as much of the machine. */
const OF_THE_CLOCK: ReadonlySet<string> = new Set(["client-sse-retry-timing"]);

/** Runs the suite until it has ended, whatever comes out. */
export async function runConformance(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<void> {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [SUITE, ...args], { env, stdio: "ignore" });
  await new Promise((resolve) => child.once("close", resolve));
}

interface Check {
  readonly id: string;
  readonly status: string;
  readonly errorMessage?: string;
}

const SUITE = fileURLToPath(import.meta.resolve("@modelcontextprotocol/conformance/dist/index.js"));
