import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, it } from "node:test";
import { runCli } from "../../src/cli/run-cli.ts";
import { type CliFolder, cliFolder, startCli } from "../support/run-cli.ts";

const EMAIL = "minji.kim@example.org";
const KEYS = ".haechi/dev.keys.json";
const PASSPHRASE = "correct horse battery";
const environment = { HAECHI_KEY_PASSPHRASE: PASSPHRASE };

/** A folder with keys, and a vault that holds one token. */
async function tokenFolder(test: Parameters<typeof cliFolder>[0]): Promise<CliFolder & { readonly token: string }> {
  const folder = await cliFolder(test);
  const policy = { presets: [], actions: { email: "tokenize" } };
  const tokenVault = { revealPolicy: "local-dev", deterministic: true };
  writeFileSync("haechi.config.json", JSON.stringify({ mode: "enforce", policy, tokenVault }));
  await folder.run("init");
  return { ...folder, token: await tokenize(folder) };
}

async function tokenize({ run }: CliFolder, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout, stderr } = await run("protect -", { stdin: JSON.stringify([EMAIL]), environment: env });
  assert.notEqual(stdout, "", stderr);
  return /tok_email_[0-9a-f]+/.exec(stdout)![0];
}

async function keyList({ run }: CliFolder) {
  return JSON.parse((await run("keys list")).stdout);
}

function lastEntries(count: number) {
  const lines = readFileSync(".haechi/audit.jsonl", "utf8").trimEnd().split("\n");
  return lines.slice(-count).map((line) => JSON.parse(line));
}

function lastReasons(count: number): string[] {
  return lastEntries(count).map(({ decision, reason, operation }) => [decision, reason, operation].join(" "));
}

/** Reason, key and new active key of the last entries. */
function lastKeys(count: number): (string | null)[][] {
  return lastEntries(count).map(({ reason, kid = null, newKid = null }) => [reason, kid, newKid]);
}

describe("keys rotate", () => {
  it("makes a new active key under which old and new tokens, bearer tokens and deterministic tokens hold", async (test) => {
    const folder = await tokenFolder(test);
    const bearer = readBearer(await folder.run("auth add"));
    const { exitCode, stdout } = await folder.run("keys rotate");
    assert.equal(exitCode, 0);
    const { kid } = JSON.parse(stdout);
    const { keys, wrapped } = await keyList(folder);
    assert.equal(wrapped, false);
    assert.deepEqual(
      keys.map(({ status }: { status: string }) => status),
      ["active", "retired"],
    );
    assert.equal(keys[0].kid, kid);
    assert.deepEqual(lastReasons(2), ["key_change rotate_started keys:rotate", "key_change rotate_done keys:rotate"]);
    assert.equal(
      JSON.parse((await folder.run(`token-reveal ${folder.token} --allow-dev-reveal`)).stdout).plaintext,
      EMAIL,
    );
    assert.equal(await tokenize(folder), folder.token);
    assert.ok(readFileSync(".haechi/auth.json", "utf8").includes(bearer.id));
  });
});

describe("the audit log", () => {
  it("names the keys of each change, and never their bytes or what is no key", async (test) => {
    const folder = await tokenFolder(test);
    const first = (await keyList(folder)).keys[0].kid;
    const second = JSON.parse((await folder.run("keys rotate")).stdout).kid;
    assert.deepEqual(lastKeys(2), [
      ["rotate_started", first, null],
      ["rotate_done", first, second],
    ]);
    const third = JSON.parse((await folder.run(`keys retire ${second}`)).stdout).activeKid;
    assert.deepEqual(lastKeys(2), [
      ["retire_started", second, null],
      ["retire_done", second, third],
    ]);
    await folder.run(`keys retire ${second} --until 2031-01-01`);
    assert.deepEqual(lastKeys(1), [["retire_done", second, null]]);
    await folder.run(`keys destroy ${second} --yes --lose-tokens`);
    assert.deepEqual(lastKeys(2), [
      ["destroy_started", second, null],
      ["destroy_done", second, null],
    ]);
    await folder.run("keys destroy somebodys-secret --yes --lose-tokens");
    assert.deepEqual(lastKeys(1), [["destroy_failed", null, null]]);
    await folder.run("init --rotate-key");
    assert.deepEqual(lastKeys(1)[0]!.slice(0, 2), ["rotate_done", third]);
    await folder.run("keys wrap", { environment });
    assert.deepEqual(lastKeys(1), [["wrap_done", null, null]]);
    const { hmacRoot, keys } = JSON.parse(readFileSync(KEYS, "utf8"));
    const log = readFileSync(".haechi/audit.jsonl", "utf8");
    for (const secret of [hmacRoot, ...keys.map(({ k }: { k?: string }) => k)])
      assert.ok(!log.includes(String(secret)));
    const exported = await folder.run("audit export --format cef --decision key_change");
    assert.match(exported.stdout, new RegExp(`flexString1Label=key flexString1=${first} `));
    const ocsf = await folder.run("audit export --format ocsf --decision key_change");
    assert.equal(JSON.parse(ocsf.stdout.split("\n")[1]!).unmapped.new_key, second);
  });
});

