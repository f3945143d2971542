import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";

const haechi = fileURLToPath(import.meta.resolve("../../packages/haechi/src/cli/main.ts"));
const guide = new URL("../../docs/guides/mcp.md", import.meta.url);

test("the guide's configuration for HTTP keeps who wrote a note from the client, and what the client knows from the server", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "haechi-example-"));
  t.after(() => rm(folder, { recursive: true }));
  const [, written] = /```json\n(\{\n {2}"target"[\s\S]*?\n)```/.exec(await readFile(guide, "utf8"))!;
  const configPath = join(folder, "haechi.config.json");
  const upstream = await startNotesServer(t);
  await writeFile(configPath, written!.replaceAll("/srv/haechi", folder).replace("https://mcp.example.com", upstream));
  const url = await startGateway(t, configPath);

  const client = new Client({ name: "example", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
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

/** Resolves with the address that a client takes. */
async function startGateway(t: Pick<TestContext, "after">, configPath: string): Promise<string> {
  const child = spawn(process.execPath, [haechi, "proxy", "--config", configPath, "--port", "0"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  t.after(async () => {
    child.kill();
    await once(child, "close");
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /^point a client at it: (\S+)$/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error("the gateway did not start");
}

/** A server with one tool, on HTTP: it knows notes, and who wrote them. */
async function startNotesServer(t: Pick<TestContext, "after">): Promise<string> {
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: "notes", version: "1.0.0" });
    server.registerTool(
      "find_notes",
      { description: "Find notes by a word in them.", inputSchema: z.object({ word: z.string() }) },
      ({ word }) => {
        const notes = [{ author: "jane.doe@example.com", text: `Buy bread, said ${word}` }];
        return { content: [{ type: "text", text: JSON.stringify({ notes }) }], structuredContent: { notes } };
      },
    );
    return server;
  });
  const http = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const init = body.length === 0 ? { method: request.method!, headers } : { method: request.method!, headers, body };
    const answer = await handler.fetch(new Request(`http://127.0.0.1${request.url}`, init));
    response.writeHead(answer.status, [...answer.headers].flat());
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  t.after(async () => {
    await handler.close();
    http.closeAllConnections();
    http.close();
  });
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}
