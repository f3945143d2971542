import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { type CliFolder, cliFolder } from "../support/run-cli.ts";
import { selfSignedCertificate } from "../support/self-signed-certificate.ts";

const CONFIG = "haechi.config.json";
const KEYS = ".haechi/dev.keys.json";

function permissions(path: string): number {
  return statSync(path).mode & 0o777;
}

function keyRing(): { readonly status: string; readonly k: string; readonly kid: string }[] {
  return JSON.parse(readFileSync(KEYS, "utf8")).keys;
}

async function statusOf({ run }: CliFolder) {
  const { exitCode, stdout } = await run("status");
  assert.equal(exitCode, 0);
  return JSON.parse(stdout);
}

describe("init", () => {
  it("writes a configuration and a key for their owner only, and says so", async (test) => {
    const { run } = await cliFolder(test);
    const { exitCode, stdout, stderr } = await run("init");
    assert.equal(exitCode, 0);
    assert.equal(stderr, "");
    const { warnings, ...done } = JSON.parse(stdout);
    assert.deepEqual(done, {
      ok: true,
      command: "init",
      configPath: CONFIG,
      created: true,
      keyFile: KEYS,
      auditPath: ".haechi/audit.jsonl",
      mode: "dry-run",
      key: "created",
    });
    assert.match(warnings[0], /^mode is dry-run/);
    assert.equal(permissions(CONFIG), 0o600);
    assert.equal(permissions(KEYS), 0o600);
    assert.equal(permissions(".haechi"), 0o700);
    const { $schema } = JSON.parse(readFileSync(CONFIG, "utf8"));
    assert.equal(JSON.parse(readFileSync($schema, "utf8")).title, CONFIG);
  });

  it("writes a configuration that holds", async (test) => {
    const { run } = await cliFolder(test);
    await run("init --mode enforce --upstream http://127.0.0.1:8000");
    assert.equal((await run("config --check")).exitCode, 0);
    const { mode, target } = JSON.parse(readFileSync(CONFIG, "utf8"));
    assert.deepEqual(
      { mode, target },
      { mode: "enforce", target: { type: "llm-http", upstream: "http://127.0.0.1:8000" } },
    );
  });

  it("leaves a configuration and a key alone that are there", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    writeFileSync(CONFIG, '{"mode":"enforce"}');
    const keys = readFileSync(KEYS, "utf8");
    const { exitCode, stdout } = await run("init");
    assert.equal(exitCode, 0);
    const { created, key, mode } = JSON.parse(stdout);
    assert.deepEqual({ created, key, mode }, { created: false, key: "kept", mode: "enforce" });
    assert.equal(readFileSync(CONFIG, "utf8"), '{"mode":"enforce"}');
    assert.equal(readFileSync(KEYS, "utf8"), keys);
  });

  it("replaces them when it is forced, and loses neither", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    writeFileSync(CONFIG, '{"mode":"enforce"}');
    const [first] = keyRing();
    const { stdout } = await run("init --force");
    const { created, key, warnings } = JSON.parse(stdout);
    assert.deepEqual({ created, key }, { created: true, key: "rotated" });
    assert.equal(warnings[0], `the configuration that was there is now ${CONFIG}.bak`);
    assert.equal(readFileSync(`${CONFIG}.bak`, "utf8"), '{"mode":"enforce"}');
    assert.deepEqual(
      keyRing().map(({ status }) => status),
      ["active", "retired"],
    );
    assert.equal(keyRing()[1]?.k, first?.k);
    assert.equal(permissions(CONFIG), 0o600);
  });

  it("rotates the key of the configuration that is there, and leaves that as it is", async (test) => {
    const { run } = await cliFolder(test);
    writeFileSync(CONFIG, JSON.stringify({ mode: "enforce", keys: { keyFile: "own/keys.json" } }));
    await run("init");
    const { key, keyFile, created } = JSON.parse((await run("init --rotate-key")).stdout);
    assert.deepEqual({ key, keyFile, created }, { key: "rotated", keyFile: "own/keys.json", created: false });
    assert.equal(existsSync(KEYS), false);
  });

  it("makes no key where keys are kept elsewhere", async (test) => {
    const { run } = await cliFolder(test);
    writeFileSync(CONFIG, JSON.stringify({ keys: { provider: "external" } }));
    const { key, keyFile } = JSON.parse((await run("init")).stdout);
    assert.deepEqual({ key, keyFile }, { key: "external", keyFile: null });
    assert.equal(existsSync(".haechi"), false);
  });

  it("says which key file is not there, or can be neither read nor made", async (test) => {
    const { run } = await cliFolder(test);
    const says = async (keyFile: string, command: string) => {
      writeFileSync(CONFIG, JSON.stringify({ keys: { keyFile } }));
      const { exitCode, stderr } = await run(command);
      return [exitCode, stderr];
    };
    assert.deepEqual(await says("k.json", "keys list"), [
      1,
      "haechi: keys.keyFile: k.json does not exist; put the key file back, or make a new one with `haechi init`\n",
    ]);
    assert.deepEqual(await says(".", "keys list"), [1, "haechi: keys.keyFile: . cannot be read (EISDIR)\n"]);
    assert.deepEqual(await says(`${CONFIG}/k.json`, "init"), [
      1,
      `haechi: keys.keyFile: the folder of ${CONFIG}/k.json cannot be made (EEXIST)\n`,
    ]);
  });

  it("refuses a key file that it cannot use, and changes nothing of it", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    writeFileSync(KEYS, '{"version":1,"keys":[{"kid":"a","k":"hidden-material"}]}');
    const { exitCode, stderr } = await run("init --force");
    assert.equal(exitCode, 1);
    assert.match(stderr, /^haechi: keys\.keyFile: the key file cannot be used/);
    assert.ok(!stderr.includes("hidden-material"));
    assert.match(readFileSync(KEYS, "utf8"), /hidden-material/);
  });

  it("tells a person what to do next", async (test) => {
    const { run } = await cliFolder(test);
    const { stdout } = await run("init --no-color", { isTerminal: true });
    assert.match(stdout, /haechi proxy/);
    assert.match(stdout, /export OPENAI_BASE_URL=http:\/\/127\.0\.0\.1:11016\/v1\n$/);
    assert.ok(!stdout.includes("\u001b"));
  });
});

