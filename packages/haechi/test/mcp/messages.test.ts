import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CANARIES, canariesIn } from "../support/canaries.ts";
import { mcpSession } from "../support/mcp-session.ts";

const { email, card } = CANARIES;
const call = (id: unknown, args: unknown) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name: "send", arguments: args },
});

test("what holds nothing crosses as it was written, in either direction", async (t) => {
  const { client, server } = await mcpSession(t);
  const lines = [
    '{ "jsonrpc" : "2.0", "id": 1e0, "method":"ping" }'.replace("1e0", "10000000000000000001"),
    '{"id":"\\u0061","jsonrpc":"2.0","method":"tools\\/call","params":{"n":1.0,"m":1e5,"a":1,"a":2}}',
    '[{"jsonrpc":"2.0","id":4,"method":"ping"} , {"jsonrpc":"2.0","method":"notifications/initialized"} ]',
    '{"jsonrpc":"2.0","id":5,"method":"ping"}\r',
  ];
  for (const line of lines) {
    client.sendText(`${line}\n`);
    assert.equal(await server.nextText(), line);
  }
  const answer = '{"id":4,  "result":{"x":"\\u00fc"},"jsonrpc":"2.0"}';
  server.sendText(`${answer}\n`);
  assert.equal(await client.nextText(), answer);
});

test("arguments, results, errors and notifications are protected", async (t) => {
  const { client, server } = await mcpSession(t);
  client.send(call(1, { to: email, [`key ${email}`]: { deep: [`x ${email}`] } }));
  const asked = await server.next();
  assert.deepEqual(asked.params.arguments, {
    to: "[REDACTED:email]",
    "key [REDACTED:email]": { deep: ["x [REDACTED:email]"] },
  });
  server.send({ jsonrpc: "2.0", id: 1, result: { content: [{ type: "text", text: `for ${email}` }] } });
  assert.equal((await client.next()).result.content[0].text, "for [REDACTED:email]");
  server.send({
    jsonrpc: "2.0",
    id: 2,
    error: { code: -1, message: `no ${email}`, data: { who: [email] } },
    extra: email,
  });
  assert.deepEqual(await client.next(), {
    jsonrpc: "2.0",
    id: 2,
    error: { code: -1, message: "no [REDACTED:email]", data: { who: ["[REDACTED:email]"] } },
    extra: "[REDACTED:email]",
  });
  server.send({ jsonrpc: "2.0", method: "notifications/message", params: { level: "info", data: `hello ${email}` } });
  assert.equal((await client.next()).params.data, "hello [REDACTED:email]");
});

test("what the server asks and the client answers is protected too", async (t) => {
  const { client, server } = await mcpSession(t);
  server.send({ jsonrpc: "2.0", id: 1, method: "elicitation/create", params: { message: `Is it ${email}?` } });
  assert.equal((await client.next()).params.message, "Is it [REDACTED:email]?");
  client.send({ jsonrpc: "2.0", id: 1, result: { action: "accept", content: { mail: email } } });
  assert.deepEqual((await server.next()).result.content, { mail: "[REDACTED:email]" });
  server.send({ jsonrpc: "2.0", id: 2, method: "vendor/unheard-of", params: { text: email } });
  assert.equal((await client.next()).params.text, "[REDACTED:email]");
});

