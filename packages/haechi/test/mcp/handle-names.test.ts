import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { createHandleNames } from "../../src/mcp/handle-names.ts";
import { CANARIES, canariesIn } from "../support/canaries.ts";
import { mcpSession } from "../support/mcp-session.ts";
import { numbersOf } from "../support/seeded-numbers.ts";

const { email, card, secret } = CANARIES;
const CARD = Number(card.replaceAll(" ", ""));

/** 100,000 in `npm run test:long`. */
const IDS = Number(process.env.HAECHI_MCP_IDS ?? 3_000);

test("no request is refused for the id that chance has given it, and no card crosses in one", async (t) => {
  const { client, server } = await mcpSession(t, { policy: { presets: ["strict-block"] } });
  const numbers = numbersOf(20_261_122);
  let namedCount = 0;
  for (let at = 0; at < IDS; at += BATCH) {
    const ids = Array.from(
      { length: BATCH },
      () => numbers.from(0, 2 ** 22 - 1) * 2 ** 31 + numbers.from(0, 2 ** 31 - 1),
    );
    client.sendText(ids.map((id) => `{"jsonrpc":"2.0","id":${id},"method":"ping"}\n`).join(""));
    const seen: number[] = [];
    for (const _ of ids) seen.push((await server.next()).id);
    server.sendText(seen.map((id) => `{"jsonrpc":"2.0","id":${id},"result":{"n":1}}\n`).join(""));
    for (const id of ids) assert.deepEqual(await client.next(), { jsonrpc: "2.0", id, result: { n: 1 } });
    const crossed = seen.filter((id, index) => id === ids[index]);
    assert.deepEqual(crossed.filter(isCardNumber), []);
    namedCount += seen.length - crossed.length;
  }
  assert.ok(namedCount > IDS / 50, `${namedCount} of ${IDS}`);
});

const BATCH = 500;

/** Of 13 to 19 digits, with a prefix of the large brands, and right in its check digit. */
function isCardNumber(value: number): boolean {
  const digits = String(value);
  if (!/^(?:4\d{12}(?:\d{3})?|5[1-5]\d{14}|3[47]\d{13})$/.test(digits)) return false;
  const sum = [...digits]
    .reverse()
    .map((digit, index) =>
      index % 2 === 0 ? Number(digit) : Math.floor(Number(digit) / 5) + ((2 * Number(digit)) % 10),
    )
    .reduce((a, b) => a + b);
  return sum % 10 === 0;
}

test("what a client makes up goes to the server under another name, and is what it was for the client", async (t) => {
  for (const handle of [CARD, email, `${secret} "\u2028`, -CARD]) {
    const { client, server, auditEntries, auditText } = await mcpSession(t);
    const params = { name: "slow", _meta: { progressToken: handle } };
    client.send({ jsonrpc: "2.0", id: handle, method: "tools/call", params });
    const call = await server.nextText();
    const { id, params: got } = JSON.parse(call);
    assert.deepEqual(canariesIn(call), []);
    assert.equal(typeof id, typeof handle);
    server.send({ jsonrpc: "2.0", method: "notifications/progress", params: { progressToken: id, progress: 1 } });
    assert.equal((await client.next()).params.progressToken, handle);
    client.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: handle } });
    assert.deepEqual([(await server.next()).params.requestId, got._meta.progressToken], [id, id]);
    server.send({ jsonrpc: "2.0", id, error: { code: 1, message: "gone" } });
    assert.deepEqual(await client.next(), { jsonrpc: "2.0", id: handle, error: { code: 1, message: "gone" } });
    const named = (await auditEntries()).flatMap((entry) =>
      "decision" in entry && entry.decision === "handles_named" ? [[entry.operation, entry.count]] : [],
    );
    assert.deepEqual(named, [["tools/call", 1]]);
    assert.deepEqual(canariesIn(await auditText()), []);
  }
});