describe("keys list", () => {
  it("shows no byte of a key, at a terminal or in JSON", async (test) => {
    const folder = await tokenFolder(test);
    const { keys, hmacRoot } = JSON.parse(readFileSync(KEYS, "utf8"));
    for (const isTerminal of [true, false]) {
      const { stdout } = await folder.run("keys list --no-color", { isTerminal });
      assert.ok(stdout.includes(keys[0].kid));
      assert.ok(!stdout.includes(keys[0].k) && !stdout.includes(hmacRoot));
    }
  });
});

describe("keys retire and keys destroy", () => {
  it("say what would be lost before it is lost, and then lose it", async (test) => {
    const folder = await tokenFolder(test);
    const { kid } = (await keyList(folder)).keys[0];
    const refusedActive = await folder.run(`keys destroy ${kid} --yes --lose-tokens`);
    assert.equal(refusedActive.exitCode, 1);
    assert.deepEqual(lastReasons(2), [
      "key_change destroy_started keys:destroy",
      "key_change destroy_failed keys:destroy",
    ]);
    const retired = JSON.parse((await folder.run(`keys retire ${kid} --until 2020-01-01`)).stdout);
    assert.equal(retired.opensUntil, "2020-01-01T00:00:00.000Z");
    const reveal = `token-reveal ${folder.token} --allow-dev-reveal`;
    assert.equal((await folder.run(reveal)).exitCode, 1);
    await folder.run(`keys retire ${kid} --until never`);
    assert.equal((await folder.run(reveal)).exitCode, 0);
    const warned = await folder.run(`keys destroy ${kid}`);
    assert.equal(warned.exitCode, 1);
    assert.match(warned.stderr, /1 tokens of the vault.*--yes/);
    const refused = await folder.run(`keys destroy ${kid} --yes`);
    assert.equal(refused.exitCode, 1);
    assert.match(refused.stderr, /1 tokens of the vault.*vault reseal.*--lose-tokens/);
    assert.equal((await folder.run(reveal)).exitCode, 0);
    assert.deepEqual(JSON.parse((await folder.run(`keys destroy ${kid} --yes --lose-tokens`)).stdout), {
      kid,
      tokensLost: 1,
    });
    assert.equal((await folder.run(reveal)).exitCode, 1);
    assert.equal((await keyList(folder)).keys[1].status, "destroyed");
  });

  it("refuse a date that is none, and a key that is not there", async (test) => {
    const folder = await tokenFolder(test);
    const { kid } = (await keyList(folder)).keys[0];
    assert.equal((await folder.run(`keys retire ${kid} --until soon`)).exitCode, 2);
    assert.equal((await folder.run("keys retire local-1-ffffff")).exitCode, 1);
    assert.equal((await keyList(folder)).keys.length, 1);
  });
});

