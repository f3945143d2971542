import assert from "node:assert/strict";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { EVERYTHING } from "../support/mcp-command.ts";
import { cliFolder, runCliWords } from "../support/run-cli.ts";

async function doctor(t: TestContext, config: ConfigInput, ...server: string[]) {
  const { path } = await cliFolder(t);
  const files = {
    keys: { keyFile: join(path, "secrets/keys.json") },
    audit: { path: join(path, "secrets/audit.jsonl") },
    tokenVault: { path: join(path, "secrets/vault.sqlite") },
  };
  await writeFile("haechi.config.json", JSON.stringify({ mode: "enforce", ...config, ...files }));
  const run = async () => {
    const words = server.length === 0 ? [] : ["--", ...server];
    const { exitCode, stdout, stderr } = await runCliWords(["mcp", "doctor", "--timeout", "20", ...words]);
    const checks: { name: string; state: string; detail: string }[] = stdout === "" ? [] : JSON.parse(stdout).checks;
    return { exitCode, stderr, checks, of: (state: string) => checks.filter((check) => check.state === state) };
  };
  return { path, run };
}

test("canaries do not arrive in either direction, and are in the audit log by type only", async (t) => {
  const { run } = await doctor(t, { policy: { presets: ["mcp-basic"] } });
  const { exitCode, checks, of } = await run();
  assert.equal(exitCode, 0);
  assert.deepEqual(of("failed"), []);
  assert.deepEqual(of("warning"), []);
  const passages = checks.filter(({ name }) => name.startsWith("built-in"));
  assert.deepEqual(
    passages.map(({ name, detail }) => `${name.slice("built-in server: ".length)}: ${detail}`),
    [
      "email to the server: replaced",
      "email to the client: replaced",
      "card to the server: stopped",
      "card to the client: stopped",
      "secret to the server: stopped",
      "secret to the client: stopped",
    ],
  );
  const log = await readFile("secrets/audit.jsonl", "utf8");
  assert.ok(log.includes('"email"') && !log.includes("canary.") && !log.includes("ghp_"));
});

test("the reference server gets no canary either", async (t) => {
  const { run } = await doctor(t, {}, process.execPath, ...EVERYTHING);
  const { exitCode, checks } = await run();
  assert.equal(exitCode, 0);
  assert.equal(checks.filter(({ name, state }) => name.startsWith("the server: ") && state === "ok").length, 3);
});

test("a mode that changes nothing fails", async (t) => {
  const { exitCode, of } = await (await doctor(t, { mode: "dry-run" })).run();
  assert.equal(exitCode, 1);
  assert.equal(of("failed").length, 7);
});

test("a direction that is not protected fails", async (t) => {
  const { of } = await (await doctor(t, { mcp: { protectResults: false } })).run();
  assert.deepEqual(
    of("failed").map(({ name }) => name),
    ["email", "card", "secret"].map((type) => `built-in server: ${type} to the client`).concat("mcp.protectResults"),
  );
});

test("a canary that cannot be sent proves nothing", async (t) => {
  const { exitCode, of } = await (await doctor(t, { mcp: { allowedMethods: ["initialize"] } })).run();
  assert.equal(exitCode, 1);
  assert.equal(of("failed").filter(({ detail }) => detail.includes("ping")).length, 6);
});

test("what the policy lets through is a warning", async (t) => {
  const { exitCode, of } = await (await doctor(t, { policy: { presets: [], actions: { email: "allow" } } })).run();
  assert.equal(exitCode, 0);
  assert.equal(of("warning").length, 2);
});

test("a server that does not start and one that is not pinned fail", async (t) => {
  const { run } = await doctor(t, { mcp: { pin: "enforce" } }, "/nowhere/no-such-program");
  assert.deepEqual(
    (await run()).of("failed").map(({ name }) => name),
    ["the server", "pins"],
  );
});

test("a folder that others can write to fails, and so does a log that was changed", async (t) => {
  const { path, run } = await doctor(t, {});
  await run();
  const log = join(path, "secrets/audit.jsonl");
  await chmod(join(path, "secrets"), 0o777);
  await writeFile(log, (await readFile(log, "utf8")).replace('"blocked":false', '"blocked":true'));
  const { exitCode, of } = await run();
  assert.equal(exitCode, 1);
  assert.deepEqual(
    of("failed").map(({ name }) => name),
    ["permissions: folder of the keys", "audit log"],
  );
});
