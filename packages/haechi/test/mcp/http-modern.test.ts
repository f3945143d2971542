import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import { mcpModernServer } from "../support/mcp-modern-server.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { canaryAt, placesIn } from "./canary-places.ts";

const at = (place: string) => `see ${canaryAt(`server.${place}`)}.`;

test("headers of revision 2026-07-28 say what the arguments say that a server gets", async (t) => {
  const server = await modernServer(t);
  const haechi = await startHaechi(t, server.url, { target: { type: "mcp" } });
  const who = canaryAt("client.who");
  const session = async (base: string) => {
    const client = new Client({ name: "modern", version: "2" }, PINNED);
    await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", base)));
    const seen: unknown[] = [client.getInstructions(), await client.listTools()];
    const said: string[] = [];
    for (const [name, value] of [
      ["plain", who],
      ["others", `Zoë ${who}`],
      ["padded", ` ${who}`],
    ] as const) {
      const answer = await client.callTool({ name: "mail", arguments: { who: value, name, count: 3 } });
      const [content] = answer.content;
      assert.ok(content?.type === "text");
      said.push(content.text);
      seen.push(answer);
    }
    seen.push(await client.callTool({ name: "fails", arguments: {} }).catch((error: Error) => error.message));
    const version = client.getNegotiatedProtocolVersion();
    await client.close();
    return { said, version, places: placesIn(JSON.stringify(seen)) };
  };

  const without = await session(server.url);
  assert.deepEqual(without.said, [`to ${who}`, `to Zoë ${who}`, `to  ${who}`]);
  assert.equal(without.version, "2026-07-28");
  assert.ok(without.places.length >= 5);

  const before = server.told.length;
  const through = await session(haechi.url);
  assert.deepEqual(through.said, ["to [REDACTED:email]", "to Zoë [REDACTED:email]", "to  [REDACTED:email]"]);
  assert.equal(through.version, without.version);
  assert.deepEqual(through.places, []);
  const told = server.told.slice(before);
  assert.deepEqual(placesIn(told.join("\n")), []);
  const mirrored = told.flatMap((request) => /^mcp-param-who\n(.*)$/im.exec(request)?.[1] ?? []);
  const encoded = (text: string) => `=?base64?${Buffer.from(text).toString("base64")}?=`;
  assert.deepEqual(mirrored, ["[REDACTED:email]", encoded("Zoë [REDACTED:email]"), encoded(" [REDACTED:email]")]);
});

test("a subscription of revision 2026-07-28 stays open for longer than an answer may take", async (t) => {
  const server = await modernServer(t);
  const haechi = await startHaechi(t, server.url, {
    target: { type: "mcp", timeouts: { idleMs: 1000, totalMs: 1500 } },
  });
  const client = new Client({ name: "modern", version: "2" }, PINNED);
  const { promise: changed, resolve } = Promise.withResolvers<void>();
  client.setNotificationHandler("notifications/tools/list_changed", () => resolve());
  await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", haechi.url)));
  const subscription = await client.listen({ toolsListChanged: true });
  const timer = setTimeout(() => server.notifyTools(), 2000);
  await changed;
  clearTimeout(timer);
  await subscription.close();
  await client.close();
});

test("a method that may not be called is one that nobody knows in revision 2026-07-28, as of the server itself", async (t) => {
  const server = await modernServer(t);
  const haechi = await startHaechi(t, server.url, { target: { type: "mcp" } });
  const asked = async (base: string, method: string) => {
    const client = new Client({ name: "modern", version: "2" }, PINNED);
    await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", base)));
    const refused = await client.request({ method }, z.object({})).catch((error) => error);
    await client.close();
    return { name: refused.constructor.name, code: refused.code };
  };
  const direct = await asked(server.url, "nobody/knows");
  assert.equal(direct.name, "SdkHttpError");
  assert.deepEqual(await asked(haechi.url, "nobody/knows"), direct);
  const message = { jsonrpc: "2.0", id: 1, method: "nobody/knows" };
  const _meta = { "io.modelcontextprotocol/protocolVersion": "2026-07-28" };
  for (const [body, status, code] of [
    [{ ...message, params: { _meta } }, 404, -32601],
    [message, 200, -32003],
  ] as const) {
    const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
    const answer = await fetch(`${haechi.url}/mcp`, { method: "POST", headers, body: JSON.stringify(body) });
    const data = { method: "nobody/knows" };
    assert.deepEqual(
      [answer.status, await answer.json()],
      [status, { jsonrpc: "2.0", id: 1, error: { code, message: "haechi_mcp_method_not_allowed", data } }],
    );
  }
});

const PINNED = { versionNegotiation: { mode: { pin: "2026-07-28" } } } as const;

/** A server of the second official SDK, which notes what it is told. */
async function modernServer(t: Pick<TestContext, "after">) {
  const told: string[] = [];
  const handler = createMcpHandler(() => {
    const server = new McpServer(
      { name: "modern-server", version: "2", title: at("title") },
      { capabilities: { tools: { listChanged: true } }, instructions: at("instructions") },
    );
    const inputSchema = z.object({
      who: z.string().meta({ "x-mcp-header": "Who" }),
      count: z.int().meta({ "x-mcp-header": "Count" }),
      name: z.string(),
    });
    server.registerTool("mail", { description: at("description"), inputSchema }, ({ who }) => ({
      content: [
        { type: "text", text: `to ${who}` },
        { type: "text", text: at("text") },
      ],
      structuredContent: { said: at("structured") },
    }));
    server.registerTool("fails", { description: "Fails" }, () => {
      throw new Error(at("error"));
    });
    return server;
  });
  const { url } = await mcpModernServer(t, handler, (request) => told.push(request));
  return { url, told, notifyTools: () => handler.notify.toolsChanged() };
}