describe("keys wrap", () => {
  it("takes the keys out of the clear; every command then asks for the pass phrase and says how", async (test) => {
    const folder = await tokenFolder(test);
    const { keys, hmacRoot } = JSON.parse(readFileSync(KEYS, "utf8"));
    const { exitCode, stdout } = await folder.run("keys wrap", { environment });
    assert.deepEqual([exitCode, JSON.parse(stdout)], [0, { keyFile: KEYS, wrapped: true }]);
    const text = readFileSync(KEYS, "utf8");
    for (const secret of [keys[0].k, hmacRoot, PASSPHRASE]) assert.ok(!text.includes(secret));
    assert.equal(statSync(KEYS).mode & 0o777, 0o600);
    assert.equal((await keyList(folder)).wrapped, true);
    for (const line of [`token-reveal ${folder.token} --allow-dev-reveal`, "keys rotate", "auth add", "token-export"]) {
      const refused = await folder.run(line);
      assert.equal(refused.exitCode, 1);
      assert.match(refused.stderr, /HAECHI_KEY_PASSPHRASE.*keys\.passphraseFile/);
      assert.equal((await folder.run(line, { environment })).exitCode, 0, line);
    }
    assert.equal(await tokenize(folder, environment), folder.token);
    assert.match((await folder.run("status --no-color", { isTerminal: true })).stdout, /0600, wrapped/);
  });

  it("takes the pass phrase from the file of the configuration, and changes it", async (test) => {
    const folder = await tokenFolder(test);
    writeFileSync("first", `${PASSPHRASE}\n`);
    writeFileSync("next", "another pass phrase\n");
    const config = JSON.parse(readFileSync("haechi.config.json", "utf8"));
    writeFileSync("haechi.config.json", JSON.stringify({ ...config, keys: { passphraseFile: "first" } }));
    assert.equal((await folder.run("keys wrap")).exitCode, 0);
    assert.equal((await folder.run("keys wrap --new-passphrase-file next")).exitCode, 0);
    assert.match((await folder.run("keys rotate")).stderr, /pass phrase does not open/);
    writeFileSync("first", "another pass phrase\n");
    assert.equal((await folder.run("keys rotate")).exitCode, 0);
    assert.deepEqual((await folder.run("keys unwrap")).exitCode, 0);
    assert.equal((await keyList(folder)).wrapped, false);
    assert.equal(await tokenize(folder), folder.token);
  });

  it("asks a person at a terminal, twice for a new pass phrase, and shows nothing of it", async (test) => {
    const folder = await tokenFolder(test);
    const wrong = await typed("keys wrap", `${PASSPHRASE}\r`, "something else 1\r");
    assert.equal(wrong.exitCode, 1);
    const wrapped = await typed("keys wrap", `${PASSPHRASE}\r`, `${PASSPHRASE}\r`);
    assert.equal(wrapped.exitCode, 0);
    const revealed = await typed(`token-reveal ${folder.token} --allow-dev-reveal --json`, `${PASSPHRASE}\r`);
    assert.equal(JSON.parse(revealed.stdout).plaintext, EMAIL);
    for (const { stdout, stderr } of [wrong, wrapped, revealed]) assert.ok(!`${stdout}${stderr}`.includes("horse"));
  });

  it("refuses a pass phrase that is short", async (test) => {
    const folder = await tokenFolder(test);
    const { exitCode, stderr } = await folder.run("keys wrap", { environment: { HAECHI_KEY_PASSPHRASE: "short" } });
    assert.equal(exitCode, 1);
    assert.match(stderr, /at least 12 characters/);
    assert.ok(!stderr.includes("short\n") && !stderr.includes("is short"));
    assert.equal((await keyList(folder)).wrapped, false);
  });
});

describe("init --wrap", () => {
  it("is not needed for new keys where a pass phrase is configured", async (test) => {
    const folder = await cliFolder(test);
    assert.equal((await folder.run("init", { environment: { HAECHI_KEY_PASSPHRASE: "short" } })).exitCode, 1);
    await folder.run("init", { environment });
    assert.equal((await keyList(folder)).wrapped, true);
  });

  it("makes keys that were never in clear, and wraps those that are there", async (test) => {
    const folder = await cliFolder(test);
    assert.equal((await folder.run("init --wrap")).exitCode, 1);
    assert.equal(JSON.parse((await folder.run("init --wrap", { environment })).stdout).key, "created");
    assert.equal(JSON.parse(readFileSync(KEYS, "utf8")).version, 2);
    assert.equal((await folder.run("init --rotate-key")).exitCode, 1);
    assert.equal(JSON.parse((await folder.run("init --rotate-key", { environment })).stdout).key, "rotated");
    await folder.run("keys unwrap", { environment });
    await folder.run("init --wrap", { environment });
    assert.equal((await keyList(folder)).wrapped, true);
  });
});