test("a blocked request is answered, a blocked answer is replaced by an error, a blocked notification is dropped", async (t) => {
  const { client, server, auditEntries } = await mcpSession(t);
  client.send(call("r-1", { card }));
  const refused = await client.next();
  assert.equal(refused.id, "r-1");
  assert.equal(refused.error.code, -32001);
  assert.equal(refused.error.message, "haechi_policy_block");
  assert.deepEqual(refused.error.data.summary.byType, { card: 1 });

  client.send(call(2, {}));
  assert.equal((await server.next()).id, 2);
  server.send({ jsonrpc: "2.0", id: 2, result: { content: [{ type: "text", text: card }] } });
  const replaced = await client.next();
  assert.deepEqual([replaced.id, replaced.error.code], [2, -32001]);

  server.send({ jsonrpc: "2.0", method: "notifications/message", params: { data: card } });
  server.send({ jsonrpc: "2.0", id: 9, method: "sampling/createMessage", params: { systemPrompt: card } });
  const told = await server.next();
  assert.deepEqual([told.id, told.error.code], [9, -32001]);
  server.send({ jsonrpc: "2.0", id: 10, method: "ping" });
  assert.equal((await client.next()).id, 10);
  client.send({ jsonrpc: "2.0", id: 10, result: { text: card } });
  const inPlace = await server.next();
  assert.deepEqual([inPlace.id, inPlace.error.code], [10, -32001]);

  const entries = await auditEntries();
  const ids = entries.filter(({ blocked }) => blocked).map(({ id }) => id);
  assert.equal(ids.length, 5);
  for (const { error } of [refused, replaced, told, inPlace]) assert.ok(ids.includes(error.data.auditId));
});

test("each message of a batch is judged on its own", async (t) => {
  const { client, server } = await mcpSession(t);
  client.send([
    call(1, { card }),
    { jsonrpc: "2.0", id: 2, method: "ping" },
    call(3, { to: email }),
    { jsonrpc: "2.0", id: 4, method: "x" },
  ]);
  const passed = (await server.next()) as unknown as { id: number; params?: { arguments: unknown } }[];
  assert.deepEqual(
    passed.map(({ id }) => id),
    [2, 3],
  );
  assert.deepEqual(passed[1]!.params!.arguments, { to: "[REDACTED:email]" });
  const refused = (await client.next()) as unknown as { id: number; error: { code: number } }[];
  assert.deepEqual(
    refused.map(({ id, error }) => [id, error.code]),
    [
      [1, -32001],
      [4, -32003],
    ],
  );

  server.send([
    { jsonrpc: "2.0", id: 2, result: {} },
    { jsonrpc: "2.0", id: 3, result: { text: card } },
  ]);
  const answers = (await client.next()) as unknown as { id: number; error?: { code: number } }[];
  assert.deepEqual(
    answers.map(({ id, error }) => [id, error?.code]),
    [
      [2, undefined],
      [3, -32001],
    ],
  );

  client.send([]);
  assert.equal((await client.next()).error.data.reason, "empty_batch");
  client.send(Array.from({ length: 1001 }, (_, id) => ({ jsonrpc: "2.0", id, method: "ping" })));
  assert.equal((await client.next()).error.data.reason, "batch_too_long");
});

test("methods that are not listed are refused, and notifications among them dropped without a word", async (t) => {
  const { client, server, auditEntries } = await mcpSession(t, {
    mcp: { allowedMethods: ["tools/call", "vendor/own"] },
  });
  client.send({ jsonrpc: "2.0", id: 1, method: "resources/read", params: {} });
  assert.deepEqual(await client.next(), {
    jsonrpc: "2.0",
    id: 1,
    error: { code: -32003, message: "haechi_mcp_method_not_allowed", data: { method: "resources/read" } },
  });
  client.send({ jsonrpc: "2.0", method: "notifications/initialized" });
  client.send({ jsonrpc: "2.0", id: 2, method: `tell/${email}` });
  assert.deepEqual((await client.next()).error.data, { method: "unknown" });
  client.send({ jsonrpc: "2.0", id: 3, method: "vendor/own" });
  assert.equal((await server.next()).id, 3);
  const entries = (await auditEntries()).map((entry) => [entry.operation, "reason" in entry ? entry.reason : null]);
  assert.deepEqual(entries, [
    ["resources/read", "method_not_allowed"],
    ["notifications/initialized", "method_not_allowed"],
    ["unknown", "method_not_allowed"],
    ["vendor/own", null],
  ]);
});

