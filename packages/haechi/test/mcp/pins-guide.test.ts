import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { parseConfig } from "../../src/config/parse.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";
import { pinsFor, serverKey } from "../../src/runtime/mcp-pins.ts";
import { mcpHttpServer } from "../support/mcp-http-server.ts";
import { cliFolder } from "../support/run-cli.ts";
import { OFFER, offeringServer } from "./offering-server.ts";

const guide = new URL("../../../../docs/guides/mcp-pins.md", import.meta.url);

test("the guide of pins does what it says", async (t) => {
  const text = await readFile(guide, "utf8");
  const blocks = (kind: string) =>
    [...text.matchAll(new RegExp(`\`\`\`${kind}\n(.*?)\`\`\``, "gs"))].map(([, one]) => one!);
  const [server] = blocks("js");
  const [config] = blocks("json");
  const [shown] = blocks("text");
  const [pin, again, http] = blocks("sh").map((block) => block.trim().split("\n"));
  const { path, run } = await cliFolder(t);
  const environment = { PATH: process.env.PATH ?? "" };
  const runs = async (lines: readonly string[], surroundings: Parameters<typeof run>[1]) => {
    const ended = [];
    for (const line of lines) ended.push(await run(line.replace(/^haechi /, ""), surroundings));
    return ended;
  };
  await writeFile("notes-server.mjs", server!);
  for (const { exitCode, stderr } of await runs(pin!, { environment })) assert.equal(exitCode, 0, stderr);

  const mine = parseConfig(JSON.parse(config!.replaceAll("/srv/haechi/", `${path}/`)));
  const pins = pinsFor(mine, serverKey("node", ["notes-server.mjs"]));
  assert.deepEqual([...pins!.lists.tools!.keys()], ["read", "list"]);
  assert.throws(() => pinsFor(mine, serverKey("node", ["other.mjs"])), /not pinned/);

  const [, before, after] = /Change `(.*)` in the server to `(.*)`\./.exec(text)!;
  await writeFile("notes-server.mjs", server!.replace(before!, after!));
  const [diff] = await runs(again!, { environment, isTerminal: true });
  assert.equal(diff!.exitCode, 6, diff!.stderr);
  // Colours and the widths of columns are for the eye.
  const plain = (output: string) =>
    stripped(output)
      .split("\n")
      .map((line) => line.trim().split(/ {2,}/))
      .filter(([first]) => first !== "");
  assert.deepEqual(plain(diff!.stdout), plain(shown!));

  const token = Buffer.from(systemRandom.bytes(12)).toString("hex");
  const remote = await mcpHttpServer(t, { connect: (one) => offeringServer(() => OFFER).connect(one) });
  const lines = http!.map((line) => line.replace("https://mcp.example.com", remote.url));
  for (const { exitCode, stderr } of await runs(lines, { environment: { NOTES_TOKEN: token } })) {
    assert.equal(exitCode, 0, stderr);
  }
  assert.ok(remote.told().includes(`Bearer ${token}`));
});

function stripped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those of a terminal.
  return text.replace(/\u001b\[[\d;]*m/g, "");
}
