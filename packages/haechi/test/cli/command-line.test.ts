import assert from "node:assert/strict";
import { glob, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { EXIT_CODES } from "../../src/cli/exit-codes.ts";
import { COMMANDS, findCommand } from "../../src/cli/registry.ts";
import { cliFolder, startCli } from "../support/run-cli.ts";

const commands = await Promise.all(COMMANDS.map(async (entry) => ({ ...entry, command: await entry.load() })));
const sources = join(import.meta.dirname, "../../src/cli/commands");

describe("the command line", () => {
  it("has every file under commands in its registry", async () => {
    const files = (await Array.fromAsync(glob("*.ts", { cwd: sources }))).filter((file) => !file.endsWith(".test.ts"));
    assert.deepEqual(files.sort(), COMMANDS.map(({ name }) => `${name.replace(" ", "-")}.ts`).sort());
  });

  it("shows the version of the package", async (test) => {
    const { run } = await cliFolder(test);
    const manifest = JSON.parse(await readFile(join(import.meta.dirname, "../../package.json"), "utf8"));
    for (const line of ["--version", "-v"]) {
      assert.deepEqual(await run(line), { exitCode: 0, stdout: `${manifest.version}\n`, stderr: "" });
    }
  });

  it("lists every command when asked for help, and when asked for nothing", async (test) => {
    const { run } = await cliFolder(test);
    for (const line of ["", "help", "--help", "-h"]) {
      const { exitCode, stdout, stderr } = await run(line);
      assert.equal(exitCode, 0);
      assert.equal(stderr, "");
      for (const { name } of COMMANDS) assert.ok(stdout.includes(`  ${name.split(" ")[0]} `), name);
      for (const meaning of Object.values(EXIT_CODES)) assert.ok(stdout.includes(meaning));
    }
  });

  it("explains every command with its options, an example and its exit codes", async (test) => {
    const { run } = await cliFolder(test);
    for (const { name, command } of commands) {
      const { exitCode, stdout } = await run(`${name} --help`);
      assert.equal(exitCode, 0, name);
      assert.ok(stdout.startsWith(`Usage: haechi ${name} `), name);
      for (const option of command.options) assert.ok(stdout.includes(`--${option.name}`), `${name} ${option.name}`);
      for (const { line } of command.examples) assert.ok(stdout.includes(line), line);
      for (const code of command.exitCodes) assert.ok(stdout.includes(EXIT_CODES[code]), name);
      assert.equal((await run(`help ${name}`)).stdout, stdout);
    }
  });

  it("has an example for every command, and each one is of that command", () => {
    for (const { name, command } of commands) {
      assert.notEqual(command.examples.length, 0);
      for (const { line } of command.examples) assert.equal(findCommand(line.split(" ").slice(1))?.name, name);
    }
  });

  it("writes the help of a group when a command of it is missing", async (test) => {
    const { run } = await cliFolder(test);
    const { exitCode, stdout } = await run("auth");
    assert.equal(exitCode, 0);
    assert.match(stdout, /add .*\n.*list .*\n.*rotate .*\n.*revoke /);
  });

  const mistakes = [
    { line: "statu", exitCode: 1, says: /^haechi: unknown command 'statu'\n\(Did you mean status\?\)\n$/ },
    { line: "auth drop", exitCode: 1, says: /^haechi: unknown command 'drop'/ },
    { line: "help nothing", exitCode: 1, says: /^haechi: unknown command/ },
    {
      line: "status --confg x",
      exitCode: 2,
      says: /^haechi: unknown option '--confg'\n\(Did you mean --config\?\)\n$/,
    },
    { line: "status --config", exitCode: 2, says: /^haechi: option '--config <file>' argument missing\n$/ },
    { line: "protect", exitCode: 2, says: /^haechi: missing required argument 'file'\n$/ },
    { line: "token-purge", exitCode: 2, says: /^haechi: token-purge takes either a token or --expired\n$/ },
    { line: "token-purge tok_a --expired", exitCode: 2, says: /either/ },
    { line: "proxy --port 65536", exitCode: 2, says: /^haechi: --port expects an integer from 0 to 65535\n$/ },
    { line: "proxy --port 1e3", exitCode: 2, says: /--port expects/ },
    { line: "config --schema --example", exitCode: 2, says: /takes one of/ },
    { line: "auth add", exitCode: 1, says: /key file/ },
    { line: "auth add --label team", exitCode: 2, says: /^haechi: --label expects key=value\n$/ },
    { line: "init --upstream nowhere", exitCode: 2, says: /^haechi: --upstream: expected an http or https URL/ },
    { line: "init --mode loud", exitCode: 2, says: /Allowed choices are dry-run, report-only, enforce/ },
    { line: "status --config missing.json", exitCode: 1, says: /^haechi: missing\.json does not exist; `haechi init`/ },
    { line: "protect missing.json", exitCode: 1, says: /^haechi: .*\n?haechi: the input cannot be read \(ENOENT\)\n$/ },
  ];
  for (const { line, exitCode, says } of mistakes) {
    it(`answers "${line}" with ${exitCode} and one reason`, async (test) => {
      const { run } = await cliFolder(test);
      const result = await run(line);
      assert.equal(result.exitCode, exitCode);
      assert.equal(result.stdout, "");
      assert.match(result.stderr, says);
    });
  }

  it("never repeats a value that was typed in the wrong place", async (test) => {
    const { run } = await cliFolder(test);
    const secret = `sk-${"q7".repeat(12)}`;
    for (const line of [
      `status ${secret}`,
      `status --token=${secret}`,
      `auth add --type ${secret}`,
      `proxy --port ${secret}`,
      `protect ${secret}`,
      `token-reveal ${secret}`,
    ]) {
      const { exitCode, stdout, stderr } = await run(line);
      assert.notEqual(exitCode, 0);
      assert.ok(!`${stdout}${stderr}`.includes(secret), line);
    }
  });

  it("tells every problem of a configuration, one a line, without a value", async (test) => {
    const { run } = await cliFolder(test);
    await writeFile("haechi.config.json", JSON.stringify({ mode: "hidden-value", proxy: { port: -1 }, nope: 1 }));
    for (const line of ["status", "report", "config --check", "proxy", "token-export"]) {
      const { exitCode, stderr } = await run(line);
      assert.equal(exitCode, 1);
      assert.match(stderr, /^haechi: haechi\.config\.json is not valid\nmode: .*\nproxy\.port: .*\nnope: .*\n$/);
      assert.ok(!stderr.includes("hidden-value"));
    }
  });

  it("names the variable whose value is wrong", async (test) => {
    const { run } = await cliFolder(test);
    const { exitCode, stderr } = await run("status", { environment: { HAECHI_MODE: "loud" } });
    assert.equal(exitCode, 1);
    assert.match(stderr, /^HAECHI_MODE: expected one of dry-run, report-only, enforce/m);
  });

  it("works as a process of its own", async (test) => {
    const { path } = await cliFolder(test);
    const { exitCode, stdout, stderr } = await startCli(test, path, ["config", "--example"]).ended;
    assert.equal(stderr, "");
    assert.equal(exitCode, 0);
    await writeFile("haechi.config.json", stdout);
    assert.equal((await startCli(test, path, ["nothing"]).ended).exitCode, 1);
  });
});

describe("config", () => {
  it("explains every key with its default", async (test) => {
    const { run } = await cliFolder(test);
    const { exitCode, stdout } = await run("config");
    assert.equal(exitCode, 0);
    assert.match(stdout, /\n {2}proxy\.port\n {6}integer 0 to 65535; default 11016; environment HAECHI_PROXY_PORT\n/);
    assert.doesNotMatch(stdout, /`/);
  });

  it("writes a schema and an example that the check accepts", async (test) => {
    const { run } = await cliFolder(test);
    assert.equal(JSON.parse((await run("config --schema")).stdout).title, "haechi.config.json");
    await writeFile("own.json", (await run("config --example")).stdout);
    const { exitCode, stdout, stderr } = await run("config --check --config own.json");
    assert.equal(exitCode, 0);
    assert.equal(stderr, "");
    assert.deepEqual(JSON.parse(stdout), { ok: true, command: "config", configPath: "own.json", warnings: [] });
  });

  it("finds a policy that is weaker than its presets", async (test) => {
    const { run } = await cliFolder(test);
    await writeFile(
      "haechi.config.json",
      JSON.stringify({ policy: { presets: ["secrets-only"], actions: { secret: "allow" } } }),
    );
    assert.equal((await run("config --check")).exitCode, 1);
    assert.equal((await run("status")).exitCode, 1);
  });
});