test("* lets every method pass, but none with a finding in its name", async (t) => {
  const { client, server } = await mcpSession(t, { mcp: { allowedMethods: ["*"] } });
  client.send({ jsonrpc: "2.0", id: 1, method: "anything/at-all" });
  assert.equal((await server.next()).id, 1);
  client.send({ jsonrpc: "2.0", id: 2, method: `tell/${email}` });
  assert.equal((await client.next()).error.code, -32001);
});

test("what cannot be read is answered as well as it can be", async (t) => {
  const { client, server, auditEntries } = await mcpSession(t, {
    mcp: { maxMessageBytes: 1000 },
    limits: { maxNestingDepth: 20 },
  });
  const long = "x".repeat(1100);
  const deep = `${"[".repeat(21)}${"]".repeat(21)}`;
  const expected: [string, unknown, number, string][] = [
    ["not json", null, -32000, "document_not_json"],
    [`{"jsonrpc":"2.0","method":"ping","params":{"x":"${long}"},"id":3}`, 3, -32000, "line_too_long"],
    [`{"jsonrpc":"2.0","id":4,"method":"ping","params":${deep}}`, 4, -32000, "document_too_deep"],
    ['{"jsonrpc":"2.0","id":5,"method":"ping"', 5, -32000, "document_not_json"],
    ["7", null, -32002, "not_an_object"],
    ['{"jsonrpc":"2.0","id":6}', 6, -32002, "no_kind"],
    ['{"id":7,"method":"ping"}', 7, -32002, "invalid_version"],
    ['{"jsonrpc":"2.0","id":8,"method":"ping","method":"ping"}', 8, -32002, "ambiguous_member"],
  ];
  for (const [line, id, code, reason] of expected) {
    client.sendText(`${line}\n`);
    const { id: toldId, error } = await client.next();
    assert.deepEqual([toldId, error.code, error.data], [id, code, { reason }], line.slice(0, 50));
  }
  client.send({ jsonrpc: "2.0", id: 9, method: "ping" });
  await server.next();
  server.sendText(`Listening on stdio\n{"jsonrpc":"2.0","result":{"x":"${long}"},"id":9}\n`);
  const answer = await client.next();
  assert.deepEqual([answer.id, answer.error.data], [9, { reason: "line_too_long" }]);
  const refusals = (await auditEntries()).filter(
    (entry) => "decision" in entry && entry.decision === "request_refused",
  );
  assert.equal(refusals.length, expected.length + 2);
});

test("a last line without an end is a message", async (t) => {
  const { client, server } = await mcpSession(t);
  client.sendText('{"jsonrpc":"2.0","id":1,"method":"ping"}');
  client.closeInput();
  assert.deepEqual(await server.rest(), ['{"jsonrpc":"2.0","id":1,"method":"ping"}']);
});

test("a sealed state and handles in which nothing is found cross as they are", async (t) => {
  const { client, server } = await mcpSession(t);
  const state = `${Buffer.from(`{"alg":"HS256"}`).toString("base64url")}.${Buffer.from(`{"mail":"${email}"}`).toString("base64url")}.${"s".repeat(43)}`;
  const params = { cursor: "page-2", _meta: { progressToken: "p-1" }, requestState: state };
  client.send({ jsonrpc: "2.0", id: 2, method: "tools/list", params });
  assert.deepEqual((await server.next()).params, params);
});

test("a number that counts is no number of a person", async (t) => {
  const { client, server } = await mcpSession(t, { policy: { presets: ["strict-block"] } });
  // It has the check digit of a Dutch citizen service number.
  const id = 111222333;
  const asked = { jsonrpc: "2.0", id, method: "tools/list", params: { _meta: { progressToken: id } } };
  client.send(asked);
  assert.deepEqual(await server.next(), asked);
  server.send({ jsonrpc: "2.0", id, result: { text: card } });
  assert.deepEqual((await client.next()).id, id);
});

