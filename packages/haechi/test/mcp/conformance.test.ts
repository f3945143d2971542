import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { type Outcomes, outcomes, runConformance } from "../support/conformance.ts";
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

async function runSuite(t: Pick<TestContext, "after">, base: string): Promise<Outcomes> {
  const output = await tempFolder(t);
  await runConformance(["server", "--url", `${base}/mcp`, "--suite", "all", "-o", output]);
  return await outcomes(output);
}
