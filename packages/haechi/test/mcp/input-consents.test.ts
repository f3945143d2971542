import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { createMcpHandler, createRequestStateCodec, inputRequired, McpServer } from "@modelcontextprotocol/server";
import * as z from "zod";
import type { ConfigInput } from "../../src/config/schema.ts";
import { addToken } from "../../src/providers/auth/bearer-file.ts";
import { serverCommands, testServer } from "../support/mcp-command.ts";
import { mcpModernServer } from "../support/mcp-modern-server.ts";
import { startHaechi } from "../support/start-haechi.ts";

const QUESTION = 'The tool "pay" is to be called. Do you agree?';

test("in revision 2026-07-28 a person is asked in the result, and the log has the word before the server has the call", async (t) => {
  const { connect, calls, told } = await between(t);
  const asked: string[] = [];
  const client = await connect((message) => {
    asked.push(message);
    return "accept";
  });
  await client.listTools();
  const result = await client.callTool({ name: "pay", arguments: { to: "a.b@example.org" } });
  assert.deepEqual(result.content, [{ type: "text", text: "paid [REDACTED:email]" }]);
  assert.deepEqual(asked, [QUESTION]);
  assert.deepEqual(calls, [{ to: "[REDACTED:email]", logged: ["asked", "accepted"] }]);
  // The server sees the call as it would without us, headers included.
  const call = told.filter((request) => request.includes('"tools/call"'));
  assert.equal(call.length, 1);
  assert.match(call[0]!, /^mcp-param-to\n\[REDACTED:email\]$/im);
  assert.match(call[0]!, /^mcp-name\npay$/im);
  assert.doesNotMatch(call[0]!, /inputResponses|requestState|haechi/);
  // Each call is asked about for itself.
  await client.callTool({ name: "pay", arguments: { to: "a.b@example.org" } });
  assert.equal(asked.length, 2);
});

const ASKING = ["sealing", "plain", "stateless"];

for (const name of ASKING) {
  test(`what a ${name} server asks in its result comes after the person's word, and is no other call`, async (t) => {
    const { connect, calls } = await between(t);
    const asked: string[] = [];
    const client = await connect((message) => {
      asked.push(message);
      return "accept";
    });
    // A client that knows no headers of a tool makes its call again when it has learnt them, and each is asked about.
    await client.listTools();
    const { content } = await client.callTool({ name, arguments: { to: "me" } });
    assert.deepEqual(content, [{ type: "text", text: "mail says [REDACTED:email]" }]);
    assert.deepEqual(asked, [QUESTION.replace("pay", name), "Which mail?"]);
    assert.deepEqual(calls, [
      { to: "me", logged: ["asked", "accepted"] },
      { to: "me", logged: ["asked", "accepted"] },
    ]);
  });
}

test("in revision 2026-07-28 a call to which nobody agrees is refused", async (t) => {
  const { connect, calls, logged } = await between(t);
  for (const word of ["decline", "cancel"] as const) {
    const client = await connect(() => word);
    await assert.rejects(client.callTool({ name: "pay", arguments: { to: "me" } }), {
      code: -32004,
      data: { tool: "pay", reason: "tool_not_agreed" },
    });
  }
  const mute = await connect(null);
  await assert.rejects(mute.callTool({ name: "pay", arguments: { to: "me" } }), {
    code: -32004,
    data: { tool: "pay", reason: "tool_needs_consent" },
  });
  assert.deepEqual(calls, []);
  assert.deepEqual(logged(), ["asked", "declined", "asked", "declined"]);
});

