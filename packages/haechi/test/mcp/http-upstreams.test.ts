import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { mcpHttpServer } from "../support/mcp-http-server.ts";
import { startHaechi } from "../support/start-haechi.ts";

for (const [name, Transport, path] of [
  ["Streamable HTTP", StreamableHTTPClientTransport, "/mcp"],
  ["the transport before it", SSEClientTransport, "/sse"],
] as const) {
  test(`a session stays with the upstream that has begun it, on ${name}`, async (t) => {
    const { url, close } = await between(t);
    const homes = new Set<string>();
    const clients: Client[] = [];
    for (let index = 0; index < 4; index++) {
      const client = new Client({ name: "stays", version: "1" });
      await client.connect(new Transport(new URL(path, url)) as Transport);
      const answers = new Set<string>();
      for (let calls = 0; calls < 5; calls++) {
        const { content } = await client.callTool({ name: "where" });
        answers.add(JSON.stringify(content));
      }
      assert.equal(answers.size, 1);
      homes.add([...answers][0]!);
      clients.push(client);
    }
    assert.equal(homes.size, 2, "both upstreams have sessions");
    await Promise.all(clients.map((client) => client.close()));
    await close();
  });
}

async function between(t: TestContext) {
  const upstreams = [];
  for (const name of ["first", "second"]) {
    const { url } = await mcpHttpServer(t, {
      async connect(transport) {
        const session = new Server({ name, version: "1" }, { capabilities: { tools: {} } });
        session.setRequestHandler(CallToolRequestSchema, () => ({ content: [{ type: "text", text: name }] }));
        await session.connect(transport);
      },
    });
    upstreams.push({ name, baseUrl: url });
  }
  const { url, gateway } = await startHaechi(t, null, { target: { type: "mcp", upstreams } });
  return { url, close: () => gateway.close() };
}
