import assert from "node:assert/strict";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { setImmediate } from "node:timers/promises";
import OpenAI from "openai";
import type { ConfigInput } from "../../src/config/schema.ts";
import { startHaechiProcess } from "../support/haechi-process.ts";
import { askHttp2, connectHttp2 } from "../support/http2-client.ts";
import { chatStreamEvents } from "../support/recording-upstream.ts";
import { auditPathIn, stateIn } from "../support/state-in.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { tlsFiles } from "../support/tls-files.ts";
import { recordedExchanges } from "./recorded-exchanges.ts";
import { residentMegabytes } from "./resident-memory.ts";

const STREAMS = Number(process.env.HAECHI_STREAMS ?? 100);
const ROUNDS = 3;
const PIECES = Array.from({ length: 60 }, (_, at) => `word${at} of a longer answer, `);

/** Asks for a stream and resolves with the text in it; asks for the metrics of the gateway. */
interface Clients {
  read(question: string): Promise<string>;
  metrics(): Promise<string>;
}

describe(`${STREAMS} streams at a time come whole, and a later round takes no more memory,`, () => {
  it("to the SDK", (test) => manyStreams(test, null, sdk));

  it("over HTTP/2, as many on a connection as it may have", async (test) => {
    const { tls, ca } = tlsFiles(await tempFolder(test));
    await manyStreams(test, tls, (url) => http2Clients(test, url, ca));
  });
});

async function manyStreams(
  test: TestContext,
  tls: NonNullable<ConfigInput["proxy"]>["tls"],
  connect: (url: string) => Clients,
): Promise<void> {
  const folder = await tempFolder(test);
  const upstream = await streamingUpstream(test);
  const audit = auditPathIn(folder);
  const gateway = await startHaechiProcess(test, folder, {
    mode: "enforce",
    proxy: { tls },
    target: { upstream: upstream.url, pool: { connections: STREAMS } },
    streaming: { requestMode: "inspect" },
    ...stateIn(folder),
  });
  const { read, metrics } = connect(gateway.url);
  const megabytes = { atStart: residentMegabytes(gateway.pid), open: [] as number[], after: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    const texts = Promise.all(Array.from({ length: STREAMS }, (_, number) => read(`question ${number}`)));
    // All of them are open before any of them goes on.
    const responses = await Promise.race([upstream.all(), texts.then(() => assert.fail("a stream ended too early"))]);
    await upstream.write(responses);
    megabytes.open.push(residentMegabytes(gateway.pid));
    assert.deepEqual(new Set(await texts), new Set([PIECES.join("")]));
    megabytes.after.push(residentMegabytes(gateway.pid));
  }
  // The SDK leaves at the last event, and the gateway ends those exchanges a moment later.
  while (!/^haechi_in_flight 0$/m.test(await metrics())) await setImmediate();
  assert.equal(await gateway.end(), 0);
  const total = ROUNDS * STREAMS;
  const { requests, decisions } = await recordedExchanges(audit);
  // The SDK leaves when it has read the last event, which may be before the upstream ends the stream.
  const streams = (decisions.stream_inspected ?? 0) + (decisions.stream_failed ?? 0);
  assert.deepEqual({ requests, streams }, { requests: total, streams: total });
  test.diagnostic(
    `MB resident: ${JSON.stringify(megabytes, (_, value) => (typeof value === "number" ? Math.round(value) : value))}`,
  );
  const [first, last] = [megabytes.after[0]!, megabytes.after.at(-1)!];
  assert.ok(!(last >= first * 1.5), `${first} MB after the first round, ${last} MB after the last`);
}

function sdk(url: string): Clients {
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: "none", maxRetries: 0 });
  return {
    async read(content) {
      const messages = [{ role: "user" as const, content }];
      const stream = await client.chat.completions.create({ model: "m", stream: true, messages });
      let text = "";
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
      return text;
    },
    metrics: async () => (await fetch(`${url}/__haechi/metrics`)).text(),
  };
}

function http2Clients(test: TestContext, url: string, ca: string): Clients {
  const sessions = Array.from({ length: Math.ceil(STREAMS / 100) }, () => connectHttp2(test, { url, ca }));
  let asked = 0;
  return {
    async read(content) {
      const session = sessions[asked++ % sessions.length]!;
      const body = JSON.stringify({ model: "m", stream: true, messages: [{ role: "user", content }] });
      const { whole, text } = await askHttp2(session, {}, body);
      assert.ok(whole);
      const events = text.match(/^data: \{.*$/gm) ?? [];
      return events.map((event) => JSON.parse(event.slice(6)).choices[0]?.delta.content ?? "").join("");
    },
    metrics: async () => (await askHttp2(sessions[0]!, { ":path": "/__haechi/metrics" }, null)).text,
  };
}

/** Holds every stream at its half until all are there. */
async function streamingUpstream(test: TestContext) {
  let waiting: ServerResponse[] = [];
  let all = Promise.withResolvers<ServerResponse[]>();
  const events = chatStreamEvents(PIECES).split(/(?<=\n\n)/);
  const half = events.length >> 1;
  const server = createServer((request, response) => {
    request.resume().once("end", () => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(events.slice(0, half).join(""));
      if (waiting.push(response) === STREAMS) all.resolve(waiting);
    });
  });
  await new Promise<void>((resolve) => server.listen({ port: 0, host: "127.0.0.1", backlog: STREAMS }, resolve));
  test.after(() => server.close());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async all() {
      const responses = await all.promise;
      waiting = [];
      all = Promise.withResolvers();
      return responses;
    },
    /** The other half, piece by piece in all of them. */
    async write(responses: readonly ServerResponse[]) {
      for (const event of events.slice(half)) {
        for (const response of responses) response.write(event);
        await setImmediate();
      }
      for (const response of responses) response.end();
    },
  };
}
