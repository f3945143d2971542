import assert from "node:assert/strict";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { it } from "node:test";
import { startHaechiProcess } from "../support/haechi-process.ts";
import { answerJson, answerStream, chatCompletion, chatStreamEvents } from "../support/recording-upstream.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { recordedExchanges } from "./recorded-exchanges.ts";

const IN_FLIGHT = 200;
const PIECES = ["one ", "two ", "three"];

it("a process that is asked to end answers the 200 that are in flight, documents and streams, and ends cleanly", async (test) => {
  const folder = await tempFolder(test);
  const waiting: ServerResponse[] = [];
  const all = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    request.resume().once("end", () => {
      if (waiting.push(response) === IN_FLIGHT) all.resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.after(() => server.close());
  const audit = join(folder, "audit.jsonl");
  const gateway = await startHaechiProcess(test, folder, {
    mode: "enforce",
    target: { upstream: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    streaming: { requestMode: "inspect" },
    responseProtection: { enabled: true },
    limits: { shutdownGraceMs: 60_000 },
    keys: { keyFile: join(folder, "keys.json") },
    audit: { path: audit },
    tokenVault: { path: join(folder, "vault.sqlite") },
  });
  const answers = Array.from({ length: IN_FLIGHT }, async (_, number) => {
    const body = { model: "m", stream: number % 2 === 1, messages: [{ role: "user", content: `hi ${number}` }] };
    const headers = { "content-type": "application/json" };
    const url = `${gateway.url}/v1/chat/completions`;
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: answer.status, connection: answer.headers.get("connection"), text: await answer.text() };
  });
  await all.promise;
  const ended = gateway.end();
  // Only then nothing new is accepted, and the answers are those of a gateway that drains.
  while (await fetch(`${gateway.url}/__haechi/live`).catch(() => null));
  for (const [at, response] of waiting.entries()) {
    if (at % 2 === 0) answerJson(response, chatCompletion(PIECES.join("")));
    else answerStream(response, chatStreamEvents(PIECES));
  }
  for (const { status, connection, text } of await Promise.all(answers)) {
    assert.deepEqual([status, connection], [200, "close"]);
    assert.match(text, /one two three|one [\s\S]*two [\s\S]*three[\s\S]*data: \[DONE\]\n\n$/);
  }
  assert.equal(await ended, 0);
  const { requests, responses, decisions } = await recordedExchanges(audit);
  assert.equal(requests, IN_FLIGHT);
  assert.equal(responses + (decisions.stream_inspected ?? 0), IN_FLIGHT);
});
