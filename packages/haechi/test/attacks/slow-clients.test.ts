import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { setImmediate } from "node:timers/promises";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { answersIn } from "./raw-socket.ts";

const HEAD = "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
const MANY = 40;

describe("clients that take their time", () => {
  it("with a head are answered 408 and recorded once each, and keep nobody else waiting", async (test) => {
    const { haechi, tick, honest } = await gatewayWithClock(test);
    const slow = await opened(test, haechi.gateway.port, HEAD);
    await closedBy(slow, tick, honest);
    for (const { received } of slow) {
      const [answer, ...more] = answersIn(Buffer.concat(received));
      assert.equal(answer!.status, 408);
      assert.equal(JSON.parse(answer!.body).error, "haechi_request_timeout");
      assert.equal(more.length, 0);
    }
    const reasons = (await haechi.auditEntries()).flatMap((entry) => ("decision" in entry ? [entry.reason] : []));
    assert.deepEqual(reasons, Array(MANY).fill("head_too_slow"));
  });

  it("with a body are answered 408 and recorded once each, and keep nobody else waiting", async (test) => {
    const { haechi, tick, honest } = await gatewayWithClock(test);
    const slow = await opened(test, haechi.gateway.port, `${HEAD}content-length: 100000\r\n\r\n{`);
    await closedBy(slow, tick, honest);
    for (const { received } of slow) {
      const [answer, ...more] = answersIn(Buffer.concat(received));
      assert.deepEqual([answer!.status, JSON.parse(answer!.body).error], [408, "haechi_request_timeout"]);
      assert.equal(more.length, 0);
    }
    const reasons = (await haechi.auditEntries()).flatMap((entry) => ("decision" in entry ? [entry.reason] : []));
    assert.deepEqual(reasons, Array(MANY).fill("request_too_slow"));
  });

  it("with everything are let go: they have asked for nothing, and nothing is recorded of them", async (test) => {
    const { haechi, tick, honest } = await gatewayWithClock(test);
    const idle = await opened(test, haechi.gateway.port, "");
    await closedBy(idle, tick, honest);
    for (const { received } of idle) assert.equal(received.length, 0);
    assert.ok((await haechi.auditEntries()).every((entry) => !("decision" in entry)));
  });
});

/** A gateway whose own watches run when the test says so, and for which every client is slow at the second look. */
async function gatewayWithClock(test: TestContext) {
  test.mock.timers.enable({ apis: ["setInterval"] });
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
  const haechi = await startHaechi(test, upstream.url, { limits: { headersTimeoutMs: 1, maxInFlight: 1 } });
  return {
    haechi,
    tick: () => test.mock.timers.tick(10_000),
    /** A client that does as it should, on a connection of its own. */
    honest: async () => {
      const body = '{"model":"m","messages":[]}';
      const headers = { "content-type": "application/json", connection: "close" };
      const reply = await fetch(`${haechi.url}/v1/chat/completions`, { method: "POST", headers, body });
      await reply.arrayBuffer();
      return reply.status;
    },
  };
}

interface Client {
  readonly socket: Socket;
  readonly received: Buffer[];
}

async function opened(test: TestContext, port: number, sends: string): Promise<readonly Client[]> {
  return Promise.all(
    Array.from({ length: MANY }, async () => {
      const socket = connect(port, "127.0.0.1");
      test.after(() => socket.destroy());
      const received: Buffer[] = [];
      socket.on("data", (piece: Buffer) => received.push(piece)).on("error", () => {});
      await once(socket, "connect");
      socket.write(sends);
      return { socket, received };
    }),
  );
}

async function closedBy(clients: readonly Client[], tick: () => void, honest: () => Promise<number>): Promise<void> {
  assert.equal(await honest(), 200);
  while (clients.some(({ socket }) => !socket.destroyed)) {
    tick();
    await setImmediate();
  }
  assert.equal(await honest(), 200);
}
