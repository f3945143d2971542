import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { type TestContext, test } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { type Answer, type RecordedRequest, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const BLOCKING: ConfigInput = { policy: { actions: { us_ssn: "block" } } };
const BLOCKED = "my ssn is 536-90-4399";

test("a request that may not go on is answered with an error of the same id, and nothing is sent", async (t) => {
  const { post, requests } = await between(t, () => assert.fail("nothing is sent"), BLOCKING);
  for (const [id, message, code] of [
    ["a-1", { method: "tools/call", params: { name: "x", arguments: { a: BLOCKED } } }, -32001],
    [7, { method: "nobody/knows" }, -32003],
  ] as const) {
    const answer = await post({ jsonrpc: "2.0", id, ...message });
    assert.equal(answer.status, 200);
    const { jsonrpc, id: told, error } = await readJson(answer);
    assert.deepEqual([jsonrpc, told, error.code], ["2.0", id, code]);
  }
  assert.equal(requests.length, 0);
});

test("a request with a header that may not go on is answered with an error of the same id", async (t) => {
  const config: ConfigInput = { policy: { actions: { us_ssn: "block" } }, target: { forwardHeaders: ["x-note"] } };
  const { post } = await between(t, () => assert.fail("nothing is sent"), config);
  const answer = await post('{"jsonrpc":"2.0","id":12345678901234567890,"method":"ping"}', { "x-note": BLOCKED });
  assert.equal(answer.status, 200);
  assert.match(await answer.text(), /"id":12345678901234567890,"error":\{"code":-32001,/);
});

test("a notification that may not go on is refused by its status", async (t) => {
  const { post } = await between(t, () => assert.fail("nothing is sent"), BLOCKING);
  for (const [message, code] of [
    [{ method: "notifications/progress", params: { progressToken: 1, progress: 1, message: BLOCKED } }, -32001],
    [{ method: "nobody/knows" }, -32003],
  ] as const) {
    const answer = await post({ jsonrpc: "2.0", ...message });
    assert.equal(answer.status, 403);
    const { id, error } = await readJson(answer);
    assert.deepEqual([id, error.code], [null, code]);
  }
});

test("what is no message is refused with 400", async (t) => {
  const { post } = await between(t, () => assert.fail("nothing is sent"));
  for (const [body, code, id] of [
    ['{"jsonrpc":"2.0","id":3,"method":', -32000, 3],
    ['{"jsonrpc":"1.0","id":4,"method":"ping"}', -32002, 4],
    ['{"jsonrpc":"2.0","id":5,"method":"ping","Method":"tools/call"}', -32002, 5],
    ["[]", -32002, null],
  ] as const) {
    const answer = await post(body);
    assert.equal(answer.status, 400, body);
    const told = await readJson(answer);
    assert.deepEqual([told.error.code, told.id], [code, id], body);
  }
  const form = await post("a=b", { "content-type": "application/x-www-form-urlencoded" });
  assert.equal(form.status, 415);
  assert.equal((await readJson(form)).error.message, "haechi_request_type_unsupported");
});

for (const [name, answerRest, read] of [
  ["as JSON", (response: ServerResponse) => json(response, [RESULT_OF_2]), readJson],
  ["as one message", (response: ServerResponse) => json(response, RESULT_OF_2), readJson],
  [
    "as a stream",
    (response: ServerResponse) => events(response, `data: ${JSON.stringify(RESULT_OF_2)}\n\n`),
    readEvents,
  ],
] as const) {
  test(`of a batch only what may goes on, and the errors come with the other answers ${name}`, async (t) => {
    const { post, requests } = await between(t, answerRest, BLOCKING);
    const call = (id: number, a: string) => ({
      jsonrpc: "2.0",
      id,
      method: "tools/call",
      params: { name: "x", arguments: { a } },
    });
    const answer = await post([call(1, BLOCKED), call(2, "fine")]);
    assert.equal(answer.status, 200);
    assert.deepEqual(JSON.parse(requests[0]!.body.toString()), [call(2, "fine")]);
    const told: { id: number; error?: { code: number }; result?: unknown }[] = (await read(answer)).flat();
    assert.deepEqual(told.map(({ id, error }) => [id, error?.code]).sort(), [
      [1, -32001],
      [2, undefined],
    ]);
  });
}

test("errors of a batch are told where the server has nothing to say", async (t) => {
  const { post } = await between(t, (response) => response.writeHead(202).end(), BLOCKING);
  const refused = { jsonrpc: "2.0", id: 1, method: "nobody/knows" };
  const answer = await post([refused, { jsonrpc: "2.0", method: "notifications/initialized" }]);
  assert.equal(answer.status, 200);
  assert.deepEqual(
    (await readJson(answer)).map(({ id }: { id: number }) => id),
    [1],
  );
});

test("a server that fails is told of in an error with the id of the request", async (t) => {
  const { post } = await between(t, (response) => response.destroy());
  for (const id of ['"x"', "12345678901234567890"]) {
    const answer = await post(`{"jsonrpc":"2.0","id":${id},"method":"ping"}`);
    assert.equal(answer.status, 502);
    const told = await answer.text();
    assert.ok(told.includes(`"id":${id},`));
    const { error } = JSON.parse(told);
    assert.deepEqual([error.code, error.message], [-32000, "haechi_upstream_unreachable"]);
  }
});

test("an answer that cannot be read is replaced by an error for whoever waits", async (t) => {
  const { post } = await between(t, (response) =>
    response.setHeader("content-type", "application/json").end("not json"),
  );
  const answer = await post({ jsonrpc: "2.0", id: 9, method: "ping" });
  const { id, error } = await readJson(answer);
  assert.deepEqual([id, error.code, error.data.reason], [9, -32000, "response_unreadable"]);
});

test("an event that is too large ends the stream with an error for whoever waits", async (t) => {
  const { post } = await between(t, (response) => events(response, `data: ${"x".repeat(70_000)}`), {
    mcp: { maxMessageBytes: 65_536 },
  });
  const told = await readEvents(await post({ jsonrpc: "2.0", id: 9, method: "ping" }));
  assert.deepEqual([told[0].id, told[0].error.data.reason], [9, "event_too_long"]);
});

test("ids of events and the point to resume at are passed on, also those of events that may not cross", async (t) => {
  const stream = [
    "id: 1\nretry: 50\ndata: \n\n",
    `event: message\nid: 2\ndata: {"jsonrpc":"2.0","method":"notifications/message","params":{"data":"${BLOCKED}"}}\n\n`,
    ": of a.b@example.org\n\n",
    'event: message\nid: 3\ndata: {"jsonrpc":"2.0","method":"notifications/message","params":{"data":"a.b@example.org"}}\n\n',
  ].join("");
  const { url, requests } = await between(t, (response) => events(response, stream), BLOCKING);
  const headers = { accept: "text/event-stream", "mcp-session-id": "s-1", "last-event-id": "0" };
  const answer = await fetch(`${url}/mcp`, { headers });
  const text = await answer.text();
  assert.equal(
    text,
    [
      "id: 1\nretry: 50\ndata: \n\n",
      "event: message\nid: 2\ndata: \n\n",
      "\n",
      'event: message\nid: 3\ndata: {"jsonrpc":"2.0","method":"notifications/message","params":{"data":"[REDACTED:email]"}}\n\n',
    ].join(""),
  );
  const { rawHeaders } = requests[0]!;
  assert.equal(rawHeaders[rawHeaders.indexOf("last-event-id") + 1], "0");
  assert.equal(rawHeaders[rawHeaders.indexOf("mcp-session-id") + 1], "s-1");
});

test("a stream of the older transport leads its client back through the gateway", async (t) => {
  const answer: Answer = (response, { method }) =>
    method === "GET"
      ? events(response, "event: endpoint\ndata: /base/messages?sessionId=1\n\n")
      : response.writeHead(202).end();
  const { requests, url } = await between(t, answer, {}, "/base");
  const stream = await (await fetch(`${url}/sse`)).text();
  assert.equal(stream, "event: endpoint\ndata: /messages?sessionId=1\n\n");
  const body = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
  await fetch(`${url}/messages?sessionId=1`, { method: "POST", body, headers: { "content-type": "application/json" } });
  assert.deepEqual(
    requests.map(({ target }) => target),
    ["/base/sse", "/base/messages?sessionId=1"],
  );
});

test("a stream that leads its client elsewhere breaks", async (t) => {
  for (const elsewhere of ["https://example.com/messages", "/other/messages", "//example.com/base/messages"]) {
    const answer: Answer = (response) => events(response, `event: endpoint\ndata: ${elsewhere}\n\n`);
    const { url } = await between(t, answer, {}, "/base");
    await assert.rejects(fetch(`${url}/sse`).then((stream) => stream.text()));
  }
});

test("tokens are put back into the answer on the stream of the session that they were issued in, and no other", async (t) => {
  const streams = new Map<string, ServerResponse>();
  const answer: Answer = (response, { method, rawHeaders, body }) => {
    const session = rawHeaders[rawHeaders.indexOf("mcp-session-id") + 1]!;
    if (method === "GET") {
      streams.set(session, response);
      response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
      return;
    }
    const { id, params } = JSON.parse(body.toString());
    const result = { content: [{ type: "text", text: params.arguments.a }] };
    for (const stream of streams.values()) stream.end(`data: ${JSON.stringify({ jsonrpc: "2.0", id, result })}\n\n`);
    response.writeHead(202).end();
  };
  const { url, requests } = await between(t, answer, {
    policy: { actions: { email: "tokenize" } },
    tokenVault: { detokenizeResponses: true },
  });
  const open = (session: string) => fetch(`${url}/mcp`, { headers: { "mcp-session-id": session } });
  const own = await open("one");
  const other = await open("two");
  const body = JSON.stringify({
    jsonrpc: "2.0",
    id: 1,
    method: "tools/call",
    params: { name: "x", arguments: { a: "a.b@example.org" } },
  });
  await fetch(`${url}/mcp`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", "mcp-session-id": "one" },
  });
  assert.match(await own.text(), /"a\.b@example\.org"/);
  assert.match(await other.text(), /"\[TOKEN:/);
  assert.doesNotMatch(requests.at(-1)!.everything, /example\.org/);
});

for (const [transport, path, opening] of [
  ["Streamable HTTP", "/mcp", ""],
  ["the older transport", "/sse", "event: endpoint\ndata: /messages?sessionId=7\n\n"],
] as const) {
  test(`a server on ${transport} whose question may not cross is told so, and its client hears nothing of it`, async (t) => {
    const { promise: told, resolve } = Promise.withResolvers<RecordedRequest>();
    const question = { jsonrpc: "2.0", id: 5, method: "elicitation/create", params: { message: BLOCKED } };
    const answer: Answer = (response, request) => {
      if (request.method === "POST") {
        resolve(request);
        response.writeHead(202).end();
        return;
      }
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`${opening}data: ${JSON.stringify(question)}\n\n`);
      void told.then(() => response.end());
    };
    const { url } = await between(t, answer, BLOCKING);
    const headers = { "mcp-session-id": "s-1", authorization: "Bearer abc", "last-event-id": "4" };
    const stream = await (await fetch(url + path, { headers })).text();
    assert.doesNotMatch(stream, /elicitation|536/);
    const { target, rawHeaders, body } = await told;
    assert.equal(target, opening === "" ? "/mcp" : "/messages?sessionId=7");
    assert.deepEqual([JSON.parse(body.toString()).id, JSON.parse(body.toString()).error.code], [5, -32001]);
    assert.ok(rawHeaders.includes("s-1") && rawHeaders.includes("Bearer abc") && !rawHeaders.includes("4"));
  });
}

test("a login leads through the gateway, and the client's token to the server", async (t) => {
  const answer: Answer = (response, { target, rawHeaders }) => {
    const origin = `http://${rawHeaders[rawHeaders.findIndex((name) => name.toLowerCase() === "host") + 1]}`;
    if (target.startsWith("/.well-known/")) {
      json(response, { resource: `${origin}/mcp`, authorization_servers: ["https://login.example.com"] });
    } else if (rawHeaders.includes("authorization")) {
      json(response, { jsonrpc: "2.0", id: 1, result: {} });
    } else {
      const metadata = `${origin}/.well-known/oauth-protected-resource/mcp`;
      response
        .writeHead(401, { "www-authenticate": `Bearer error="invalid_token", resource_metadata="${metadata}"` })
        .end();
    }
  };
  const { url, post } = await between(t, answer);
  const ping = { jsonrpc: "2.0", id: 1, method: "ping" };
  const refused = await post(ping);
  assert.equal(refused.status, 401);
  const at = `${url}/.well-known/oauth-protected-resource/mcp`;
  assert.equal(refused.headers.get("www-authenticate"), `Bearer error="invalid_token", resource_metadata="${at}"`);
  const metadata = await (await fetch(at)).json();
  assert.deepEqual(metadata, { resource: `${url}/mcp`, authorization_servers: ["https://login.example.com"] });
  assert.equal((await post(ping, { authorization: "Bearer abc" })).status, 200);
});

test("a web page of another origin is answered with an error of JSON-RPC", async (t) => {
  const { post } = await between(t, () => assert.fail("nothing is sent"));
  const answer = await post({ jsonrpc: "2.0", id: 1, method: "ping" }, { origin: "https://evil.example" });
  assert.equal(answer.status, 403);
  assert.equal((await readJson(answer)).error.message, "haechi_origin_not_allowed");
});

test("a stream that says nothing for longer than an answer may take stays open", async (t) => {
  const { url } = await between(
    t,
    (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
      setTimeout(() => response.end(": still here\n\n"), 1500);
    },
    { limits: { upstreamTimeoutMs: 1000 }, target: { timeouts: { totalMs: 1000 } } },
  );
  assert.equal(await (await fetch(`${url}/mcp`)).text(), ": still here\n\n");
});

test("a header that repeats what the message does not say is not sent in disguise", async (t) => {
  const { post, requests } = await between(t, (response) => json(response, { jsonrpc: "2.0", id: 1, result: {} }));
  const hidden = `=?base64?${Buffer.from("a.b@example.org").toString("base64")}?=`;
  const answer = await post({ jsonrpc: "2.0", id: 1, method: "ping" }, { "mcp-param-who": hidden });
  assert.equal(answer.status, 400);
  assert.equal(requests.length, 0);
});

const RESULT_OF_2 = { jsonrpc: "2.0", id: 2, result: {} };

function json(response: ServerResponse, body: unknown): void {
  response.setHeader("content-type", "application/json").end(JSON.stringify(body));
}

function events(response: ServerResponse, text: string): void {
  response.setHeader("content-type", "text/event-stream").end(text);
}

type Json = ReturnType<typeof JSON.parse>;

async function readJson(answer: Response): Promise<Json> {
  return JSON.parse(await answer.text());
}

async function readEvents(answer: Response): Promise<Json[]> {
  return [...(await answer.text()).matchAll(/^data: (.+)$/gm)].map(([, data]) => JSON.parse(data!));
}

/** A gateway in front of a server that answers as it is told. */
async function between(t: Pick<TestContext, "after">, answer: Answer, config: ConfigInput = {}, base = "") {
  const upstream = await recordingUpstream(t, answer);
  const target = { ...config.target, type: "mcp" } as const;
  const { url } = await startHaechi(t, upstream.url + base, { ...config, target });
  return {
    url,
    requests: upstream.requests,
    post: (message: unknown, headers: Record<string, string> = {}) =>
      fetch(`${url}/mcp`, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
        body: typeof message === "string" ? message : JSON.stringify(message),
      }),
  };
}
