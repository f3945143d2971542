import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { type TestContext, test } from "node:test";
import { CANARIES, canariesIn } from "../support/canaries.ts";
import { type Answer, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const { email, secret } = CANARIES;
const CARD = 4111111111111111;
const TYPES = { "content-type": "application/json", accept: "application/json, text/event-stream" };

const FORMS: Readonly<Record<string, (response: ServerResponse, messages: readonly object[]) => void>> = {
  "as a message": (response, messages) => json(response, messages.at(-1)),
  "as a batch": (response, messages) => json(response, messages),
  "as a stream": (response, messages) => {
    response.setHeader("content-type", "text/event-stream");
    response.end(messages.map((message) => `id: 1\ndata: ${JSON.stringify(message)}\n\n`).join(""));
  },
};

for (const [form, answer] of Object.entries(FORMS)) {
  test(`over HTTP a client has its own handles in what comes ${form}`, async (t) => {
    const { post, bodies } = await between(t, (response, { body }) => {
      const { id, params } = JSON.parse(body.toString());
      const { progressToken } = params._meta;
      answer(response, [
        { jsonrpc: "2.0", method: "notifications/progress", params: { progressToken, progress: 1 } },
        { jsonrpc: "2.0", id, result: { nextCursor: email } },
      ]);
    });
    for (const handle of [CARD, email]) {
      const said = await post({ id: handle, method: "tools/list", params: { _meta: { progressToken: handle } } });
      const messages = [...said.matchAll(/\{.*?\}\}/g)].map(([message]) => JSON.parse(message));
      assert.equal(messages.at(-1).id, handle);
      if (messages.length > 1) assert.equal(messages[0].params.progressToken, handle);
      assert.doesNotMatch(messages.at(-1).result.nextCursor, /@/);
    }
    assert.deepEqual(canariesIn(bodies().join()), []);
  });
}

test("over HTTP an error in the place of an answer has the id of the client", async (t) => {
  const answers: Answer[] = [
    (response) => json(response, { jsonrpc: "2.0", id: 5, method: "x", result: 1 }),
    (response) => response.setHeader("x-note", secret) && json(response, { jsonrpc: "2.0", id: 5, result: {} }),
    (response, { body }) => json(response, { jsonrpc: "2.0", id: JSON.parse(body.toString()).id, result: { secret } }),
    (response) => response.destroy(),
  ];
  const { post } = await between(t, (...exchange) => answers.shift()!(...exchange));
  for (const _ of [...answers]) {
    const { id, error } = JSON.parse(await post({ id: CARD, method: "ping" }));
    assert.equal(id, CARD, JSON.stringify(error));
    assert.notEqual(error, undefined);
  }
});

test("over HTTP a server without sessions gets its own handles back in later exchanges", async (t) => {
  const { post, bodies } = await between(t, (response, { body }) => {
    const { id } = JSON.parse(body.toString());
    json(response, { jsonrpc: "2.0", id, result: { nextCursor: `after ${email}` } });
  });
  const { nextCursor } = JSON.parse(await post({ id: 1, method: "tools/list" })).result;
  await post({ id: 1, method: "tools/list", params: { cursor: nextCursor } });
  assert.equal(JSON.parse(bodies()[1]!).params.cursor, `after ${email}`);
});

test("over HTTP a message on the stream that a client opens has the handles of its session", async (t) => {
  let progressToken: unknown;
  const { post, url } = await between(t, (response, { method, body }) => {
    if (method === "POST") {
      progressToken = JSON.parse(body.toString()).params._meta.progressToken;
      return void response.writeHead(202).end();
    }
    FORMS["as a stream"]!(response, [
      { jsonrpc: "2.0", method: "notifications/progress", params: { progressToken, progress: 1 } },
    ]);
  });
  const session = { "mcp-session-id": "11111111-2222-4333-8444-555555555555" };
  await post({ method: "notifications/initialized", params: { _meta: { progressToken: email } } }, session);
  const stream = await fetch(`${url}/mcp`, { headers: { accept: "text/event-stream", ...session } });
  assert.match(await stream.text(), new RegExp(`"progressToken":"${email}"`));
  assert.doesNotMatch(String(progressToken), /@/);
});

async function between(t: TestContext, answer: Answer) {
  const upstream = await recordingUpstream(t, answer);
  const { url } = await startHaechi(t, upstream.url, {
    target: { type: "mcp" },
    policy: { presets: ["strict-block"] },
    responseProtection: { enabled: true },
  });
  return {
    url,
    bodies: () => upstream.requests.map(({ body }) => body.toString()),
    async post(message: object, headers: Record<string, string> = {}) {
      const body = JSON.stringify({ jsonrpc: "2.0", ...message });
      return await (await fetch(`${url}/mcp`, { method: "POST", headers: { ...TYPES, ...headers }, body })).text();
    },
  };
}

function json(response: ServerResponse, value: unknown): void {
  response.setHeader("content-type", "application/json").end(JSON.stringify(value));
}
