import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { cliFolder } from "../support/run-cli.ts";

test("status says of every route of the target how it is looked into, when it is asked", async (context) => {
  const { run } = await cliFolder(context);
  writeFileSync("haechi.config.json", '{"target":{"type":"ollama","upstream":"http://127.0.0.1:11434"}}');
  const { coverage } = JSON.parse((await run("status --coverage")).stdout);
  const chat = coverage.find(({ id }: { id: string }) => id === "chat");
  assert.equal(chat.path, "/api/chat");
  assert.deepEqual(chat.request.media, ["messages.*.images.*"]);
  assert.deepEqual(
    chat.streams[0].channels.map(({ place }: { place: string }) => place),
    ["message.content", "message.thinking"],
  );
  assert.ok(!("coverage" in JSON.parse((await run("status")).stdout)));
});

test("a person is shown a row for each route, with what is refused", async (context) => {
  const { run } = await cliFolder(context);
  writeFileSync("haechi.config.json", '{"target":{"type":"ollama","upstream":"http://127.0.0.1:11434"}}');
  const { stdout } = await run("status --coverage --no-color", { isTerminal: true });
  assert.match(stdout, /^chat +\/api\/chat +all else .* ndjson +2$/m);
  assert.match(stdout, /^administration +\/api\/pull +refused, administrative$/m);
  assert.doesNotMatch((await run("status --no-color", { isTerminal: true })).stdout, /api\/chat/);
});

test("of a server of MCP, status says what holds for its messages, and how each route is looked into", async (context) => {
  const { run } = await cliFolder(context);
  const config = { mode: "enforce", target: { type: "mcp", upstream: "http://127.0.0.1:3001" } };
  writeFileSync("haechi.config.json", JSON.stringify(config));
  const { coverage, protection, warnings } = JSON.parse((await run("status --coverage")).stdout);
  const messages = coverage.find(({ path }: { path: string }) => path === "/mcp");
  assert.ok(messages.request.json.includes("params.arguments.**"));
  assert.ok(messages.response.handle.includes("result.nextCursor"));
  assert.ok(protection.protects.includes("responses, before the client sees them"));
  assert.ok(!warnings.some((warning: string) => warning.startsWith("responseProtection")));
});
