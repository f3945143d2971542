import assert from "node:assert/strict";
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { jsonVaultTokens } from "../support/json-vault.ts";
import { type CliFolder, cliFolder } from "../support/run-cli.ts";

const KEYS = ".haechi/dev.keys.json";

/** A folder whose vault holds a token for each value. */
async function vaultFolder(test: Parameters<typeof cliFolder>[0], ...values: readonly string[]) {
  const folder = await cliFolder(test);
  const policy = { presets: [], actions: { email: "tokenize" } };
  writeFileSync(
    "haechi.config.json",
    JSON.stringify({ mode: "enforce", policy, tokenVault: { revealPolicy: "local-dev" } }),
  );
  await folder.run("init");
  return { ...folder, tokens: await tokenize(folder, ...values) };
}

async function tokenize({ run }: CliFolder, ...values: readonly string[]): Promise<string[]> {
  const { stdout } = await run("protect -", { stdin: JSON.stringify(values) });
  return JSON.parse(stdout).payload.map((marker: string) => /tok_email_[0-9a-f]+/.exec(marker)![0]);
}

async function reveal({ run }: CliFolder, token: string): Promise<string | null> {
  const { exitCode, stdout } = await run(`token-reveal ${token} --allow-dev-reveal`);
  return exitCode === 0 ? JSON.parse(stdout).plaintext : null;
}

/** Dates the retirement of a key back, as if nothing were sealed under it any more. */
function retireBefore(kid: string): void {
  const file = JSON.parse(readFileSync(KEYS, "utf8"));
  for (const key of file.keys) if (key.kid === kid) key.retiredAt = "2020-01-01T00:00:00.000Z";
  writeFileSync(KEYS, JSON.stringify(file));
}

function removeVault(): void {
  for (const name of readdirSync(".haechi")) if (name.startsWith("token-vault")) rmSync(`.haechi/${name}`);
}

/** Decision, reason and number of the last entries of the audit log. */
function outcomes(count: number): unknown[][] {
  const lines = readFileSync(".haechi/audit.jsonl", "utf8").trimEnd().split("\n");
  return lines.slice(-count).map((line) => {
    const { decision, reason, count: tokens } = JSON.parse(line);
    return tokens === undefined ? [decision, reason] : [decision, reason, tokens];
  });
}

describe("vault backup and vault restore", () => {
  it("bring a lost vault back, each step in the audit log", async (test) => {
    const folder = await vaultFolder(test, "kim@example.org", "lee@example.org");
    const { exitCode, stdout } = await folder.run("vault backup backup.sqlite");
    assert.deepEqual([exitCode, JSON.parse(stdout)], [0, { path: "backup.sqlite", tokens: 2 }]);
    assert.deepEqual(outcomes(2), [
      ["backup", "backup_started"],
      ["backup", "backup_done", 2],
    ]);
    assert.ok(!readFileSync("backup.sqlite").includes("kim@example.org"));
    removeVault();
    assert.equal(await reveal(folder, folder.tokens[0]!), null);
    assert.equal((await folder.run("vault restore backup.sqlite")).exitCode, 0);
    assert.deepEqual(outcomes(2), [
      ["restore", "restore_started"],
      ["restore", "restore_done", 2],
    ]);
    assert.equal(await reveal(folder, folder.tokens[1]!), "lee@example.org");
  });

  it("refuse to lose tokens, to overwrite a file, and to restore what is damaged", async (test) => {
    const folder = await vaultFolder(test, "kim@example.org");
    await folder.run("vault backup backup.sqlite");
    assert.equal((await folder.run("vault backup backup.sqlite")).exitCode, 1);
    assert.deepEqual(outcomes(1), [["backup", "backup_failed"]]);
    const [token] = await tokenize(folder, "lee@example.org");
    const refused = await folder.run("vault restore backup.sqlite");
    assert.equal(refused.exitCode, 1);
    assert.match(refused.stderr, /1 tokens that the backup lacks/);
    assert.equal((await folder.run("vault restore backup.sqlite --keep --drop")).exitCode, 2);
    await folder.run("vault restore backup.sqlite --keep");
    assert.equal(await reveal(folder, token!), "lee@example.org");
    await folder.run("vault restore backup.sqlite --drop");
    assert.equal(await reveal(folder, token!), null);
    writeFileSync("broken.sqlite", "SQLite format 3\0 and nothing more");
    assert.equal((await folder.run("vault restore broken.sqlite --drop")).exitCode, 1);
    assert.equal(await reveal(folder, folder.tokens[0]!), "kim@example.org");
  });

  it("refuse a backup that no key here opens, unless they are told to", async (test) => {
    const folder = await vaultFolder(test, "kim@example.org");
    await folder.run("vault backup backup.sqlite");
    removeVault();
    rmSync(KEYS);
    await folder.run("init");
    const refused = await folder.run("vault restore backup.sqlite");
    assert.equal(refused.exitCode, 1);
    assert.match(refused.stderr, /no key here opens 1 tokens/);
    assert.equal((await folder.run("vault restore backup.sqlite --force")).exitCode, 0);
    const check = await folder.run("vault check");
    assert.deepEqual([check.exitCode, JSON.parse(check.stdout).unopened], [1, 1]);
  });
});

