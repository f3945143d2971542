import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { CANARIES } from "../support/canaries.ts";
import { mcpHttpServer } from "../support/mcp-http-server.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { OFFER, offeringServer } from "./offering-server.ts";

test("a client of the transport before Streamable HTTP is told what was refused, and goes on", async (t) => {
  const server = await mcpHttpServer(t, { connect: (transport) => offeringServer(() => OFFER).connect(transport) });
  const haechi = await startHaechi(t, server.url, {
    target: { type: "mcp", forwardHeaders: ["x-note"] },
    policy: { presets: [], actions: { secret: "block" } },
    mcp: { tools: { deny: ["look"] } },
  });
  let note = "none";
  const fetchWithNote: typeof fetch = (input, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set("x-note", note);
    return fetch(input, { ...init, headers });
  };
  const client = new Client({ name: "older", version: "1" });
  await client.connect(new SSEClientTransport(new URL("/sse", haechi.url), { fetch: fetchWithNote }));
  t.after(() => client.close());
  await assert.rejects(client.callTool({ name: "look" }), { code: -32004 });
  await assert.rejects(client.callTool({ name: "add", arguments: { key: CANARIES.secret } }), { code: -32001 });
  note = CANARIES.secret;
  await assert.rejects(client.callTool({ name: "add" }), /HTTP 403/);
  note = "none";
  assert.deepEqual((await client.callTool({ name: "add" })).content, [{ type: "text", text: "add" }]);
  assert.doesNotMatch(server.told(), new RegExp(CANARIES.secret));
  await client.close();
});