test("the word of a person is for the call that it was asked for, and for one", async (t) => {
  const { call, calls } = await between(t);
  const accept = { "haechi-consent": { action: "accept", content: {} } };
  const asked = async () => {
    const { result } = await call({ arguments: { to: "me" } });
    assert.equal(result.resultType, "input_required");
    return String(result.requestState);
  };
  const outcome = async (params: object) => {
    const { result, error } = await call(params);
    return result?.content ?? result?.resultType ?? error.data.reason;
  };
  const paid = [{ type: "text", text: "paid me" }];

  const state = await asked();
  // Parameters may stand in any order, and the headers still repeat what the server gets.
  const answered = { requestState: state, inputResponses: accept, arguments: { to: "me" } };
  assert.deepEqual(await outcome(answered), paid);
  assert.equal(await outcome(answered), "input_required", "a second time");
  assert.equal(await outcome({ ...answered, requestState: "made up" }), "input_required");
  assert.equal(await outcome({ arguments: { to: "me" }, inputResponses: accept }), "input_required");

  const other = { requestState: await asked(), inputResponses: accept, arguments: { to: "you" } };
  assert.equal(await outcome(other), "tool_not_agreed");
  const others = { requestState: await asked(), inputResponses: accept, arguments: { to: "me" }, task: { ttl: 1 } };
  assert.equal(await outcome(others), "tool_not_agreed");
  assert.equal(await outcome({ requestState: await asked(), arguments: { to: "me" } }), "tool_not_agreed");
  assert.deepEqual(
    calls.map(({ to }) => to),
    ["me"],
  );
});

test("the word of a person is for the caller who was asked", async (t) => {
  const { call, calls, token } = await between(t, { auth: { provider: "bearer" } });
  const [mine, other] = [await token(), await token()];
  const args = { to: "me" };
  const { result } = await call({ arguments: args }, { token: mine });
  const inputResponses = { "haechi-consent": { action: "accept", content: {} } };
  const answered = { requestState: result.requestState, inputResponses, arguments: args };
  assert.equal((await call(answered, { token: other })).result.resultType, "input_required");
  assert.equal(calls.length, 0);
  assert.equal((await call(answered, { token: mine })).result.resultType, "complete");
  assert.equal(calls.length, 1);
});

test("a call goes on without a new word only where the client was told what the server wants", async (t) => {
  for (const [email, goesOn] of [
    ["redact", true],
    ["block", false],
  ] as const) {
    const { call, calls } = await between(t, { policy: { actions: { email } } });
    const name = "nosy";
    const args = { to: "me" };
    const { result } = await call({ arguments: args }, { name });
    const inputResponses = { "haechi-consent": { action: "accept", content: {} } };
    await call({ requestState: result.requestState, inputResponses, arguments: args }, { name });
    assert.equal(calls.length, 1);
    await call({ arguments: args, inputResponses: { mail: { action: "decline" } } }, { name });
    assert.equal(calls.length, goesOn ? 2 : 1, email);
  }
});

test("on pipes a person is asked in the result too, before the server asks in its own", async (t) => {
  const config = { mcp: { tools: { ask: ["asks"] } } };
  const { wrapped } = await serverCommands(t, testServer("modern-server", "told.jsonl"), config);
  const asked: string[] = [];
  const client = modernClient(({ message }) => {
    asked.push(message);
    return "accept";
  });
  await client.connect(new StdioClientTransport({ ...wrapped, stderr: "ignore" }));
  const { content } = await client.callTool({ name: "asks", arguments: {} });
  await client.close();
  assert.deepEqual(content, [{ type: "text", text: "round 1" }]);
  assert.deepEqual(asked, ['The tool "asks" is to be called. Do you agree?', "see [REDACTED:email]."]);
});

/** It crosses under a name. */
const PLAIN_STATE = "for a.b@example.org";

type Word = "accept" | "decline" | "cancel";

function modernClient(ask: ((params: { readonly message: string }) => Word) | null): Client {
  const capabilities = ask === null ? {} : { elicitation: { form: {} } };
  const negotiation = { versionNegotiation: { mode: { pin: "2026-07-28" } } } as const;
  const client = new Client({ name: "asks", version: "2" }, { capabilities, ...negotiation });
  if (ask !== null) {
    client.setRequestHandler("elicitation/create", ({ params }) => {
      const action = ask(params);
      return action === "accept" ? { action, content: { mail: "see a.b@example.org" } } : { action };
    });
  }
  return client;
}

