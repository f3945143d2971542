import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { it, type TestContext } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { startHaechiProcess } from "../support/haechi-process.ts";
import { askHttp2, CHAT, connectHttp2 } from "../support/http2-client.ts";
import { answerJson, answerStream, chatCompletion, chatStreamEvents } from "../support/recording-upstream.ts";
import { auditPathIn, stateIn } from "../support/state-in.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { tlsFiles } from "../support/tls-files.ts";
import { recordedExchanges } from "./recorded-exchanges.ts";

const IN_FLIGHT = 200;
const PIECES = ["one ", "two ", "three"];

/** How clients ask, and how they learn that a gateway takes nothing new. */
interface Clients {
  /** Resolves with the text of a whole answer. */
  ask(body: string): Promise<string>;
  told(): Promise<void>;
}

it("a process that is asked to end answers the 200 that are in flight, documents and streams, and ends cleanly", (test) =>
  endsCleanly(test, null, overHttp1));

it("it answers the streams of HTTP/2 that are in flight as well", async (test) => {
  const { tls, ca } = tlsFiles(await tempFolder(test));
  await endsCleanly(test, tls, (url) => overHttp2(test, url, ca));
});

async function endsCleanly(
  test: TestContext,
  tls: NonNullable<ConfigInput["proxy"]>["tls"],
  connect: (url: string) => Clients,
): Promise<void> {
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
  const audit = auditPathIn(folder);
  const gateway = await startHaechiProcess(test, folder, {
    mode: "enforce",
    proxy: { tls },
    target: { upstream: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    streaming: { requestMode: "inspect" },
    responseProtection: { enabled: true },
    limits: { shutdownGraceMs: 60_000 },
    ...stateIn(folder),
  });
  const clients = connect(gateway.url);
  const answers = Array.from({ length: IN_FLIGHT }, (_, number) =>
    clients.ask(
      JSON.stringify({ model: "m", stream: number % 2 === 1, messages: [{ role: "user", content: `hi ${number}` }] }),
    ),
  );
  await all.promise;
  const told = clients.told();
  const ended = gateway.end();
  // Only then the answers are those of a gateway that drains.
  await told;
  for (const [at, response] of waiting.entries()) {
    if (at % 2 === 0) answerJson(response, chatCompletion(PIECES.join("")));
    else answerStream(response, chatStreamEvents(PIECES));
  }
  for (const text of await Promise.all(answers)) {
    assert.match(text, /one two three|one [\s\S]*two [\s\S]*three[\s\S]*data: \[DONE\]\n\n$/);
  }
  assert.equal(await ended, 0);
  const { requests, responses, decisions } = await recordedExchanges(audit);
  assert.equal(requests, IN_FLIGHT);
  assert.equal(responses + (decisions.stream_inspected ?? 0), IN_FLIGHT);
}

function overHttp1(url: string): Clients {
  return {
    async ask(body) {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${url}${CHAT}`, { method: "POST", headers, body });
      assert.deepEqual([answer.status, answer.headers.get("connection")], [200, "close"]);
      return await answer.text();
    },
    async told() {
      while (await fetch(`${url}/__haechi/live`).catch(() => null));
    },
  };
}

function overHttp2(test: TestContext, url: string, ca: string): Clients {
  const sessions = Array.from({ length: IN_FLIGHT / 100 }, () => connectHttp2(test, { url, ca }));
  let asked = 0;
  return {
    async ask(body) {
      const { status, whole, text } = await askHttp2(sessions[asked++ % sessions.length]!, {}, body);
      assert.deepEqual([status, whole], [200, true]);
      return text;
    },
    async told() {
      await Promise.all(sessions.map((session) => once(session, "goaway")));
    },
  };
}
