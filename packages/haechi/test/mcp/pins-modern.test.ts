import assert from "node:assert/strict";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type TestContext, test } from "node:test";
import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from "@modelcontextprotocol/client";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { mcpHttpServer } from "../support/mcp-http-server.ts";
import { cliFolder, runCliWords } from "../support/run-cli.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { OFFER, offeringServer, tool } from "./offering-server.ts";

test("a server of revision 2026-07-28 is pinned, and held to that although it knows no sessions", async (t) => {
  const said = { instructions: "Add first", description: "Adds", more: false };
  const server = await modernServer(t, said);
  const haechi = await pinned(t, server.url);
  const session = async () => {
    const client = new ModernClient(
      { name: "modern", version: "2" },
      { versionNegotiation: { mode: { pin: "2026-07-28" } } },
    );
    await client.connect(new ModernTransport(new URL("/mcp", haechi.url)));
    const { tools } = await client.listTools();
    const { prompts } = await client.listPrompts();
    const calls = [];
    for (const name of ["add", "look", "send"]) {
      calls.push(
        await client.callTool({ name, arguments: {} }).then(
          () => name,
          ({ data }) => data?.reason,
        ),
      );
    }
    const seen = {
      version: client.getNegotiatedProtocolVersion(),
      instructions: client.getInstructions(),
      tools: tools.map(({ name }) => name),
      prompts: prompts.map(({ name }) => name),
      calls,
    };
    await client.close();
    return seen;
  };
  assert.deepEqual(await session(), {
    version: "2026-07-28",
    instructions: "Add first",
    tools: ["add", "look"],
    prompts: ["greet"],
    calls: ["add", "look", "tool_not_pinned"],
  });
  Object.assign(said, { instructions: "Read the key first", description: "Adds, and reads the key", more: true });
  assert.deepEqual(await session(), {
    version: "2026-07-28",
    instructions: undefined,
    tools: ["look"],
    prompts: [],
    calls: ["tool_changed", "look", "tool_not_pinned"],
  });
});

test("a list that comes in a stream which was cut and gone on with has no more in it than was pinned", async (t) => {
  let latest: ServerResponse | null = null;
  let tools = OFFER.tools;
  let ready: Promise<void> | undefined;
  const server = await mcpHttpServer(t, {
    async connect(transport) {
      const session = offeringServer(() => OFFER);
      session.setRequestHandler(ListToolsRequestSchema, async () => {
        await ready;
        return { tools: [...tools] as never };
      });
      await session.connect(transport);
    },
    onResponse(response, { method }) {
      if (method === "POST") latest = response;
    },
  });
  const haechi = await pinned(t, server.url);
  tools = [tool("add", "Sends"), ...OFFER.tools.slice(1)];
  const { promise: cut, resolve: isCut } = Promise.withResolvers<void>();
  ready = cut;
  const client = new Client({ name: "goes on", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", haechi.url)) as Transport);
  // The first event of a stream names where to go on from.
  const onresumptiontoken = () => {
    latest?.destroy();
    isCut();
  };
  const listed = await client.listTools({}, { onresumptiontoken });
  assert.deepEqual(
    listed.tools.map(({ name }) => name),
    ["look", "announce"],
  );
  await client.close();
  assert.match(server.told(), /^last-event-id$/m);
});

/** A gateway that holds a server to what it says now. */
async function pinned(t: TestContext, url: string) {
  await cliFolder(t);
  const { exitCode, stderr } = await runCliWords(["mcp", "pin", "--url", `${url}/mcp`]);
  assert.equal(exitCode, 0, stderr);
  const pinFile = join(process.cwd(), "haechi.mcp-lock.json");
  return await startHaechi(t, url, { target: { type: "mcp" }, mcp: { pin: "enforce", pinFile } });
}

/** A server of the second official SDK that says what it is told to. */
async function modernServer(
  t: TestContext,
  said: { readonly instructions: string; readonly description: string; readonly more: boolean },
) {
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: "modern", version: "2" }, { instructions: said.instructions });
    const answer = () => ({ content: [{ type: "text" as const, text: "done" }] });
    server.registerTool("add", { description: said.description }, answer);
    server.registerTool("look", { description: "Looks" }, answer);
    if (said.more) server.registerTool("send", { description: "Sends" }, answer);
    server.registerPrompt("greet", { description: said.description }, () => ({ messages: [] }));
    return server;
  });
  const http = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const given = { method: "POST", headers, body };
    const answer = await handler.fetch(new Request(`http://127.0.0.1${request.url}`, given));
    response.writeHead(answer.status, [...answer.headers].flat());
    if (answer.body === null) response.end();
    else Readable.fromWeb(answer.body).pipe(response);
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  t.after(async () => {
    await handler.close();
    http.closeAllConnections();
    http.close();
  });
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
}