describe("status", () => {
  it("has the members of the contract, in their order", async (test) => {
    const folder = await cliFolder(test);
    await folder.run("init");
    const report = await statusOf(folder);
    assert.deepEqual(Object.keys(report), [
      "ok",
      "protection",
      "target",
      "proxy",
      "tokenVault",
      "privacyProfile",
      "keys",
      "audit",
      "warnings",
    ]);
    const { provider, keyFile, exists, permissions, nonceBudget } = report.keys;
    assert.deepEqual(
      { provider, keyFile, exists, permissions },
      {
        provider: "local",
        keyFile: KEYS,
        exists: true,
        permissions: "0600",
      },
    );
    assert.equal(nonceBudget.used, 0);
    assert.deepEqual(Object.keys(report.audit).slice(0, 4), ["path", "exists", "chain", "anchor"]);
  });

  it("tells the mode that applies, whoever set it", async (test) => {
    const folder = await cliFolder(test);
    writeFileSync(CONFIG, "{}");
    const modes = [
      { content: {}, environment: {}, mode: "dry-run" },
      { content: { mode: "enforce" }, environment: {}, mode: "enforce" },
      { content: {}, environment: { HAECHI_MODE: "enforce" }, mode: "enforce" },
      { content: { mode: "enforce", policy: { mode: "report-only" } }, environment: {}, mode: "report-only" },
    ];
    for (const { content, environment, mode } of modes) {
      writeFileSync(CONFIG, JSON.stringify(content));
      const { protection } = JSON.parse((await folder.run("status", { environment })).stdout);
      assert.deepEqual([protection.mode, protection.enforced], [mode, mode === "enforce"]);
    }
  });

  it("applies the defaults where there is no file, and says so", async (test) => {
    const { run } = await cliFolder(test);
    const { exitCode, stdout, stderr } = await run("status");
    assert.equal(exitCode, 0);
    assert.equal(stderr, `haechi: there is no ${CONFIG} here, so the defaults apply\n`);
    assert.equal(JSON.parse(stdout).protection.mode, "dry-run");
    assert.deepEqual(existsSync(".haechi"), false);
  });

  it("prints no byte of keys and certificates", async (test) => {
    const { run } = await cliFolder(test);
    const { key, cert } = selfSignedCertificate();
    writeFileSync("tls.key", key);
    writeFileSync("tls.crt", cert);
    writeFileSync(CONFIG, JSON.stringify({ proxy: { tls: { keyFile: "tls.key", certFile: "tls.crt" } } }));
    await run("init");
    const secrets = [
      ...`${key}\n${cert}`.split("\n").filter((line) => line.length > 16),
      ...keyRing().map(({ k }) => k),
    ];
    for (const line of ["status", "init", "config --check", "report", "auth list", "audit-verify"]) {
      for (const isTerminal of [false, true]) {
        const { stdout, stderr } = await run(line, { isTerminal });
        for (const secret of secrets) assert.ok(!`${stdout}${stderr}`.includes(secret), line);
        assert.doesNotMatch(stdout, /BEGIN|"type":"Buffer"|\[\s*\d+,\s*\d+,\s*\d+/);
      }
    }
    const { proxy } = JSON.parse((await run("status")).stdout);
    assert.deepEqual([proxy.tls, proxy.workers], [{ keyFile: "tls.key", certFile: "tls.crt" }, 1]);
  });

  it("prints no pass phrase, whether its file is good or not", async (test) => {
    const { run } = await cliFolder(test);
    const passphrase = `pass-${"z9".repeat(8)}`;
    writeFileSync("tls.pfx", "no pfx");
    writeFileSync(CONFIG, JSON.stringify({ proxy: { tls: { pfxFile: "tls.pfx", passphrase } } }));
    for (const line of ["status", "status --json", "config --check", "proxy", "init"]) {
      const { exitCode, stdout, stderr } = await run(line);
      assert.equal(exitCode, 1);
      assert.ok(!`${stdout}${stderr}`.includes(passphrase), line);
    }
  });

  const warnings = [
    { about: /^mode is report-only/, config: { mode: "report-only" } },
    { about: /^responseProtection\.enabled is false/, config: {} },
    {
      about: /^responseProtection\.mode is dry-run/,
      config: { responseProtection: { enabled: true, mode: "dry-run" } },
    },
    {
      about: /^responseProtection\.failureMode is allow/,
      config: { responseProtection: { enabled: true, failureMode: "allow" } },
    },
    { about: /^streaming\.requestMode is pass-through/, config: { streaming: { requestMode: "pass-through" } } },
    {
      about: /^streaming\.responseMode is report-only/,
      config: { streaming: { requestMode: "inspect", responseMode: "report-only" } },
    },
    { about: /^tokenVault\.revealPolicy is local-dev/, config: { tokenVault: { revealPolicy: "local-dev" } } },
    { about: /^tokenVault\.detokenizeResponses: has no effect/, config: { tokenVault: { detokenizeResponses: true } } },
    { about: /^the key file is missing/, config: {} },
    { about: /^audit\.anchor\.mode is none/, config: {} },
    { about: /^the anchors lie on the same device/, config: { audit: { anchor: { mode: "file" } } } },
  ];
  for (const { about, config } of warnings) {
    it(`warns: ${about.source.slice(1).replaceAll("\\", "")}`, async (test) => {
      const folder = await cliFolder(test);
      writeFileSync(CONFIG, JSON.stringify(config));
      const report = await statusOf(folder);
      assert.ok(report.warnings.some((line: string) => about.test(line)));
    });
  }

  it("has nothing to warn of where everything is protected and anchored to standard output", async (test) => {
    const folder = await cliFolder(test);
    const config = {
      mode: "enforce",
      responseProtection: { enabled: true },
      streaming: { requestMode: "inspect" },
      audit: { anchor: { mode: "stdout" } },
    };
    writeFileSync(CONFIG, JSON.stringify(config));
    await folder.run("init --wrap", { environment: { HAECHI_KEY_PASSPHRASE: "correct horse battery" } });
    const { warnings, protection } = await statusOf(folder);
    assert.deepEqual(warnings, []);
    assert.deepEqual(protection.doesNotProtect, ["names and addresses that no label and no JSON key announces"]);
    assert.equal(protection.protects.length, 3);
  });

  it("warns of a key file and an audit log that others can read", async (test) => {
    const folder = await cliFolder(test);
    await folder.run("init");
    writeFileSync(".haechi/audit.jsonl", "");
    chmodSync(".haechi/audit.jsonl", 0o644);
    chmodSync(KEYS, 0o640);
    const { warnings, keys } = await statusOf(folder);
    assert.equal(keys.permissions, "0640");
    assert.equal(warnings.filter((line: string) => line.includes("others than its owner")).length, 2);
  });

  it("tells a broken log and a broken key file, and still reports", async (test) => {
    const folder = await cliFolder(test);
    await folder.run("init");
    writeFileSync(".haechi/audit.jsonl", '{"torn":');
    writeFileSync(KEYS, "{}");
    const { warnings, audit, keys } = await statusOf(folder);
    assert.equal(audit.chain.valid, false);
    assert.match(keys.fault, /version/);
    assert.equal(warnings.filter((line: string) => /does not hold|cannot be used/.test(line)).length, 2);
  });

  it("says at a terminal what is protected and what is not", async (test) => {
    const { run } = await cliFolder(test);
    await run("init --mode enforce");
    const { stdout } = await run("status", { isTerminal: true, environment: { NO_COLOR: "1" } });
    assert.match(stdout, /^Mode enforce\n\nProtected\n {2}\+ requests, before they leave\n/);
    assert.match(stdout, /Not protected\n {2}- responses/);
    assert.ok(!stdout.includes("\u001b"));
    assert.ok((await run("status", { isTerminal: true })).stdout.includes("\u001b["));
    assert.equal(JSON.parse((await run("status --json", { isTerminal: true })).stdout).ok, true);
  });
});
