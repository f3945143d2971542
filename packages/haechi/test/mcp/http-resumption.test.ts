import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { mcpHttpServer } from "../support/mcp-http-server.ts";
import { startHaechi } from "../support/start-haechi.ts";

test("the official client gets an answer whose stream was cut, by going on where it was, and protected", async (t) => {
  let latest: ServerResponse | null = null;
  const { promise: cut, resolve: isCut } = Promise.withResolvers<void>();
  const server = await mcpHttpServer(t, {
    onResponse(response, { method }) {
      if (method === "POST") latest = response;
    },
    async connect(transport) {
      const session = new Server({ name: "cuts", version: "1" }, { capabilities: { tools: {} } });
      session.setRequestHandler(CallToolRequestSchema, async () => {
        await cut;
        return { content: [{ type: "text", text: "mail to a.b@example.org" }] };
      });
      await session.connect(transport);
    },
  });
  const haechi = await startHaechi(t, server.url, { target: { type: "mcp" } });
  const client = new Client({ name: "goes on", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", haechi.url)) as Transport);
  // The first event of a stream names where to go on from.
  const onresumptiontoken = () => {
    latest?.destroy();
    isCut();
  };
  const { content } = await client.callTool({ name: "cut", arguments: {} }, undefined, { onresumptiontoken });
  assert.deepEqual(content, [{ type: "text", text: "mail to [REDACTED:email]" }]);
  await client.close();
  assert.match(server.told(), /^last-event-id$/m);
});