test("an id of an answer that nobody waits for brings nothing across", async (t) => {
  const { client, server } = await mcpSession(t);
  server.send({ jsonrpc: "2.0", id: email, result: {} });
  server.send({ jsonrpc: "1.0", id: email, result: {} });
  server.send({ jsonrpc: "2.0", id: 1, method: "ping" });
  assert.equal((await client.next()).id, 1);
});

test("structured content and its twin in text say the same", async (t) => {
  const { client, server } = await mcpSession(t);
  const data = {
    user: { mail: email, password: "hunter2-is-it" },
    phone: 821091827364,
    note: `ask ${email}`,
    [email]: 1,
  };
  server.send({
    jsonrpc: "2.0",
    id: 1,
    result: { content: [{ type: "text", text: JSON.stringify(data) }], structuredContent: data },
  });
  const { result } = await client.next();
  assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent);
  assert.equal(result.structuredContent.user.mail, "[REDACTED:email]");
  assert.deepEqual(canariesIn(JSON.stringify(result)), []);
});

test("a token is the same in structured content and in its twin", async (t) => {
  const { client, server } = await mcpSession(t, { policy: { actions: { email: "tokenize" } } });
  const data = { users: [{ mail: email }, { mail: email }], note: `ask ${email}` };
  const content = [{ type: "text", text: JSON.stringify(data, null, 2) }];
  server.send({ jsonrpc: "2.0", id: 1, result: { content, structuredContent: data } });
  const { result } = await client.next();
  assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent);
  assert.match(result.structuredContent.users[0].mail, /^\[TOKEN:/);
});

test("messages keep their order in whatever pieces they come", async (t) => {
  const { client, server } = await mcpSession(t);
  const kinds = fc.constantFrom("short", "long", "changed", "refused");
  let id = 0;
  const property = fc.asyncProperty(fc.array(kinds, { minLength: 1 }), fc.array(fc.nat(200)), async (sent, cuts) => {
    const messages = sent.map((kind) => ({ kind, id: ++id }));
    const lines = messages.map((message) => `${JSON.stringify(callOf(message))}\n`).join("");
    let from = 0;
    for (const cut of cuts) {
      client.sendText(lines.slice(from, from + cut));
      from += cut;
    }
    client.sendText(lines.slice(from));
    const passed = messages.filter(({ kind }) => kind !== "refused");
    for (const message of passed) assert.equal((await server.next()).id, message.id);
    for (const message of messages.filter(({ kind }) => kind === "refused")) {
      assert.equal((await client.next()).id, message.id);
    }
  });
  await fc.assert(property, { numRuns: 30 });

  function callOf({ kind, id }: { kind: string; id: number }) {
    switch (kind) {
      case "long":
        return call(id, { text: "word ".repeat(5_000) });
      case "changed":
        return call(id, { to: email });
      case "refused":
        return call(id, { card });
      default:
        return call(id, {});
    }
  }
});

test("a text in base64 is protected inside, and stays base64", async (t) => {
  const { client, server } = await mcpSession(t);
  const blob = Buffer.from(`To: ${email}\nHello`).toString("base64");
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
    "base64",
  );
  server.send({
    jsonrpc: "2.0",
    id: 1,
    result: {
      contents: [{ uri: "file:///a", mimeType: "text/plain", blob }],
      content: [
        { type: "resource", resource: { uri: "file:///b", blob } },
        { type: "image", data: png.toString("base64"), mimeType: "image/png" },
      ],
      next: email,
    },
  });
  const { result } = await client.next();
  const read = (text: string) => Buffer.from(text, "base64").toString();
  assert.equal(read(result.contents[0].blob), "To: [REDACTED:email]\nHello");
  assert.equal(read(result.content[0].resource.blob), "To: [REDACTED:email]\nHello");
  assert.equal(result.content[1].data, png.toString("base64"));
  assert.equal(result.next, "[REDACTED:email]");
});

