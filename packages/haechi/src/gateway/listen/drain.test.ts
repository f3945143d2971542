import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { it } from "node:test";

it("ends although nothing is under way but an exchange whose body nobody reads", async (test) => {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", PROGRAM], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  test.after(() => child.kill());
  const [port] = (await once(child, "message")) as [number];
  const client = connect(port, "127.0.0.1");
  client.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n${"a".repeat(999_999)}`);
  const reset = once(client, "close").catch(({ code }) => code);
  // 13 is what Node ends with when nothing is left to wait for, and somebody waits all the same.
  assert.deepEqual(await exited, [0, null]);
  assert.equal(await reset, "ECONNRESET");
});

/** Drains a server once it has stopped reading from its client: such a socket keeps no process alive. */
const PROGRAM = `
import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { createServer } from ${JSON.stringify(new URL("./server.ts", import.meta.url))};
import { drain } from ${JSON.stringify(new URL("./drain.ts", import.meta.url))};
const asked = Promise.withResolvers();
const limits = { tls: null, http2: false, isProxySender: null, headersTimeoutMs: null, requestTimeoutMs: null };
const listener = createServer({ ...limits, onExchange: asked.resolve, onRefused: async () => "" });
listener.server.listen(0, "127.0.0.1");
await once(listener.server, "listening");
process.send(listener.server.address().port);
const request = await asked.promise;
while (request.readableLength < request.readableHighWaterMark) await setImmediate();
process.disconnect();
await drain(listener, 500);
`;