describe("vault reseal", () => {
  it("lets an old key go with nothing lost, and is in the audit log", async (test) => {
    const folder = await vaultFolder(test, "kim@example.org", "lee@example.org");
    const { keys } = JSON.parse(readFileSync(KEYS, "utf8"));
    const old = keys[0].kid;
    const { kid } = JSON.parse((await folder.run("keys rotate")).stdout);
    const [late] = await tokenize(folder, "park@example.org");
    assert.match((await folder.run(`keys destroy ${old}`)).stderr, /2 tokens of the vault are sealed under this key/);
    const { exitCode, stdout } = await folder.run("vault reseal");
    assert.deepEqual(
      [exitCode, JSON.parse(stdout)],
      [0, { ok: true, kid, resealed: 2, current: 1, expired: 0, unopened: 0 }],
    );
    assert.deepEqual(outcomes(2), [
      ["reseal", "reseal_started"],
      ["reseal", "reseal_done", 2],
    ]);
    assert.equal(JSON.parse((await folder.run("vault reseal")).stdout).current, 3);
    const early = await folder.run(`keys destroy ${old} --yes`);
    assert.equal(early.exitCode, 1);
    assert.match(early.stderr, /retired less than 60 seconds ago/);
    retireBefore(old);
    assert.deepEqual(JSON.parse((await folder.run(`keys destroy ${old} --yes`)).stdout), { kid: old, tokensLost: 0 });
    assert.equal(await reveal(folder, folder.tokens[0]!), "kim@example.org");
    assert.equal(await reveal(folder, folder.tokens[1]!), "lee@example.org");
    assert.equal(await reveal(folder, late!), "park@example.org");
    assert.equal((await folder.run("vault check")).exitCode, 0);
    assert.equal((await folder.run("audit-verify")).exitCode, 0);
  });

  it("says which tokens it could not open, and leaves them", async (test) => {
    const folder = await vaultFolder(test, "kim@example.org");
    rmSync(KEYS);
    await folder.run("init --force");
    const { exitCode, stdout } = await folder.run("vault reseal");
    const { ok, resealed, unopened } = JSON.parse(stdout);
    assert.deepEqual([exitCode, ok, resealed, unopened], [1, false, 0, 1]);
  });

  it("tells a person how far it has come, and the end", async (test) => {
    const folder = await vaultFolder(test, "kim@example.org");
    await folder.run("keys rotate");
    const { stdout, stderr } = await folder.run("vault reseal --no-color", { isTerminal: true });
    assert.match(stderr, /^\r1 tokens\r/);
    assert.match(stdout, /sealed anew +1\n/);
  });
});

describe("vault check", () => {
  it("says of a vault and of a backup how many tokens open, under which keys, and shows none", async (test) => {
    const folder = await vaultFolder(test, "kim@example.org");
    await folder.run("keys rotate");
    await tokenize(folder, "lee@example.org", "park@example.org");
    await folder.run("vault backup backup.sqlite");
    for (const line of ["vault check", "vault check backup.sqlite"]) {
      const { exitCode, stdout } = await folder.run(line);
      const { ok, tokens, damaged, unopened, byKey } = JSON.parse(stdout);
      assert.deepEqual([exitCode, ok, tokens, damaged, unopened], [0, true, 3, 0, 0]);
      assert.deepEqual(Object.values(byKey).sort(), [1, 2]);
      assert.ok(!stdout.includes("example.org"));
    }
    assert.match((await folder.run("vault check --no-color", { isTerminal: true })).stdout, /The vault is whole/);
  });

  it("ends with 1 where there is none, and makes none", async (test) => {
    const folder = await cliFolder(test);
    await folder.run("init");
    assert.equal((await folder.run("vault check")).exitCode, 1);
    assert.equal(existsSync(".haechi/token-vault.sqlite"), false);
  });
});

describe("vault import", () => {
  it("takes a JSON vault over with its own key file, and leaves the file as it is", async (test) => {
    const folder = await vaultFolder(test, "kim@example.org");
    const [{ kid, k }] = JSON.parse(readFileSync(KEYS, "utf8")).keys;
    const id = "tok_email_00112233445566ff";
    const { [id]: record } = jsonVaultTokens({ kid, k }, { [id]: "lee@example.org" });
    const createdAt = new Date().toISOString();
    const text = JSON.stringify({ version: 1, createdAt, tokens: { [id]: record, "kim@example.org": record } });
    writeFileSync("old.json", text);
    const { exitCode, stdout } = await folder.run("vault import old.json");
    assert.deepEqual(
      [exitCode, JSON.parse(stdout)],
      [1, { ok: false, imported: 1, known: 0, expired: 0, rejected: 1 }],
    );
    assert.deepEqual(outcomes(2), [
      ["import", "import_started"],
      ["import", "import_done", 1],
    ]);
    assert.equal(await reveal(folder, id), "lee@example.org");
    assert.equal(readFileSync("old.json", "utf8"), text);
    assert.ok(!readFileSync(".haechi/audit.jsonl", "utf8").includes("kim@"));
    assert.equal((await folder.run("vault import missing.json")).exitCode, 1);
    assert.deepEqual(outcomes(1), [["import", "import_failed"]]);
  });

  it("is what a vault path that names a JSON vault points to", async (test) => {
    const folder = await cliFolder(test);
    await folder.run("init");
    writeFileSync("old.json", '{"version":1,"tokens":{}}');
    copyFileSync("old.json", ".haechi/token-vault.sqlite");
    const { exitCode, stderr } = await folder.run("token-export");
    assert.equal(exitCode, 1);
    assert.match(stderr, /haechi vault import/);
  });
});

it("an export is recorded by its number", async (test) => {
  const folder = await vaultFolder(test, "kim@example.org", "lee@example.org");
  await folder.run("token-export --type email");
  assert.deepEqual(outcomes(1), [["export", "exported", 2]]);
});