async function between(t: TestContext, config: ConfigInput = {}) {
  const calls: { readonly to: string; readonly logged: readonly string[] }[] = [];
  const told: string[] = [];
  const states = createRequestStateCodec<{ readonly round: number }>({ key: "k".repeat(32) });
  const handler = createMcpHandler(() => {
    const verify: typeof states.verify = async (state, context) =>
      state === PLAIN_STATE ? { round: 1 } : states.verify(state, context);
    const options = { capabilities: { tools: {} }, requestState: { verify } };
    const server = new McpServer({ name: "pays", version: "2" }, options);
    const inputSchema = z.object({ to: z.string().meta({ "x-mcp-header": "To" }) });
    server.registerTool("pay", { description: "Pays", inputSchema }, ({ to }) => {
      calls.push({ to, logged: logged() });
      return { content: [{ type: "text", text: `paid ${to}` }] };
    });
    for (const name of [...ASKING, "nosy"]) {
      server.registerTool(name, { description: "Asks back", inputSchema }, async ({ to }, context) => {
        calls.push({ to, logged: logged() });
        const answer = context.mcpReq.inputResponses?.mail as { content?: { mail?: string } } | undefined;
        if (answer !== undefined) {
          const text = `mail says ${answer.content?.mail?.replace("see ", "")}`;
          return { content: [{ type: "text", text }] };
        }
        const properties = { mail: { type: "string" } } as const;
        const mail = inputRequired.elicit({
          message: name === "nosy" ? "Not a.b@example.org?" : "Which mail?",
          requestedSchema: { type: "object", properties },
        });
        if (name === "stateless" || name === "nosy") return inputRequired({ inputRequests: { mail } });
        const requestState = name === "plain" ? PLAIN_STATE : await states.mint({ round: 1 });
        return inputRequired({ inputRequests: { mail }, requestState });
      });
    }
    return server;
  });
  const server = await mcpModernServer(t, handler, (request) => told.push(request));
  const { url, folder, runtime } = await startHaechi(t, server.url, {
    target: { type: "mcp" },
    mcp: { tools: { ask: ["pay", "nosy", ...ASKING] } },
    ...config,
  });
  const logged = () =>
    readFileSync(join(folder, "audit.jsonl"), "utf8")
      .split("\n")
      .filter((line) => line.includes("tool_consent"))
      .map((line) => String(JSON.parse(line).reason));
  let id = 0;
  return {
    calls,
    told,
    logged,
    /** Of a caller of its own. */
    async token() {
      const holder = { scopes: [], labels: {}, type: "service", allowedLabelKeys: [] } as const;
      return (await addToken(join(folder, "auth.json"), holder, runtime)).token;
    },
    /** A call as any client may make it. */
    async call(params: object, { name = "pay", token = "" } = {}) {
      const { arguments: args } = params as { readonly arguments: { readonly to: string } };
      const _meta = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { name: "asks", version: "2" },
        "io.modelcontextprotocol/clientCapabilities": { elicitation: {} },
      };
      const answer = await fetch(`${url}/mcp`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
          "mcp-protocol-version": "2026-07-28",
          "mcp-method": "tools/call",
          "mcp-name": name,
          ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
          "mcp-param-to": args.to,
        },
        body: JSON.stringify({
          params: { ...params, name, _meta },
          method: "tools/call",
          id: id++,
          jsonrpc: "2.0",
        }),
      });
      const text = await answer.text();
      return JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text);
    },
    async connect(ask: ((message: string) => Word) | null) {
      const client = modernClient(ask === null ? null : ({ message }) => ask(message));
      await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", url)));
      t.after(() => client.close());
      return client;
    },
  };
}
