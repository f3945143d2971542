import assert from "node:assert/strict";
import { test } from "node:test";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { mcpHttpServer } from "../support/mcp-http-server.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { tellCanaries } from "./canary-client.ts";
import { canaryServer } from "./canary-handlers.ts";
import { canaryAt, placesIn } from "./canary-places.ts";

for (const [name, path, open] of [
  [
    "Streamable HTTP",
    "/mcp",
    (url: URL, init: RequestInit, heard: Heard) =>
      new StreamableHTTPClientTransport(url, { requestInit: init, fetch: heard.fetch }) as Transport,
  ],
  [
    "the transport before it",
    "/sse",
    (url: URL, init: RequestInit, heard: Heard) =>
      new SSEClientTransport(url, { requestInit: init, fetch: heard.fetch }),
  ],
] as const) {
  test(`what stands anywhere in a message or a header of ${name} does not reach the other side`, async (t) => {
    const server = await mcpHttpServer(t, {
      connect: (transport) => canaryServer().connect(transport),
      onResponse: (response) => response.setHeader("x-note", `of ${canaryAt("server.header")}`),
    });
    const haechi = await startHaechi(t, server.url, {
      target: { type: "mcp", forwardHeaders: ["x-client-note"] },
    });
    const session = async (base: string) => {
      const heard = hear();
      const before = server.told().length;
      const headers = {
        "x-client-note": `for ${canaryAt("client.header")}`,
        "mcp-name": canaryAt("client.mirror"),
        "mcp-param-who": canaryAt("client.parameter"),
      };
      const target = new URL(`${path}?for=${encodeURIComponent(canaryAt("client.query"))}`, base);
      const received = await tellCanaries(open(target, { headers }, heard));
      return { client: placesIn(received + heard.text()), server: placesIn(server.told().slice(before)) };
    };
    const without = await session(server.url);
    assert.ok(without.client.length >= 46, `${without.client.length} places of the server`);
    assert.ok(without.server.length >= 23, `${without.server.length} places of the client`);
    for (const place of ["client.header", "client.mirror", "client.parameter", "client.query"]) {
      assert.ok(without.server.includes(place), place);
    }
    assert.ok(without.client.includes("server.header"));

    assert.deepEqual(await session(haechi.url), { client: [], server: [] });
    assert.deepEqual(placesIn(await haechi.auditText()), []);
    assert.deepEqual(placesIn(haechi.logged.join("\n")), []);
  });
}

/** Everything that comes over the network, as it comes. */
function hear() {
  const heard: string[] = [];
  return {
    text: () => heard.join("\n"),
    async fetch(url: string | URL, init?: RequestInit): Promise<Response> {
      const response = await fetch(url, init);
      heard.push(JSON.stringify([...response.headers]));
      return response;
    },
  };
}

type Heard = ReturnType<typeof hear>;
