import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import type { Providers } from "../../src/runtime/providers.ts";
import { CANARIES } from "../support/canaries.ts";
import { type McpSession, type McpSurroundings, mcpSession } from "../support/mcp-session.ts";
import { tempFolder } from "../support/temp-folder.ts";

const { email, secret } = CANARIES;

type Rule = NonNullable<NonNullable<NonNullable<ConfigInput["mcp"]>["tools"]>["rules"]>[number];

const intoDeploy: Rule = { tools: ["deploy*"], restoreTypes: ["secret"] };

function start(t: TestContext, rules: Rule[], providers: Providers = {}, surroundings: McpSurroundings = {}) {
  const config: ConfigInput = {
    policy: { presets: [], actions: { secret: "tokenize", email: "tokenize" } },
    tokenVault: { detokenizeResponses: true },
    mcp: { tools: { rules } },
  };
  return mcpSession(t, config, providers, surroundings);
}

let nextId = 1;

/** What the server gets as the arguments of a call, and what the client gets when it answers with `text`. */
async function call({ client, server }: McpSession, name: string, args: unknown, text = "done") {
  const id = nextId++;
  client.send({ jsonrpc: "2.0", id, method: "tools/call", params: { name, arguments: args } });
  const { params } = await server.next();
  server.send({ jsonrpc: "2.0", id, result: { content: [{ type: "text", text }] } });
  return { got: params.arguments, answer: (await client.next()).result.content[0].text as string };
}

/** A secret that one tool says comes to the client as this token. */
async function issue(session: McpSession, text: string = secret): Promise<string> {
  const { answer } = await call(session, "read_vault", {}, text);
  assert.match(answer, /^\[TOKEN:tok_[a-z]+_[0-9a-f]+\]$/);
  return answer;
}

test("a secret that the model never sees goes into the calls that the policy names, and into no other", async (t) => {
  const session = await start(t, [intoDeploy]);
  const token = await issue(session);
  const used = await call(session, "deploy_site", {
    key: token,
    nested: [`Bearer ${token}`],
    json: `{"k":"${token}"}`,
  });
  assert.deepEqual(used.got, { key: secret, nested: [`Bearer ${secret}`], json: `{"k":"${secret}"}` });
  assert.deepEqual((await call(session, "log", { key: token })).got, { key: token });
  // A name in other letters is another tool.
  assert.deepEqual((await call(session, "DEPLOY_site", { key: token })).got, { key: token });
});

test("only tokens of the types that the rule names are put back", async (t) => {
  const session = await start(t, [intoDeploy]);
  const person = await issue(session, email);
  assert.deepEqual((await call(session, "deploy", { to: person })).got, { to: person });
});

test("what a tool says again of a value that it got is the token, on standard error too", async (t) => {
  const session = await start(t, [intoDeploy]);
  const token = await issue(session);
  const { answer } = await call(session, "deploy", { key: token }, `I used ${secret}, and \u00fc${secret}`);
  assert.equal(answer, `I used ${token}, and \u00fc${token}`);
  session.server.send({
    jsonrpc: "2.0",
    method: "notifications/message",
    params: { data: { [`x${secret}`]: secret } },
  });
  assert.deepEqual((await session.client.next()).params.data, { [`x${token}`]: token });
  session.serverErrors.write(`key is ${secret}\n`);
  await session.end();
  assert.equal(session.errors(), `key is ${token}\n`);
});

test("tokens of another session stay tokens, unless the rule is about the vault as a whole", async (t) => {
  const folder = await tempFolder(t);
  const one = await start(t, [intoDeploy], {}, { folder });
  const token = await issue(one);
  const other = await start(t, [intoDeploy], {}, { folder });
  assert.deepEqual((await call(other, "deploy", { key: token })).got, { key: token });
  const trusting = await start(t, [{ ...intoDeploy, restoreFrom: "vault" }], {}, { folder });
  assert.deepEqual((await call(trusting, "deploy", { key: token })).got, { key: secret });
});

test("an undetectable value is hidden in what a tool says after it got it", async (t) => {
  const session = await start(t, [{ ...intoDeploy, restoreFrom: "vault" }]);
  const request = { plaintext: 'violet "umbrella" ü', type: "secret", path: "", ruleId: "test" };
  const [issued] = await session.vault.tokenizeAll([request]);
  const token = `[TOKEN:${issued!.id}]`;
  const { got, answer } = await call(session, "deploy", { key: token }, 'It is violet "umbrella" ü.');
  assert.deepEqual(got, { key: 'violet "umbrella" ü' });
  assert.equal(answer, `It is ${token}.`);
});

test("a short number that a tool got is hidden where it is said, and no message loses its id for it", async (t) => {
  const session = await start(t, [{ tools: ["deploy"], restoreTypes: ["secret"], restoreFrom: "vault" }]);
  const request = { plaintext: "4711", type: "secret", path: "", ruleId: "test" };
  const [issued] = await session.vault.tokenizeAll([request]);
  const token = `[TOKEN:${issued!.id}]`;
  assert.equal((await call(session, "deploy", { pin: token })).got.pin, "4711");
  const { client, server } = session;
  client.send({ jsonrpc: "2.0", id: 4711, method: "tools/call", params: { name: "x", arguments: {} } });
  await server.next();
  server.send({ jsonrpc: "2.0", id: 4711, result: { structuredContent: { pin: 4711 } } });
  const { id, result } = await client.next();
  assert.deepEqual([id, result.structuredContent], [4711, { pin: token }]);
});

test("purged and expired tokens, and those that nobody issued, stay tokens", async (t) => {
  let now = Date.UTC(2026, 0, 1);
  const session = await start(t, [{ ...intoDeploy, restoreFrom: "vault" }], { clock: { now: () => now } });
  const token = await issue(session);
  const id = token.slice("[TOKEN:".length, -1);
  const unknown = `[TOKEN:tok_secret_${"0".repeat(16)}]`;
  assert.deepEqual((await call(session, "deploy", { key: token, unknown })).got, { key: secret, unknown });
  await session.vault.purge(id);
  assert.deepEqual((await call(session, "deploy", { key: token })).got, { key: token });
  const again = await issue(session);
  now += 366 * 24 * 60 * 60 * 1000;
  assert.deepEqual((await call(session, "deploy", { key: again })).got, { key: again });
});

test("a token in an address is not put back", async (t) => {
  const session = await start(t, [intoDeploy]);
  const token = await issue(session);
  const url = `https://elsewhere.example/?k=${token}`;
  assert.deepEqual((await call(session, "deploy", { url })).got, { url });
});

test("each token is recorded with the tool before the call arrives, and its value nowhere", async (t) => {
  const session = await start(t, [{ tools: ["deploy"], restoreTypes: ["secret"] }]);
  const token = await issue(session);
  const { client, server } = session;
  client.send({ jsonrpc: "2.0", id: "c", method: "tools/call", params: { name: "deploy", arguments: { key: token } } });
  await server.next();
  const entries = (await session.auditEntries()).flatMap((entry) =>
    "decision" in entry && entry.decision === "detokenize" ? [entry] : [],
  );
  assert.deepEqual(
    entries.map(({ reason, token, routeId, count }) => [reason, token, routeId, count]).sort(),
    [
      ["tool_call", token.slice("[TOKEN:".length, -1), "deploy", undefined],
      ["tool_call", undefined, null, 1],
    ].sort(),
  );
  const protect = (await session.auditEntries()).filter((entry) => entry.correlationId === entries[0]!.correlationId);
  assert.ok(protect.some(({ operation }) => operation === "tools/call"));
  assert.ok(!(await session.auditText()).includes(secret));
});
