import assert from "node:assert/strict";
import { watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { it, type TestContext } from "node:test";
import { loadConfig } from "../../src/config/load.ts";
import { createRuntime } from "../../src/runtime/create-runtime.ts";
import { cliFolder, startCli } from "../support/run-cli.ts";

const KILLS = Number(process.env.HAECHI_KILLS ?? 4);
const TOKENS = 2_000;

it("loses no token to a process that is killed while it seals them anew, and the next one does the rest", async (test) => {
  const folder = await cliFolder(test);
  writeFileSync("haechi.config.json", JSON.stringify({ tokenVault: { revealPolicy: "local-dev" } }));
  await folder.run("init");
  const { config } = loadConfig({ path: "haechi.config.json", environment: {} });
  const runtime = createRuntime(config);
  const requests = Array.from({ length: TOKENS }, (_, index) => ({
    plaintext: `${index}@example.org`,
    type: "email" as const,
    path: "",
    ruleId: "email",
  }));
  const issued = await runtime.vault.tokenizeAll(requests);
  await runtime.close();
  for (let kill = 1; kill <= KILLS; kill++) {
    // What an earlier run left is under an older key, and so is the rest.
    await folder.run("keys rotate");
    await killedWhileWriting(test, folder.path, (kill % 9) + 1);
    const check = JSON.parse((await folder.run("vault check")).stdout);
    assert.deepEqual([check.ok, check.tokens, check.unopened], [true, TOKENS, 0]);
  }
  const { ok, resealed, current } = JSON.parse((await folder.run("vault reseal")).stdout);
  assert.deepEqual([ok, resealed + current], [true, TOKENS]);
  const { byKey } = JSON.parse((await folder.run("vault check")).stdout);
  assert.deepEqual(Object.values(byKey), [TOKENS]);
  const after = createRuntime(config);
  const values = await after.vault.detokenize(issued.map(({ id }) => id));
  await after.close();
  assert.deepEqual([...values.values()].sort(), issued.map(({ plaintext }) => plaintext).sort());
  assert.equal((await folder.run("audit-verify")).exitCode, 0);
});

/** Runs a reseal and kills it when it has written to the vault so many times. */
async function killedWhileWriting(test: TestContext, folder: string, writes: number): Promise<void> {
  const reseal = startCli(test, folder, ["vault", "reseal"]);
  let seen = 0;
  const watcher = watch(join(folder, ".haechi"), (_, name) => {
    if (name === "token-vault.sqlite-wal" && ++seen >= writes) reseal.child.kill("SIGKILL");
  });
  await reseal.ended;
  watcher.close();
}
