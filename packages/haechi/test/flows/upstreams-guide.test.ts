import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "node:test";
import { startHaechiProcess } from "../support/haechi-process.ts";
import { readMarkdown } from "../support/markdown.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { runCliWords } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const guide = readFileSync(join(import.meta.dirname, "../../../../docs/guides/upstreams.md"), "utf8");

it("the example of the guide does what the guide says of it", async (test) => {
  const { blocks } = readMarkdown(guide);
  const example = blocks.find(({ title }) => title === "haechi.config.json");
  assert.ok(example !== undefined);
  const config = JSON.parse(example.code);
  const folder = await tempFolder(test);
  const asked: string[] = [];
  for (const upstream of config.target.upstreams) {
    const { url } = await recordingUpstream(test, (response, { method, target, everything }) => {
      assert.ok(everything.includes(`Bearer key-of-${upstream.name}`));
      assert.ok(!everything.includes("minji.kim"));
      if (method === "POST") asked.push(`${upstream.name} ${target}`);
      answerJson(response, chatCompletion("ok"));
    });
    // The ports of the example may be taken here.
    upstream.baseUrl = url + new URL(upstream.baseUrl).pathname;
    upstream.auth.keyFile = join(folder, upstream.auth.keyFile);
    await writeFile(upstream.auth.keyFile, `key-of-${upstream.name}\n`);
  }
  const { url } = await startHaechiProcess(test, folder, config);
  for (let round = 0; round < 6; round++) {
    const reply = await fetch(`${url}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model: "m", messages: [{ role: "user", content: "mail minji.kim@example.org" }] }),
    });
    assert.equal(reply.status, 200);
    await reply.text();
  }
  const one = "gpu-1 /v1/chat/completions";
  const two = "gpu-2 /v1/chat/completions";
  assert.deepEqual(asked, [one, two, one, one, two, one]);
  const ready = (await (await fetch(`${url}/__haechi/ready`)).json()) as { upstreams: unknown };
  assert.deepEqual(ready.upstreams, { "gpu-1": "available", "gpu-2": "available", spare: "available" });

  const path = join(folder, "haechi.config.json");
  const status = await runCliWords(["status", "--json", "--config", path]);
  const { target } = JSON.parse(status.stdout) as { target: { upstreams: readonly { name: string }[] } };
  assert.deepEqual(
    target.upstreams.map(({ name }) => name),
    ["gpu-1", "gpu-2", "spare"],
  );
  assert.ok(!status.stdout.includes("key-of-"));
  const inWords = await runCliWords(["status", "--config", path], { isTerminal: true });
  assert.match(inWords.stdout, /upstream gpu-1.*priority 0, weight 2, a key of the gateway's own/);
  const conflicting = await runCliWords(["status", "--config", path], {
    environment: { HAECHI_UPSTREAM: "http://127.0.0.1:1" },
  });
  assert.notEqual(conflicting.exitCode, 0);
  assert.match(
    conflicting.stderr + conflicting.stdout,
    /HAECHI_UPSTREAM: expected either upstream or upstreams, not both/,
  );
});
