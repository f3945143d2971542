import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { setImmediate } from "node:timers/promises";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import type { ClientResponse } from "../client-message.ts";
import { drain } from "../listen/drain.ts";
import { createServer } from "../listen/server.ts";
import { endClient, writeToClient } from "./client-writer.ts";

const BODY = randomBytes(4_000_000);
const LOOK_EVERY_MS = 10_000;
/** More than is under way at a time, so that something moves from look to look. */
const STEP_BYTES = 300_000;

const ways: Readonly<Record<string, (client: ClientResponse) => unknown>> = {
  "as a whole": (client) => endClient(client, BODY),
  "in a stream": (client) => writeToClient(client, [BODY])?.then(() => client.end()),
};

for (const [name, answer] of Object.entries(ways)) {
  describe(`a large answer ${name}`, () => {
    it("comes to its end however slowly the client reads, while it does", async (test) => {
      const { socket, look } = await ask(test, answer);
      const got: Buffer[] = [];
      let bytes = 0;
      for (let step = STEP_BYTES; bytes < BODY.length; step += STEP_BYTES) {
        while (bytes < Math.min(step, BODY.length)) {
          const piece = await read(socket);
          bytes += piece.length;
          got.push(piece);
        }
        look();
      }
      assert.ok(Buffer.concat(got).equals(BODY));
    });

    it("is given up when the client stops reading", async (test) => {
      const { socket, look, closed } = await ask(test, answer);
      let isClosed = false;
      void closed.then(() => (isClosed = true));
      for (let bytes = 0; bytes < STEP_BYTES; ) bytes += (await read(socket)).length;
      while (!isClosed) {
        look();
        await setImmediate();
      }
    });
  });
}

describe("an answer of usual size", () => {
  it("is handed over in one call, as it is", () => {
    const calls: unknown[] = [];
    const client = {
      end: (bytes: Uint8Array) => calls.push(["end", bytes]),
      write: (bytes: Uint8Array) => calls.push(["write", bytes]) > 0,
    } as unknown as ClientResponse;
    const bytes = BODY.subarray(0, 262_144);
    endClient(client, bytes);
    assert.equal(writeToClient(client, [bytes]), undefined);
    assert.deepEqual(calls, [
      ["end", bytes],
      ["write", bytes],
    ]);
  });
});

/** A client whose answer has begun, behind a socket of few bytes, and a look of the server at its clients. */
async function ask(test: TestContext, answer: (client: ClientResponse) => unknown) {
  const path = join(await tempFolder(test), "socket");
  const closed = Promise.withResolvers<void>();
  const listener = createServer({
    tls: null,
    http2: false,
    isProxySender: null,
    headersTimeoutMs: null,
    requestTimeoutMs: null,
    onRefused: async () => "",
    onExchange(_request, response) {
      response.once("close", () => closed.resolve());
      response.writeHead(200, ["content-length", String(BODY.length)]);
      void answer(response);
    },
  });
  listener.server.listen(path);
  await once(listener.server, "listening");
  test.after(() => drain(listener, 0));
  const socket = connect(path).on("error", () => {});
  test.after(() => socket.destroy());
  socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
  let head = "";
  while (!head.endsWith("\r\n\r\n")) head += String(await read(socket, 1));
  let now = 0;
  const look = () => {
    now += LOOK_EVERY_MS;
    listener.connections.closeStalled(now, LOOK_EVERY_MS, () => {});
  };
  return { socket, look, closed: closed.promise };
}

/** What has come next; asks for no more than is there. */
async function read(socket: Socket, bytes?: number): Promise<Buffer> {
  for (;;) {
    const piece: Buffer | null = socket.read(bytes);
    if (piece !== null) return piece;
    assert.ok(!socket.destroyed && !socket.readableEnded, "the connection was closed");
    await new Promise<void>((resolve) => {
      const done = () => {
        socket.off("readable", done).off("close", done);
        resolve();
      };
      socket.on("readable", done).on("close", done);
    });
  }
}
