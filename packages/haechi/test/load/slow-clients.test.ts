import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { setTimeout as startTimer } from "node:timers";
import { setTimeout } from "node:timers/promises";
import { startHaechiProcess } from "../support/haechi-process.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { stateIn } from "../support/state-in.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { chatLoad, quantile } from "./chat-load.ts";

const LONG = process.env.HAECHI_SLOW_CLIENTS !== undefined;
const SLOW = Number(process.env.HAECHI_SLOW_CLIENTS ?? 60);
const HONEST = LONG ? 4_000 : 100;
const CLOSED_WITHIN_MS = 35_000;
/** They come as those of slowhttptest do, 200 a second. */
const BATCH = 20;
const BATCH_EVERY_MS = 100;

const HEAD = "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
const LARGE = "a large answer";
const LARGE_ANSWER = Buffer.alloc(8 * 1024 * 1024, "x");
const question = JSON.stringify({ model: "m", messages: [{ role: "user", content: LARGE }] });

describe(`${SLOW} clients that take their time, with the guards against overload on`, () => {
  it("with a head keep nobody else from being served", (test) =>
    besideSlowClients(test, { begin: `${HEAD}x-slow: `, trickle: "x", reads: true }));

  it("with a body keep nobody else from being served", (test) =>
    besideSlowClients(test, { begin: `${HEAD}content-length: 1000000\r\n\r\n{"model": "`, trickle: "x", reads: true }));

  it("with reading keep nobody else from being served", (test) =>
    // Empty lines between requests mean nothing (RFC 9112 §2.2); who sends none does not see that the connection is closed.
    besideSlowClients(test, {
      begin: `${HEAD}content-length: ${question.length}\r\n\r\n${question}`,
      trickle: "\r\n",
      reads: false,
    }));
});

interface Slow {
  /** Sent at once. */
  readonly begin: string;
  /** Sent every second. */
  readonly trickle: string;
  readonly reads: boolean;
}

interface SlowClient {
  readonly socket: Socket;
  readonly openedAt: number;
}

async function besideSlowClients(test: TestContext, { begin, trickle, reads }: Slow): Promise<void> {
  const folder = await tempFolder(test);
  const upstream = await recordingUpstream(test, (response, { everything }) => {
    if (everything.includes(LARGE)) response.end(LARGE_ANSWER);
    else answerJson(response, chatCompletion("ok"));
  });
  const gateway = await startHaechiProcess(test, folder, {
    mode: "enforce",
    target: { upstream: upstream.url, pool: { connections: 2 * SLOW } },
    limits: { maxLoopDelayMs: 5000, maxInFlight: 2 * SLOW },
    ...stateIn(folder),
  });
  const port = Number(new URL(gateway.url).port);
  const slow: SlowClient[] = [];
  while (slow.length < SLOW) {
    const some = Array.from({ length: BATCH }, () => openSlow(test, port, begin, reads));
    slow.push(...(await Promise.all([...some, setTimeout(BATCH_EVERY_MS)])).filter((socket) => socket !== undefined));
  }
  const closedAfterMs: number[] = [];
  const closed = Promise.all(
    slow.map(async ({ socket, openedAt }) => {
      if (!socket.destroyed) await new Promise((resolve) => socket.once("close", resolve));
      closedAfterMs.push(performance.now() - openedAt);
    }),
  );
  const trickling = setInterval(() => {
    for (const { socket } of slow) if (socket.writable) socket.write(trickle);
  }, 1000);
  test.after(() => clearInterval(trickling));

  const { statuses, broken, latenciesMs } = await chatLoad(gateway.url, { connections: 8, requests: HONEST });
  assert.deepEqual({ statuses, broken }, { statuses: { 200: HONEST }, broken: 0 });
  if (!LONG) return;
  const patience = startTimer(() => {
    for (const { socket } of slow) socket.destroy();
  }, 2 * CLOSED_WITHIN_MS);
  await closed;
  clearTimeout(patience);
  test.diagnostic(
    `honest: p50 ${quantile(latenciesMs, 0.5).toFixed(0)} ms, p99 ${quantile(latenciesMs, 0.99).toFixed(0)} ms; ` +
      `slow ones closed after ${(Math.min(...closedAfterMs) / 1000).toFixed(1)} to ${(Math.max(...closedAfterMs) / 1000).toFixed(1)} s`,
  );
  assert.ok(Math.max(...closedAfterMs) <= CLOSED_WITHIN_MS);
}

async function openSlow(test: TestContext, port: number, begin: string, reads: boolean): Promise<SlowClient> {
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  test.after(() => socket.destroy());
  await once(socket, "connect");
  socket.write(begin);
  if (reads) socket.resume();
  return { socket, openedAt: performance.now() };
}
