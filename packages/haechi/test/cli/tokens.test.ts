import assert from "node:assert/strict";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { type CliFolder, cliFolder } from "../support/run-cli.ts";

const EMAIL = "minji.kim@example.org";

/** A folder whose vault holds one token. */
async function vaultFolder(
  test: Parameters<typeof cliFolder>[0],
  tokenVault: object = {},
): Promise<CliFolder & { readonly token: string }> {
  const folder = await cliFolder(test);
  const policy = { presets: [], actions: { email: "tokenize" } };
  writeFileSync("haechi.config.json", JSON.stringify({ mode: "enforce", policy, tokenVault }));
  await folder.run("init");
  const { stdout } = await folder.run("protect -", { stdin: JSON.stringify([EMAIL]) });
  const [marker] = JSON.parse(stdout).payload;
  const token = /tok_email_[0-9a-f]+/.exec(marker)?.[0];
  assert.ok(token);
  return { ...folder, token };
}

function decisions(): (string | undefined)[] {
  return readFileSync(".haechi/audit.jsonl", "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).decision);
}

describe("token-reveal", () => {
  it("shows a value when the configuration and the person both say so, and records it", async (test) => {
    const { run, token } = await vaultFolder(test, { revealPolicy: "local-dev" });
    const { exitCode, stdout } = await run(`token-reveal ${token} --allow-dev-reveal`);
    assert.equal(exitCode, 0);
    assert.deepEqual(JSON.parse(stdout), { token, type: "email", plaintext: EMAIL });
    assert.equal(decisions().at(-1), "reveal_allowed");
  });

  for (const [revealPolicy, flag] of [
    ["disabled", ""],
    ["disabled", "--allow-dev-reveal"],
    ["local-dev", ""],
  ]) {
    it(`refuses and records it with ${revealPolicy} and "${flag}"`, async (test) => {
      const { run, token } = await vaultFolder(test, { revealPolicy });
      const { exitCode, stdout, stderr } = await run(`token-reveal ${token} ${flag}`);
      assert.equal(exitCode, 1);
      assert.equal(stdout, "");
      assert.match(stderr, /revealPolicy/);
      assert.ok(!stderr.includes(EMAIL));
      assert.equal(decisions().at(-1), "reveal_denied");
    });
  }

  it("keeps what is no token out of the log and out of the message", async (test) => {
    const { run } = await vaultFolder(test, { revealPolicy: "local-dev" });
    const { exitCode, stderr } = await run("token-reveal my-secret --allow-dev-reveal");
    assert.equal(exitCode, 1);
    assert.ok(!stderr.includes("my-secret"));
    assert.equal(decisions().at(-1), "reveal_failed");
    assert.ok(!readFileSync(".haechi/audit.jsonl", "utf8").includes("my-secret"));
  });
});

describe("token-purge", () => {
  it("deletes a token once", async (test) => {
    const { run, token } = await vaultFolder(test, { revealPolicy: "local-dev" });
    const first = await run(`token-purge ${token}`);
    assert.deepEqual([first.exitCode, JSON.parse(first.stdout)], [0, { result: { ok: true, purged: 1 } }]);
    const second = await run(`token-purge ${token}`);
    assert.deepEqual([second.exitCode, JSON.parse(second.stdout)], [1, { result: { ok: false, purged: 0 } }]);
    assert.equal((await run(`token-reveal ${token} --allow-dev-reveal`)).exitCode, 1);
    assert.deepEqual(decisions().slice(1), ["purge", "purge", "reveal_failed"]);
  });

  it("leaves what retention still holds", async (test) => {
    const { run } = await vaultFolder(test);
    const { exitCode, stdout } = await run("token-purge --expired");
    assert.deepEqual([exitCode, JSON.parse(stdout)], [0, { result: { ok: true, purged: 0 } }]);
    assert.equal(JSON.parse((await run("token-export")).stdout).tokens.length, 1);
  });
});

describe("token-export", () => {
  it("lists tokens without their values", async (test) => {
    const { run, token } = await vaultFolder(test);
    for (const isTerminal of [false, true]) {
      const { exitCode, stdout } = await run("token-export --type email", { isTerminal });
      assert.equal(exitCode, 0);
      assert.ok(stdout.includes(token));
      assert.ok(!stdout.includes(EMAIL));
    }
    const { tokens } = JSON.parse((await run("token-export")).stdout);
    assert.deepEqual(Object.keys(tokens[0]).sort(), ["createdAt", "expiresAt", "path", "ruleId", "token", "type"]);
    assert.deepEqual(JSON.parse((await run("token-export --type card")).stdout), { tokens: [] });
  });
});

describe("auth", () => {
  it("shows a token once and keeps it nowhere", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    const { exitCode, stdout } = await run("auth add --type agent --scope chat --scope embed --label team=search");
    assert.equal(exitCode, 0);
    const { id, token, warning, ...identity } = JSON.parse(stdout);
    assert.deepEqual(identity, { type: "agent", scopes: ["chat", "embed"], labels: { team: "search" } });
    assert.match(token, /^hae_[\w-]{43}$/);
    assert.match(warning, /once/);
    assert.equal(statSync(".haechi/auth.json").mode & 0o777, 0o600);
    assert.ok(!readFileSync(".haechi/auth.json", "utf8").includes(token));
    const listed = await run("auth list");
    assert.ok(!listed.stdout.includes(token));
    assert.deepEqual(
      JSON.parse(listed.stdout).tokens.map((entry: object) => Object.keys(entry)),
      [["id", "type", "scopes", "labels", "createdAt", "disabled", "state", "lastUsedAt"]],
    );
    assert.equal(JSON.parse(listed.stdout).tokens[0].id, id);
  });

  it("revokes a token for good, and knows which there are", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    const { id } = JSON.parse((await run("auth add")).stdout);
    assert.deepEqual(JSON.parse((await run(`auth revoke ${id}`)).stdout), { id, revoked: true });
    assert.equal(JSON.parse((await run("auth list")).stdout).tokens[0].disabled, true);
    assert.match((await run("auth list --no-color", { isTerminal: true })).stdout, /revoked/);
    assert.equal((await run("auth revoke tok_auth_00000000")).exitCode, 1);
  });

  it("puts a new token in the place of one, which holds on for a while", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    const { id, token } = JSON.parse((await run("auth add --scope chat --valid-days 30")).stdout);
    const { exitCode, stdout } = await run(`auth rotate ${id} --overlap-hours 48`);
    assert.equal(exitCode, 0);
    const rotated = JSON.parse(stdout);
    assert.deepEqual(Object.keys(rotated), ["id", "token", "expiresAt", "previousExpiresAt", "warning"]);
    assert.equal(rotated.id, id);
    assert.notEqual(rotated.token, token);
    const [listed] = JSON.parse((await run("auth list")).stdout).tokens;
    assert.deepEqual(listed.scopes, ["chat"]);
    assert.equal(Date.parse(listed.expiresAt) - Date.parse(listed.rotatedAt), 30 * 24 * 60 * 60 * 1000);
    assert.equal(Date.parse(listed.previousExpiresAt) - Date.parse(listed.rotatedAt), 48 * 60 * 60 * 1000);
    const atOnce = JSON.parse((await run(`auth rotate ${id} --overlap-hours 0 --valid-days 1`)).stdout);
    assert.equal(JSON.parse((await run("auth list")).stdout).tokens[0].previousExpiresAt, undefined);
    assert.ok(Date.parse(atOnce.previousExpiresAt) <= Date.now());
    await run(`auth revoke ${id}`);
    assert.match((await run(`auth rotate ${id}`)).stderr, /revoked/);
  });

  it("records every change of the tokens, by id and without anything that was typed", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    const { id, token } = JSON.parse((await run("auth add")).stdout);
    await run(`auth rotate ${id}`);
    await run(`auth revoke ${id}`);
    await run(`auth revoke ${token}`);
    const text = readFileSync(".haechi/audit.jsonl", "utf8");
    const entries = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))
      .filter(({ decision }) => decision === "auth_change");
    assert.deepEqual(
      entries.map(({ operation, reason, identity }) => [operation, reason, identity?.id ?? null]),
      [
        ["auth:add", "add_started", null],
        ["auth:add", "add_done", id],
        ["auth:rotate", "rotate_started", id],
        ["auth:rotate", "rotate_done", id],
        ["auth:revoke", "revoke_started", id],
        ["auth:revoke", "revoke_done", id],
        ["auth:revoke", "revoke_started", null],
        ["auth:revoke", "revoke_failed", null],
      ],
    );
    assert.ok(!text.includes(token));
  });

  it("revokes a token without the keys", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    const { id } = JSON.parse((await run("auth add")).stdout);
    rmSync(".haechi/dev.keys.json");
    assert.equal((await run(`auth revoke ${id}`)).exitCode, 0);
  });

  it("says what a scope and a label may be, before anything is made", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    for (const [line, says] of [
      ["auth add --scope=", /--scope expects 1 to 128 visible characters/],
      ['auth add --scope=a"b', /--scope expects/],
      ["auth add --label team=", /--label expects key=value/],
      ["auth add --label team=a --label team=b", /--label expects each key once/],
      ["auth rotate tok_auth_00000000 --overlap-hours -1", /overlap-hours/],
      ["auth rotate", /missing required argument 'id'/],
    ] as const) {
      const { exitCode, stderr } = await run(line);
      assert.equal(exitCode, 2, line);
      assert.match(stderr, says);
    }
    assert.deepEqual(JSON.parse((await run("auth list")).stdout).tokens, []);
  });

  it("limits how long a token holds when it is told to", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    await run("auth add --valid-days 7");
    const [entry] = JSON.parse((await run("auth list")).stdout).tokens;
    assert.equal(Date.parse(entry.expiresAt) - Date.parse(entry.createdAt), 7 * 24 * 60 * 60 * 1000);
  });

  it("refuses labels that are not allowed, and keys that are kept elsewhere", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    for (const line of ["auth add --label colour=red", "auth add --valid-days 0", "auth add --label team"]) {
      assert.notEqual((await run(line)).exitCode, 0, line);
    }
    writeFileSync("haechi.config.json", JSON.stringify({ keys: { provider: "external" } }));
    const { exitCode, stderr } = await run("auth add");
    assert.equal(exitCode, 1);
    assert.match(stderr, /keys\.provider is not local/);
  });
});
