import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { type ServerCommand, serverCommands, testServer } from "../support/mcp-command.ts";
import { canaryAt, placesIn } from "./canary-places.ts";

test("the SDK of revision 2026-07-28 works through Haechi, questions that come in results included", async (t) => {
  const { direct, wrapped } = await serverCommands(t, testServer("modern-server", "told.jsonl"));
  const told = join(direct.cwd, "told.jsonl");
  const without = await exchange(direct);
  assert.equal(without.version, "2026-07-28");
  assert.deepEqual(without.places, [
    "server.description",
    "server.elicitation",
    "server.elicitation.title",
    "server.instructions",
    "server.structured",
    "server.text",
  ]);
  const planted = ["client.argument", "client.elicitation", "client.meta"];
  assert.deepEqual(placesIn(await readFile(told, "utf8")), planted);

  const before = (await readFile(told)).length;
  const through = await exchange(wrapped);
  assert.equal(through.version, without.version);
  assert.equal(through.answer, "round 1");
  assert.deepEqual(through.places, []);
  assert.deepEqual(placesIn((await readFile(told)).subarray(before).toString()), []);
});

async function exchange(
  server: ServerCommand,
): Promise<{ version: string | undefined; answer: string; places: string[] }> {
  const at = (place: string) => `see ${canaryAt(`client.${place}`)}.`;
  const seen: unknown[] = [];
  const client = new Client(
    { name: "modern", version: "2" },
    { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode: { pin: "2026-07-28" } } },
  );
  client.setRequestHandler("elicitation/create", ({ params }) => {
    seen.push(params);
    return { action: "accept", content: { mail: at("elicitation") } };
  });
  await client.connect(new StdioClientTransport({ ...server, stderr: "ignore" }));
  seen.push(client.getInstructions(), await client.listTools());
  const _meta = { "example.com/note": at("meta") };
  seen.push(await client.callTool({ name: "plain", arguments: { a: at("argument") }, _meta }));
  const answered = await client.callTool({ name: "asks", arguments: {} });
  const [content] = answered.content;
  const version = client.getNegotiatedProtocolVersion();
  await client.close();
  return { version, answer: content?.type === "text" ? content.text : "", places: placesIn(JSON.stringify(seen)) };
}