test("what a server makes up comes back to it as it was, and the client sees a name", async (t) => {
  const { client, server } = await mcpSession(t);
  const state = JSON.stringify({ user: email, page: 2 });
  client.send({ jsonrpc: "2.0", id: 1, method: "tools/list" });
  const { id } = await server.next();
  server.send({
    jsonrpc: "2.0",
    id,
    result: { nextCursor: email, requestState: state, task: { taskId: String(CARD) } },
  });
  const text = await client.nextText();
  assert.deepEqual(canariesIn(text), []);
  const { nextCursor, requestState, task } = JSON.parse(text).result;
  client.send({ jsonrpc: "2.0", id: 2, method: "tools/call", params: { name: "a", cursor: nextCursor, requestState } });
  const { params } = await server.next();
  assert.deepEqual([params.cursor, params.requestState], [email, state]);
  client.send({ jsonrpc: "2.0", id: 3, method: "tasks/get", params: task });
  assert.equal((await server.next()).params.taskId, String(CARD));
  server.send({ jsonrpc: "2.0", id: email, method: "sampling/createMessage", params: { messages: [] } });
  const asked = await client.next();
  assert.doesNotMatch(asked.id, /@/);
  client.send({ jsonrpc: "2.0", id: asked.id, result: { role: "assistant" } });
  assert.deepEqual(await server.next(), { jsonrpc: "2.0", id: email, result: { role: "assistant" } });
});

test("a refusal has the id that its reader knows, in a batch too", async (t) => {
  const { client, server } = await mcpSession(t, {
    mcp: { tools: { deny: ["wipe"] } },
    policy: { presets: ["strict-block"] },
  });
  const wipe = { jsonrpc: "2.0", id: CARD, method: "tools/call", params: { name: "wipe" } };
  client.send(wipe);
  assert.deepEqual(
    [await client.next()].map(({ id, error }) => [id, error.code]),
    [[CARD, -32004]],
  );
  client.send([wipe, { jsonrpc: "2.0", id: email, method: "ping" }]);
  const [ping, ...others] = await server.next();
  assert.deepEqual(others, []);
  assert.deepEqual(
    (await client.next()).map(({ id }: { id: unknown }) => id),
    [CARD],
  );
  // What the server says may not cross, so the client gets an error for its own id.
  server.send([{ jsonrpc: "2.0", id: ping.id, result: { text: secret } }]);
  const [{ id, error }] = await client.next();
  assert.deepEqual([id, error.code], [email, -32001]);
});

test("an id that looks like a name of ours is kept apart from the handle with that name", async (t) => {
  const { client, server } = await mcpSession(t);
  client.send({ jsonrpc: "2.0", id: CARD, method: "ping" });
  const { id: first } = await server.next();
  client.send({ jsonrpc: "2.0", id: first, method: "ping" });
  const { id: second } = await server.next();
  assert.notEqual(second, first);
  server.send({ jsonrpc: "2.0", id: second, result: {} });
  assert.equal((await client.next()).id, first);
  server.send({ jsonrpc: "2.0", id: first, result: {} });
  assert.equal((await client.next()).id, CARD);
  // A request of the server has its own ids, which may be the same.
  server.send({ jsonrpc: "2.0", id: first, method: "ping" });
  assert.equal((await client.next()).id, first);
});

test("nothing is renamed where nothing is enforced", async (t) => {
  const { client, server } = await mcpSession(t, { mode: "report-only" });
  client.send({ jsonrpc: "2.0", id: CARD, method: "ping" });
  assert.equal((await server.next()).id, CARD);
});

test("handles are kept up to a number of characters, and the one used longest ago is forgotten first", () => {
  const names = createHandleNames(100);
  const handles = Array.from({ length: 5 }, (_, index) => `"${String(index).repeat(28)}"`);
  const given = handles.slice(0, 3).map((handle) => names.give(handle, "client", randomUUID())!);
  assert.equal(names.nameOf(handles[0]!, "client"), given[0]);
  const fourth = names.give(handles[3]!, "client", randomUUID())!;
  assert.deepEqual(
    [...given, fourth].map((name) => names.handleOf(name, "client")),
    [handles[0], null, handles[2], handles[3]],
  );
  assert.equal(names.handleOf(fourth, "server"), null);
  assert.equal(names.give(`"${"x".repeat(10_000)}"`, "client", randomUUID()), null);
});
