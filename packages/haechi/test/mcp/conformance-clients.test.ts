import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { outcomes, runConformance } from "../support/conformance.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** The extensions are of other clients. */
const SCENARIOS = {
  short: ["sse-retry", "auth/metadata-var3"],
  long: [
    "initialize",
    "tools_call",
    "elicitation-sep1034-client-defaults",
    "auth/metadata-default",
    "auth/metadata-var1",
    "auth/metadata-var2",
    "auth/basic-cimd",
    "auth/scope-from-www-authenticate",
    "auth/scope-from-scopes-supported",
    "auth/scope-omitted-when-undefined",
    "auth/scope-step-up",
    "auth/scope-retry-limit",
    "auth/token-endpoint-auth-basic",
    "auth/token-endpoint-auth-post",
    "auth/token-endpoint-auth-none",
    "auth/pre-registration",
    "auth/2025-03-26-oauth-metadata-backcompat",
    "auth/2025-03-26-oauth-endpoint-fallback",
    "auth/resource-mismatch",
    "auth/offline-access-scope",
    "auth/offline-access-not-supported",
  ],
};
const isWhole = process.env.HAECHI_CONFORMANCE === "all";

for (const scenario of isWhole ? [...SCENARIOS.short, ...SCENARIOS.long] : SCENARIOS.short) {
  test(`the suite says of a client through Haechi what it says of it directly: ${scenario}`, async (t) => {
    const [direct, through] = await Promise.all([runClient(t, scenario, false), runClient(t, scenario, true)]);
    assert.deepEqual(through, direct);
    assert.ok(Object.values(direct).some((outcome) => outcome.startsWith("SUCCESS")));
  });
}

async function runClient(t: Pick<TestContext, "after">, scenario: string, isThrough: boolean) {
  const output = await tempFolder(t);
  const state = await tempFolder(t);
  const command = `${process.execPath} ${CLIENT}`;
  await runConformance(
    ["client", "--command", command, "--scenario", scenario, "-o", output],
    isThrough ? { HAECHI_FOLDER: state } : {},
  );
  const [checks = {}] = Object.values(await outcomes(output));
  return checks;
}

const CLIENT = fileURLToPath(new URL("servers/conformance-client.ts", import.meta.url));
