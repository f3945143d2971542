import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import type { ClientHttp2Session, ServerHttp2Stream } from "node:http2";
import { it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { answering, askHttp2, CHAT, connectHttp2, serveHttp2 } from "../support/http2-client.ts";
import type { Answer } from "../support/recording-upstream.ts";

const ROUNDS = 10;
const HEAD = { ":path": CHAT, ":method": "POST", "content-type": "application/json" };
const HELD_BODY = '{"model":"held","messages":[]}';

it("nothing is kept of an exchange or a connection of HTTP/2 that is over, however it ended", async (test) => {
  let held = 0;
  const answeringMost: Answer = (response, request, index) => {
    if (request.everything.includes("held")) held++;
    else answering(response, request, index);
  };
  const streams: WeakRef<object>[] = [];
  const connections = new Set<WeakRef<object>>();
  const onStream = (message: unknown) => {
    const { stream } = message as { stream: ServerHttp2Stream };
    streams.push(new WeakRef(stream));
    if (stream.id === 1) connections.add(new WeakRef(stream.session!));
  };
  subscribe("http2.server.stream.start", onStream);
  test.after(() => unsubscribe("http2.server.stream.start", onStream));
  const { haechi, session } = await serveHttp2(test, answeringMost, { limits: { maxRequestBytes: 1000 } });

  const hold = async (connection: ClientHttp2Session) => {
    const before = held;
    const stream = connection.request(HEAD).on("error", () => {});
    stream.end(HELD_BODY);
    while (held === before) await setImmediate();
    return stream;
  };
  const sendHalf = async (connection: ClientHttp2Session) => {
    const before = streams.length;
    const stream = connection.request(HEAD).on("error", () => {});
    stream.write(HELD_BODY.slice(0, 10));
    while (streams.length === before) await setImmediate();
    return stream;
  };
  const askInEveryWay = async (connection: ClientHttp2Session) => {
    assert.equal((await askHttp2(connection)).status, 200);
    assert.equal((await askHttp2(connection, {}, "x".repeat(2000))).status, 413);
    for (const stream of [await hold(connection), await sendHalf(connection)]) {
      stream.close();
      await once(stream, "close");
    }
  };
  for (let round = 0; round < ROUNDS; round++) {
    await askInEveryWay(session);
    for (const end of ["close", "destroy"] as const) {
      const connection = connectHttp2({ after() {} }, haechi);
      await askInEveryWay(connection);
      if (end === "destroy") {
        await hold(connection);
        await sendHalf(connection);
      }
      const closed = new Promise((resolve) => connection.once("close", resolve));
      connection[end]();
      await closed;
    }
  }
  assert.equal(streams.length, ROUNDS * (3 * 4 + 2));
  assert.equal(connections.size, 2 * ROUNDS + 1);
  // One connection is still open.
  assert.deepEqual([await leftOf(streams, 0), await leftOf(connections, 1)], [0, 1]);
  assert.equal(session.destroyed, false);
});

/** How many of these are still held by somebody, once no more than expected are or many collections have passed. */
async function leftOf(references: Iterable<WeakRef<object>>, expected: number): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  let left = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 50 && left > expected; tries++) {
    for (let turns = 0; turns < 20; turns++) await setImmediate();
    collect();
    left = [...references].filter((reference) => reference.deref() !== undefined).length;
  }
  return left;
}
