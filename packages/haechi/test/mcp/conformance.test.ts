import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { mcpHttpServer } from "../support/mcp-http-server.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { conformanceServer } from "./conformance-server.ts";

test("the official conformance suite says of a server through Haechi what it says of it directly", async (t) => {
  const { url } = await mcpHttpServer(t, { connect: (transport: Transport) => conformanceServer().connect(transport) });
  const haechi = await startHaechi(t, url, { target: { type: "mcp" } });
  const [direct, through] = await Promise.all([runSuite(t, url), runSuite(t, haechi.url)]);
  for (const [scenario, checks] of Object.entries(direct)) assert.deepEqual(through[scenario], checks, scenario);
  assert.deepEqual(Object.keys(through), Object.keys(direct));
  assert.ok(Object.keys(direct).length >= 32, "scenarios");
  const failed = Object.values(direct)
    .flatMap(Object.values)
    .filter((outcome) => outcome.startsWith("FAILURE"));
  assert.deepEqual(failed, []);
});

/** By scenario and check: what came out. */
async function runSuite(t: Pick<TestContext, "after">, base: string): Promise<Record<string, Record<string, string>>> {
  const output = await tempFolder(t);
  const child = spawn(process.execPath, [SUITE, "server", "--url", `${base}/mcp`, "--suite", "all", "-o", output], {
    stdio: "ignore",
  });
  await new Promise((resolve) => child.once("close", resolve));
  const results: Record<string, Record<string, string>> = {};
  for (const folder of (await readdir(output)).sort()) {
    const checks: Check[] = JSON.parse(await readFile(join(output, folder, "checks.json"), "utf8"));
    const scenario = folder.replace(/-\d{4}-\d{2}-\d{2}T.*$/, "");
    results[scenario] = Object.fromEntries(
      checks.map(({ id, status, errorMessage }) => [id, [status, errorMessage].join(" ")]),
    );
  }
  return results;
}

interface Check {
  readonly id: string;
  readonly status: string;
  readonly errorMessage?: string;
}

const SUITE = fileURLToPath(import.meta.resolve("@modelcontextprotocol/conformance/dist/index.js"));
