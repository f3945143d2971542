import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";

const haechi = fileURLToPath(import.meta.resolve("../../packages/haechi/src/cli/main.ts"));
const server = fileURLToPath(import.meta.resolve("./notes-server.ts"));
const guide = new URL("../../docs/guides/mcp.md", import.meta.url);

test("the guide's configuration keeps who wrote a note from the client, and what the client knows from the server", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "haechi-example-"));
  t.after(() => rm(folder, { recursive: true }));
  const [, written] = /```json\n(\{\n {2}"mode"[\s\S]*?\n)```/.exec(await readFile(guide, "utf8"))!;
  const configPath = join(folder, "haechi.config.json");
  await writeFile(configPath, written!.replaceAll("/srv/haechi", folder));

  const client = new Client({ name: "example", version: "1.0.0" });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [haechi, "mcp-wrap", "--config", configPath, "--", process.execPath, server],
      stderr: "ignore",
    }),
  );
  const { structuredContent } = await client.callTool({ name: "find_notes", arguments: { word: "joe@example.org" } });
  await client.close();
  const { notes } = structuredContent as {
    readonly notes: readonly { readonly author: string; readonly text: string }[];
  };
  assert.match(notes[0]!.author, /^\[TOKEN:tok_email_/);
  // The server got a token too, and the value is put back into its answer.
  assert.equal(notes[0]!.text, "Buy bread, said joe@example.org");
  assert.match(await readFile(join(folder, "audit.jsonl"), "utf8"), /"operation":"tools\/call"/);
});