test("a tool keeps its name and its schema, and loses what its description gives away", async (t) => {
  const { client, server } = await mcpSession(t);
  const tool = {
    name: "send_email",
    title: "Send",
    description: `Write to ${email}`,
    inputSchema: {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
      properties: {
        email: { type: "string", format: "email", pattern: "^[^@]+@[^@]+$", examples: [String(email)] },
        password: { type: "string", description: "Password of the account", minLength: 8 },
        api_key: { $ref: "#/$defs/key" },
      },
      required: ["email", "password"],
      $defs: { key: { type: "string", pattern: "^sk-[A-Za-z0-9]{20,}$" } },
    },
  };
  server.send({ jsonrpc: "2.0", id: 1, result: { tools: [tool], nextCursor: "abc" } });
  const expected = structuredClone(tool);
  expected.description = "Write to [REDACTED:email]";
  expected.inputSchema.properties.email.examples = ["[REDACTED:email]"];
  assert.deepEqual((await client.next()).result, { tools: [expected], nextCursor: "abc" });
});

test("tokens of a request are put back into its answer, and into no other", async (t) => {
  const { client, server } = await mcpSession(t, {
    policy: { actions: { email: "tokenize" } },
    tokenVault: { detokenizeResponses: true },
  });
  client.send(call(1, { to: email }));
  const token = (await server.next()).params.arguments.to;
  assert.match(token, /^\[TOKEN:tok_email_/);
  client.send(call(2, {}));
  await server.next();
  const answer = (id: number) => ({
    jsonrpc: "2.0",
    id,
    result: { content: [{ type: "text", text: `sent to ${token}` }] },
  });
  server.send(answer(2));
  assert.equal((await client.next()).result.content[0].text, `sent to ${token}`);
  server.send(answer(1));
  assert.equal((await client.next()).result.content[0].text, `sent to ${email}`);
  server.send(answer(1));
  assert.equal((await client.next()).result.content[0].text, `sent to ${token}`);
});

test("in dry-run everything crosses, and is recorded", async (t) => {
  const { client, server, auditEntries } = await mcpSession(t, { mode: "dry-run" });
  client.send(call(email, { card }));
  assert.deepEqual(await server.next(), call(email, { card }));
  const [entry] = await auditEntries();
  assert.equal(entry!.blocked, false);
  assert.equal(entry!.summary.detectionCount, 2);
});

test("params or results are left alone where the configuration says so", async (t) => {
  const { client, server } = await mcpSession(t, { mcp: { protectResults: false, requireJsonRpc: false } });
  client.send({ id: 1, method: "tools/call", params: { a: email } });
  assert.equal((await server.next()).params.a, "[REDACTED:email]");
  server.send({ id: 1, result: { a: email } });
  assert.equal((await client.next()).result.a, email);
});

test("what cannot be recorded does not cross, and whoever waits is told", async (t) => {
  const audit = {
    record: () => Promise.reject(new Error("no disk")),
    ready: async () => ({ ok: false }),
    close: async () => {},
  };
  const { client, server, end } = await mcpSession(t, {}, { audit });
  client.send(call(1, {}));
  assert.deepEqual((await client.next()).error.data, { reason: "internal_error" });
  server.send({ jsonrpc: "2.0", id: 2, result: {} });
  const answer = await client.next();
  assert.deepEqual([answer.id, answer.error.code], [2, -32000]);
  client.send({ jsonrpc: "2.0", method: "notifications/initialized" });
  client.closeInput();
  assert.deepEqual(await server.rest(), []);
  await end();
});

test("nothing of a message is in the audit log", async (t) => {
  const { client, server, auditText } = await mcpSession(t);
  client.send(call("id", { to: email }));
  client.send({ jsonrpc: "2.0", id: email, method: `x/${email}` });
  client.send({ jsonrpc: "2.0", id: 7, method: `x/${email}` });
  client.sendText(`${email}\n`);
  await server.next();
  for (let count = 0; count < 3; count++) await client.next();
  assert.deepEqual(canariesIn(await auditText()), []);
});
