import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { type ServerCommand, serverCommands, testServer } from "../support/mcp-command.ts";
import { canaryAt, placesIn } from "./canary-places.ts";

test("what stands anywhere in a message of either side does not reach the other", async (t) => {
  const { direct, wrapped, auditPath } = await serverCommands(t, testServer("canary-server", "told.jsonl"));
  const without = await exchange(direct);
  const told = join(direct.cwd, "told.jsonl");
  const planted = { client: placesIn(without.received), server: placesIn(await readFile(told, "utf8")) };
  assert.ok(planted.client.length >= 45, `${planted.client.length} places of the server`);
  assert.ok(planted.server.length >= 20, `${planted.server.length} places of the client`);

  const before = (await readFile(told)).length;
  const { received, stderr } = await exchange(wrapped);
  assert.deepEqual(placesIn(received), []);
  // Those in base64 are counted elsewhere.
  assert.ok(received.split("[REDACTED:email]").length - 1 >= planted.client.length - 3);
  assert.deepEqual(placesIn((await readFile(told)).subarray(before).toString()), []);
  assert.deepEqual(placesIn(stderr), []);
  assert.match(stderr, /listening for \[REDACTED:email\]/);
  assert.deepEqual(placesIn(await readFile(auditPath, "utf8")), []);
});

/** A session in which the client too tells a canary wherever it can; everything that it got. */
async function exchange(server: ServerCommand): Promise<{ received: string; stderr: string }> {
  const at = (place: string) => `see ${canaryAt(`client.${place}`)}.`;
  const received: string[] = [];
  let stderr = "";
  const client = new Client(
    { name: "canary-client", version: "1", title: at("title") },
    {
      capabilities: {
        sampling: {},
        elicitation: { form: {} },
        roots: {},
        experimental: { "example.com/x": { note: at("capability") } },
      },
    },
  );
  client.setRequestHandler(ListRootsRequestSchema, () => ({
    roots: [{ uri: `file:///home/${canaryAt("client.root.uri")}`, name: at("root.name") }],
  }));
  client.setRequestHandler(CreateMessageRequestSchema, () => ({
    model: "none",
    role: "assistant",
    content: { type: "text", text: at("sampling") },
    _meta: { note: at("sampling.meta") },
  }));
  client.setRequestHandler(ElicitRequestSchema, () => ({ action: "accept", content: { mail: at("elicitation") } }));
  client.setNotificationHandler(LoggingMessageNotificationSchema, () => {});
  client.setNotificationHandler(ResourceUpdatedNotificationSchema, () => {});
  const transport = new StdioClientTransport({ ...server, stderr: "pipe" });
  transport.stderr!.on("data", (chunk) => {
    stderr += chunk;
  });
  await client.connect(transport);
  const handle = transport.onmessage!;
  transport.onmessage = (message) => {
    received.push(JSON.stringify(message));
    handle(message);
  };
  received.push(JSON.stringify([client.getServerVersion(), client.getInstructions()]));
  const _meta = { "example.com/note": at("meta") };
  await client.listTools({ _meta });
  const args = {
    text: at("argument"),
    [at("argument.key")]: 1,
    nested: [{ deep: at("argument.deep") }],
    json: JSON.stringify({ inner: at("argument.json") }),
  };
  await client.callTool({ name: "every-content", arguments: args }, undefined, { onprogress: () => {} });
  await client.callTool({ name: "fails", arguments: {} }).catch(() => {});
  await client.listPrompts();
  await client.getPrompt({ name: "p", arguments: { a: at("prompt") } });
  await client.listResources();
  await client.listResourceTemplates();
  await client.readResource({ uri: `mail://example.com/${canaryAt("client.read.uri")}` });
  await client.subscribeResource({ uri: `mail://example.com/${canaryAt("client.subscribe.uri")}` }).catch(() => {});
  const ref = { type: "ref/resource", uri: `mail://example.com/${canaryAt("client.ref.uri")}` } as const;
  const context = { arguments: { before: at("complete.context") } };
  await client.complete({ ref, argument: { name: "a", value: at("complete.value") }, context });
  await client.notification({
    method: "notifications/cancelled",
    params: { requestId: 999, reason: at("cancel.reason") },
  });
  await client.notification({
    method: "notifications/progress",
    params: { progressToken: 1, progress: 1, message: at("progress") },
  });
  await client.ping();
  await client.close();
  return { received: received.join("\n"), stderr };
}
