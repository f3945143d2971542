import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import type { Transport as AnyTransport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { CallToolRequestSchema, ElicitRequestSchema, type ElicitResult } from "@modelcontextprotocol/sdk/types.js";
import { mcpHttpServer } from "../support/mcp-http-server.ts";
import { startHaechi } from "../support/start-haechi.ts";

const QUESTION = 'The tool "pay" is to be called. Do you agree?';

test("over HTTP a person is asked in the stream of the call, and the log has the word before the server has the call", async (t) => {
  const { connect, calls } = await between(t);
  const asked: string[] = [];
  const { client } = await connect(async (message) => {
    asked.push(message);
    return { action: "accept", content: {} };
  });
  const steps: unknown[] = [];
  const result = await client.callTool({ name: "pay", arguments: { to: "a.b@example.org" } }, undefined, {
    onprogress: (step) => void steps.push(step),
  });
  assert.deepEqual(result.content, [{ type: "text", text: "paid [REDACTED:email]" }]);
  assert.deepEqual([asked, steps], [[QUESTION], [{ progress: 1 }]]);
  assert.deepEqual(calls, [{ to: "[REDACTED:email]", logged: ["tool_consent accepted"] }]);
  // What needs nobody's word is not asked about.
  await client.callTool({ name: "look" });
  assert.equal(asked.length, 1);
  await client.close();
});

test("on the transport before Streamable HTTP a person is asked in the stream that the client has", async (t) => {
  const { connect, calls } = await between(t);
  const { client } = await connect(async () => ({ action: "accept", content: {} }), SSEClientTransport);
  const { content } = await client.callTool({ name: "pay", arguments: { to: "me" } });
  assert.deepEqual(content, [{ type: "text", text: "paid me" }]);
  assert.deepEqual(calls, [{ to: "me", logged: ["tool_consent accepted"] }]);
  await client.close();
});

test("over HTTP a call to which nobody agrees is refused, each for itself", async (t) => {
  const { connect, calls } = await between(t);
  const words = [Promise.withResolvers<ElicitResult>(), Promise.withResolvers<ElicitResult>()];
  const { promise: bothAsked, resolve: areAsked } = Promise.withResolvers<void>();
  let next = 0;
  const { client } = await connect(async () => {
    if (next === 1) areAsked();
    return await words[next++]!.promise;
  });
  const first = client.callTool({ name: "pay", arguments: { to: 1 } });
  const second = client.callTool({ name: "pay", arguments: { to: 2 } });
  await bothAsked;
  words[1]!.resolve({ action: "accept", content: {} });
  words[0]!.resolve({ action: "decline" });
  const told = await Promise.allSettled([first, second]);
  assert.deepEqual(told.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  const refused = told.find((one) => one.status === "rejected")!.reason;
  assert.deepEqual([refused.code, refused.data], [-32004, { tool: "pay", reason: "tool_not_agreed" }]);
  assert.equal(calls.length, 1);
  await client.close();
});

test("over HTTP a call is refused where the client knows nobody to ask, and where there is no session", async (t) => {
  const { connect, url, calls } = await between(t);
  const { client } = await connect(null);
  await assert.rejects(client.callTool({ name: "pay" }), /haechi_mcp_tool_not_allowed/);
  const body = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay"}}';
  for (const posted of [body, `[${body}]`]) {
    const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
    const answer = await fetch(url, { method: "POST", headers, body: posted });
    assert.match(await answer.text(), /"tool_needs_consent"/);
  }
  assert.deepEqual(calls, []);
  await client.close();
});

for (const [what, leave] of Object.entries({
  "cancels it": ({ abort }: Leaving) => abort.abort(),
  "ends its session": ({ transport }: Leaving) => (transport as StreamableHTTPClientTransport).terminateSession(),
  leaves: ({ client }: Leaving) => client.close(),
})) {
  test(`over HTTP a call that waits for a person is not made when the client ${what}`, async (t) => {
    const { connect, calls, logged, close } = await between(t);
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
    const { client, transport } = await connect(() => {
      asked();
      return new Promise(() => {});
    });
    const abort = new AbortController();
    const call = client.callTool({ name: "pay" }, undefined, { signal: abort.signal });
    const told = assert.rejects(call);
    await isAsked;
    await leave({ client, transport, abort });
    await told;
    while (!logged().some((word) => word.startsWith("tool_consent"))) await new Promise(setImmediate);
    assert.deepEqual(calls, []);
    assert.match(logged().find((word) => word.startsWith("tool_consent"))!, /unanswered|cancelled/);
    await client.close();
    // The end of its streams is recorded too.
    await close();
  });
}

test("over HTTP whoever agreed learns that the server cannot be reached after all", async (t) => {
  const { connect, stop } = await between(t);
  const { client } = await connect(async () => {
    stop();
    return { action: "accept", content: {} };
  });
  await assert.rejects(client.callTool({ name: "pay" }), /haechi_mcp_http_error/);
  await client.close();
});

interface Leaving {
  readonly client: Client;
  readonly transport: StreamableHTTPClientTransport | SSEClientTransport;
  readonly abort: AbortController;
}

async function between(t: TestContext) {
  const calls: unknown[] = [];
  let isStopped = false;
  const server = await mcpHttpServer(t, {
    onResponse(response, { method }) {
      if (isStopped && method === "POST") response.destroy();
    },
    async connect(transport) {
      const session = new Server({ name: "pays", version: "1" }, { capabilities: { tools: {} } });
      session.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
        calls.push({ ...params.arguments, logged: logged() });
        const progressToken = extra._meta?.progressToken;
        if (progressToken !== undefined) {
          await extra.sendNotification({ method: "notifications/progress", params: { progressToken, progress: 1 } });
        }
        return { content: [{ type: "text", text: `paid ${params.arguments?.to}` }] };
      });
      await session.connect(transport);
    },
  });
  const { url, folder, gateway } = await startHaechi(t, server.url, {
    target: { type: "mcp" },
    mcp: { tools: { ask: ["pay"] } },
  });
  const logged = () =>
    readFileSync(join(folder, "audit.jsonl"), "utf8")
      .split("\n")
      .filter((line) => line.includes("tool_consent"))
      .map((line) => JSON.parse(line))
      .map(({ decision, reason }) => `${decision} ${reason}`);
  return {
    calls,
    close: () => gateway.close(),
    logged,
    url: `${url}/mcp`,
    stop: () => {
      isStopped = true;
    },
    async connect(
      ask: ((message: string) => Promise<ElicitResult>) | null,
      Transport: typeof StreamableHTTPClientTransport | typeof SSEClientTransport = StreamableHTTPClientTransport,
    ) {
      const capabilities = ask === null ? {} : { elicitation: { form: {} } };
      const client = new Client({ name: "asks", version: "1" }, { capabilities });
      if (ask !== null) client.setRequestHandler(ElicitRequestSchema, ({ params }) => ask(params.message));
      const transport = new Transport(new URL(Transport === SSEClientTransport ? "/sse" : "/mcp", url));
      await client.connect(transport as AnyTransport);
      return { client, transport };
    },
  };
}
