import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { type ServerCommand, serverCommands, testServer } from "../support/mcp-command.ts";
import { tellCanaries } from "./canary-client.ts";
import { placesIn } from "./canary-places.ts";

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

async function exchange(server: ServerCommand): Promise<{ received: string; stderr: string }> {
  let stderr = "";
  const transport = new StdioClientTransport({ ...server, stderr: "pipe" });
  transport.stderr!.on("data", (chunk) => {
    stderr += chunk;
  });
  return { received: await tellCanaries(transport), stderr };
}
