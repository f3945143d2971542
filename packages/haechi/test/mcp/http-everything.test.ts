import assert from "node:assert/strict";
import { test } from "node:test";
import { StreamableHTTPClientTransport as ModernTransport } from "@modelcontextprotocol/client";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { createServer } from "@modelcontextprotocol/server-everything/dist/server/index.js";
import { mcpHttpServer } from "../support/mcp-http-server.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { modernTour, tour } from "./tours.ts";

// The reference server, without its program around it, which listens on all addresses.
const EVERYTHING = { connect: (transport: Transport) => createServer().server.connect(transport) };

for (const [name, path, open] of [
  ["Streamable HTTP", "/mcp", (url: URL) => new StreamableHTTPClientTransport(url) as Transport],
  ["the transport before it", "/sse", (url: URL) => new SSEClientTransport(url)],
] as const) {
  test(`what the official client does with the reference server over ${name}, it does through Haechi`, async (t) => {
    const { url } = await mcpHttpServer(t, EVERYTHING);
    const haechi = await startHaechi(t, url, { target: { type: "mcp" } });
    // One after the other: sessions of one process share what the server makes up.
    const expected = await tour(open(new URL(path, url)));
    const found = await tour(open(new URL(path, haechi.url)));
    assert.deepEqual(found, expected);
    assert.ok(expected.length > 40);
  });
}

test("the client of the second SDK does the same with the reference server on HTTP directly and through Haechi", async (t) => {
  const { url } = await mcpHttpServer(t, EVERYTHING);
  const haechi = await startHaechi(t, url, { target: { type: "mcp" } });
  const [expected, found] = await Promise.all([
    modernTour(new ModernTransport(new URL("/mcp", url))),
    modernTour(new ModernTransport(new URL("/mcp", haechi.url))),
  ]);
  assert.deepEqual(found, expected);
});
