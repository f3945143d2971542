import assert from "node:assert/strict";
import { chmod, lstat, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { testServer } from "../support/mcp-command.ts";
import { cliFolder } from "../support/run-cli.ts";

const program = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

async function write(path: string, text: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

test("install puts Haechi before the servers of a client, and uninstall leaves each file as it was", async (t) => {
  const { path, run } = await cliFolder(t);
  const environment = { HOME: join(path, "home"), XDG_CONFIG_HOME: join(path, "home/.config") };
  await writeFile("haechi.config.json", '{"configVersion":1,"mode":"enforce"}');
  const server = '{"command":"npx","args":["notes"]}';
  const files = {
    "claude-code": [".mcp.json", "home/.claude.json"],
    "claude-desktop": ["home/.config/Claude/claude_desktop_config.json"],
    cursor: [".cursor/mcp.json", "home/.cursor/mcp.json"],
    vscode: [".vscode/mcp.json", "home/.config/Code/User/mcp.json"],
    codex: [".codex/config.toml", "home/.codex/config.toml"],
  };
  for (const [client, names] of Object.entries(files)) {
    const text =
      client === "codex"
        ? '[mcp_servers.n]\ncommand = "npx"\n'
        : `{"${client === "vscode" ? "servers" : "mcpServers"}":{"n":${server}}}`;
    for (const name of names) {
      await write(join(path, name), text);
      await chmod(join(path, name), 0o640);
    }
    const dry = await run(`mcp install ${client} --dry-run`, { environment });
    assert.equal(dry.exitCode, 0, dry.stderr);
    assert.deepEqual(
      JSON.parse(dry.stdout).files.map((file: { path: string; isChanged: boolean }) => [file.path, file.isChanged]),
      names.map((name) => [join(path, name), true]),
    );
    for (const name of names) assert.equal(await readFile(join(path, name), "utf8"), text);

    assert.equal((await run(`mcp install ${client}`, { environment })).exitCode, 0);
    for (const name of names) {
      const installed = await readFile(join(path, name), "utf8");
      assert.ok(
        installed.includes(`"mcp-wrap", "--config", "${join(path, "haechi.config.json")}", "--", "npx"`),
        installed,
      );
      assert.equal((await stat(join(path, name))).mode & 0o777, 0o640);
      assert.equal(await readFile(join(path, `${name}.haechi-backup`), "utf8"), text);
      assert.equal((await stat(join(path, `${name}.haechi-backup`))).mode & 0o777, 0o600);
    }
    const again = await run(`mcp install ${client}`, { environment });
    assert.ok(JSON.parse(again.stdout).files.every((file: { isChanged: boolean }) => !file.isChanged));

    assert.equal((await run(`mcp uninstall ${client}`, { environment })).exitCode, 0);
    for (const name of names) {
      assert.equal(await readFile(join(path, name), "utf8"), text);
      await assert.rejects(stat(join(path, `${name}.haechi-backup`)), { code: "ENOENT" });
    }
  }
  assert.equal((await run("mcp install all", { environment })).exitCode, 0);
  assert.equal((await run("mcp uninstall all", { environment })).exitCode, 0);
});

test("what the client wrote in the meantime stays, and a link stays a link", async (t) => {
  const { path, run } = await cliFolder(t);
  await writeFile("haechi.config.json", "{}");
  await write(join(path, "dotfiles/mcp.json"), '{"mcpServers":{"n":{"command":"npx"}}}');
  await symlink("dotfiles/mcp.json", join(path, ".mcp.json"));
  await run("mcp install claude-code --file .mcp.json");
  assert.ok((await lstat(".mcp.json")).isSymbolicLink());
  const installed = await readFile(".mcp.json", "utf8");
  await writeFile(".mcp.json", installed.replace('{"mcpServers"', '{"seen":1,"mcpServers"'));
  await run("mcp uninstall claude-code --file .mcp.json");
  assert.equal(await readFile("dotfiles/mcp.json", "utf8"), '{"seen":1,"mcpServers":{"n":{"command":"npx"}}}');
});

test("nothing is changed where something is in doubt", async (t) => {
  const { path, run } = await cliFolder(t);
  const environment = { HOME: path };
  await writeFile(".mcp.json", '{"mcpServers":{"n":{"command":"npx","command":"two"}}}');
  await write(join(path, ".cursor/mcp.json"), '{"mcpServers":{"n":{"command":"npx"}}}');
  assert.match((await run("mcp install cursor", { environment })).stderr, /haechi init/);
  await writeFile("haechi.config.json", "{}");
  assert.match((await run("mcp install all", { environment })).stderr, /without doubt/);
  assert.equal(await readFile(".cursor/mcp.json", "utf8"), '{"mcpServers":{"n":{"command":"npx"}}}');
  assert.match((await run("mcp install cursor --server other", { environment })).stderr, /no server of that name/);
  assert.match((await run("mcp install codex", { environment })).stderr, /--file/);
  assert.equal((await run("mcp install nobody", { environment })).exitCode, 2);
});

test("a client that reads an installed file has its server behind Haechi", async (t) => {
  const { path, run } = await cliFolder(t);
  const haechi = join(path, "haechi");
  await writeFile(haechi, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  await chmod(haechi, 0o755);
  await writeFile(
    "haechi.config.json",
    JSON.stringify({ mode: "enforce", keys: { keyFile: join(path, "keys.json") } }),
  );
  await writeFile("tools.json", JSON.stringify([{ name: "say", inputSchema: { type: "object" } }]));
  const server = { command: process.execPath, args: testServer("tools-from-file", join(path, "tools.json")) };
  await writeFile(".mcp.json", JSON.stringify({ mcpServers: { tools: server } }));
  assert.equal((await run(`mcp install claude-code --file .mcp.json --command ${haechi}`)).exitCode, 0);
  const { command, args } = JSON.parse(await readFile(".mcp.json", "utf8")).mcpServers.tools;
  const client = new Client({ name: "test", version: "1" });
  await client.connect(new StdioClientTransport({ command, args, cwd: path, stderr: "ignore" }));
  t.after(() => client.close());
  assert.deepEqual(
    (await client.listTools()).tools.map(({ name }) => name),
    ["say"],
  );
  assert.match(await readFile(".haechi/audit.jsonl", "utf8"), /"operation":"tools\/list"/);
});