describe("a key file that is lost", () => {
  for (const line of ["init", "init --rotate-key", "init --wrap", "proxy --port 0", "mcp-wrap -- true"]) {
    it(`is not made anew by ${line} beside a vault that holds tokens`, async (test) => {
      const folder = await tokenFolder(test);
      rmSync(KEYS);
      const { exitCode, stderr } = await folder.run(line, { environment });
      assert.equal(exitCode, 1);
      assert.match(stderr, /keys\.keyFile: .*does not exist, and the vault at tokenVault\.path .* holds tokens/);
      assert.match(stderr, /put the key file back from a backup, or move the vault/);
      assert.equal(existsSync(KEYS), false);
    });
  }

  it("is not made anew beside an audit log that names its keys, and keys rotate makes none", async (test) => {
    const folder = await cliFolder(test);
    await folder.run("init");
    await folder.run("keys rotate");
    rmSync(KEYS);
    const { exitCode, stderr } = await folder.run("init");
    assert.equal(exitCode, 1);
    assert.match(stderr, /keys\.keyFile: .* the audit log at audit\.path .* names keys/);
    assert.match((await folder.run("keys rotate")).stderr, /keys\.keyFile: .* does not exist; put the key file back/);
    assert.equal(existsSync(KEYS), false);
    assert.equal((await folder.run("init --rotate-key")).exitCode, 0);
  });

  it("is not made anew beside a vault that cannot be read", async (test) => {
    const folder = await cliFolder(test);
    writeFileSync("vault.sqlite", "SQLite format 3\0 and nothing more");
    writeFileSync("haechi.config.json", JSON.stringify({ tokenVault: { path: "vault.sqlite" } }));
    assert.match((await folder.run("init")).stderr, /tokenVault\.path \(vault\.sqlite\) cannot be read/);
    assert.equal(existsSync(KEYS), false);
  });

  it("is made anew where somebody insists, or has moved what it sealed away", async (test) => {
    const folder = await tokenFolder(test);
    rmSync(KEYS);
    assert.equal((await folder.run("init --force")).exitCode, 0);
    rmSync(KEYS);
    for (const name of readdirSync(".haechi").filter((name) => name.startsWith("token-vault")))
      renameSync(join(".haechi", name), name);
    assert.equal((await folder.run("init")).exitCode, 0);
  });
});

it("a gateway starts on wrapped keys with the pass phrase, and without it says what to do", async (test) => {
  const folder = await cliFolder(test);
  await folder.run("init --wrap", { environment });
  const argv = ["proxy", "--port", "0"];
  const refused = await startCli(test, folder.path, argv).ended;
  assert.equal(refused.exitCode, 1);
  assert.match(refused.stderr, /HAECHI_KEY_PASSPHRASE/);
  // Where there is no file yet, a pass phrase that is configured wraps the one that is made.
  rmSync(KEYS);
  const gateway = startCli(test, folder.path, argv, environment);
  await gateway.outputMatching(/http:\/\/127\.0\.0\.1:\d+/);
  assert.equal((await keyList(folder)).wrapped, true);
  gateway.child.kill("SIGTERM");
  assert.equal((await gateway.ended).exitCode, 0);
});

/** A command line at a terminal, and what is typed there. */
async function typed(line: string, ...answers: readonly string[]) {
  const pending = [...answers];
  let stdout = "";
  let stderr = "";
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    // Somebody types when it is their turn.
    setRawMode: (raw: boolean) => raw && stdin.write(pending.shift()!),
  });
  const exitCode = await runCli(line.split(" "), {
    stdin,
    stdout: { write: (text) => (stdout += text), isTTY: true },
    stderr: { write: (text) => (stderr += text), isTTY: true },
    environment: {},
  });
  return { exitCode, stdout, stderr };
}

function readBearer({ stdout }: { readonly stdout: string }): { readonly id: string } {
  return JSON.parse(stdout);
}
