import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createNetServer } from "node:net";
import { describe, it, type TestContext } from "node:test";
import fc from "fast-check";
import { type HaechiErrorCode, isHaechiError } from "../../core/errors.ts";
import type { DurableReceipt } from "../../ports/audit-sink.ts";
import { type Upstream, type UpstreamRequest, wasNotSent } from "../../ports/upstream.ts";
import { createHttpUpstream, type HttpUpstreamOptions } from "./http-upstream.ts";

// The receipt is proof for the compiler only; no provider looks at it.
const receipt = { eventId: "e" } as unknown as DurableReceipt;
const get: UpstreamRequest = { method: "GET", path: "/", headers: [], body: null };

describe("http upstream", () => {
  it("sends method, target, headers and body exactly as given", async (t) => {
    const seen: { line: string; headers: string[]; body: string }[] = [];
    const upstream = await upstreamOf(t, async (request, response) => {
      const body = await text(request);
      seen.push({ line: `${request.method} ${request.url}`, headers: request.rawHeaders, body });
      response.end("ok");
    });
    const response = await upstream.send(
      {
        method: "POST",
        path: "/v1/a%2Fb?key=1&q=%20",
        headers: ["x-api-key", "k", "accept", "a", "accept", "b"],
        body: Buffer.from('{"a":1}'),
      },
      receipt,
      never(),
    );
    assert.equal(response.status, 200);
    assert.equal(String(await response.body.collect(100)), "ok");
    assert.equal(seen[0]?.line, "POST /v1/a%2Fb?key=1&q=%20");
    assert.equal(seen[0]?.body, '{"a":1}');
    const names = seen[0]?.headers.filter((_, at) => at % 2 === 0);
    assert.deepEqual(names, ["host", "connection", "x-api-key", "accept", "accept", "content-length"]);
  });

  it("keeps the base path of its origin", async (t) => {
    const targets: (string | undefined)[] = [];
    const origin = await serve(t, (request, response) => {
      targets.push(request.url);
      response.end();
    });
    for (const base of ["/api", "/api/", "/api//"]) {
      const upstream = open(t, { origin: new URL(base, origin) });
      await (await upstream.send({ ...get, path: "/v1/models" }, receipt, never())).body.collect(1);
    }
    assert.deepEqual(targets, ["/api/v1/models", "/api/v1/models", "/api/v1/models"]);
  });

  it("gives response headers as a flat lower-case list, repeated ones apart", async (t) => {
    const upstream = await upstreamOf(t, (_request, response) => {
      response.sendDate = false;
      response.writeHead(201, ["X-One", "1", "Set-Cookie", "a=1", "Set-Cookie", "b=2", "Content-Length", "0"]);
      response.end();
    });
    const response = await upstream.send(get, receipt, never());
    assert.equal(response.status, 201);
    assert.deepEqual(response.headers.slice(0, 6), ["x-one", "1", "set-cookie", "a=1", "set-cookie", "b=2"]);
  });

  it("does not follow a redirect", async (t) => {
    let visits = 0;
    const elsewhere = await serve(t, (_request, response) => {
      visits++;
      response.end();
    });
    const upstream = await upstreamOf(t, (_request, response) => {
      response.writeHead(307, { location: `${elsewhere}x` }).end();
    });
    const response = await upstream.send(get, receipt, never());
    await response.body.collect(10);
    assert.equal(response.status, 307);
    assert.equal(visits, 0);
  });

  it("refuses a target that is not below its own origin", async (t) => {
    const upstream = await upstreamOf(t, (_request, response) => response.end());
    for (const path of ["//127.0.0.1:1/x", "http://127.0.0.1:1/x", "x", ""]) {
      await rejectsWith("TARGET_INVALID", upstream.send({ ...get, path }, receipt, never()));
    }
  });

  it("refuses a header that would split the request", async (t) => {
    const upstream = await upstreamOf(t, (_request, response) => response.end());
    const headers = ["x-a", "1\r\nx-b: 2"];
    await rejectsWith("HEADER_INVALID", upstream.send({ ...get, headers }, receipt, never()));
  });

  it("refuses an origin with credentials, and a scheme other than http and https", () => {
    const options = {
      headersTimeoutMs: 1,
      bodyTimeoutMs: 1,
      collectTimeoutMs: 1,
      connectTimeoutMs: 1,
      connectionsMax: 1,
    };
    for (const origin of ["http://u:p@127.0.0.1/", "ftp://127.0.0.1/", "http://127.0.0.1/?a=1"]) {
      assert.throws(
        () => createHttpUpstream({ ...options, origin: new URL(origin) }),
        (error) => isHaechiError(error, "CONFIG_INVALID"),
      );
    }
  });

  it("says unreachable when nobody listens, when the connection breaks and when the answer is not HTTP", async (t) => {
    const closed = await serve(t, () => {});
    await new Promise((resolve) => servers.get(closed)?.close(resolve));
    await rejectsWith("UPSTREAM_UNREACHABLE", open(t, { origin: new URL(closed) }).send(get, receipt, never()));

    const breaks = await upstreamOf(t, (request) => request.socket.destroy());
    await rejectsWith("UPSTREAM_UNREACHABLE", breaks.send(get, receipt, never()));

    const garbage = createNetServer((socket) => {
      socket.on("error", () => {});
      socket.end("220 mail ready\r\n");
    });
    garbage.listen(0, "127.0.0.1");
    await once(garbage, "listening");
    t.after(() => garbage.close());
    const origin = new URL(`http://127.0.0.1:${(garbage.address() as AddressInfo).port}`);
    await rejectsWith("UPSTREAM_UNREACHABLE", open(t, { origin }).send(get, receipt, never()));
  });

  it("says timeout when no head comes and when a body falls silent", async (t) => {
    const silent = await upstreamOf(t, () => {}, { headersTimeoutMs: 20 });
    await rejectsWith("UPSTREAM_TIMEOUT", silent.send(get, receipt, never()));

    const stalls = await upstreamOf(t, (_request, response) => void response.write("a"), { bodyTimeoutMs: 20 });
    const { body } = await stalls.send(get, receipt, never());
    await rejectsWith("UPSTREAM_TIMEOUT", body.collect(100));
  });

  it("says timeout when nobody takes the request", async (t) => {
    const server = createNetServer({ pauseOnConnect: true }, (socket) => void t.after(() => socket.destroy()));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    t.after(() => server.close());
    const origin = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    // More than the buffers of the system take in.
    const request = { ...get, method: "POST", body: Buffer.alloc(32_000_000) };
    const sent = open(t, { origin, headersTimeoutMs: 20 }).send(request, receipt, never());
    await assert.rejects(sent, (error) => isHaechiError(error, "UPSTREAM_TIMEOUT") && error.reason === "head_timeout");
  });

  it("says timeout when a body that is collected goes on and on, and lets a stream go on", async (t) => {
    const options = { bodyTimeoutMs: 30_000, collectTimeoutMs: 60 };
    const drips = await upstreamOf(
      t,
      (_request, response) => {
        let left = 20;
        const drip = setInterval(() => {
          response.write("a");
          left -= 1;
          if (left === 0) response.end();
        }, 10);
        response.once("close", () => clearInterval(drip));
      },
      options,
    );
    await rejectsWith("UPSTREAM_TIMEOUT", (await drips.send(get, receipt, never())).body.collect(100));
    let streamed = 0;
    await (await drips.send(get, receipt, never())).body.eachChunk((chunk) => {
      streamed += chunk.length;
    });
    assert.equal(streamed, 20);
  });

  it("delivers what came before a break, then says so", async (t) => {
    const upstream = await upstreamOf(t, (request, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("part", () => request.socket.destroy());
    });
    const { body } = await upstream.send(get, receipt, never());
    const pieces: string[] = [];
    await rejectsWith(
      "UPSTREAM_UNREACHABLE",
      body.eachChunk((chunk) => void pieces.push(String(chunk))),
    );
    assert.deepEqual(pieces, ["part"]);
  });

  it("cancels the upstream's work when the signal aborts before the head", async (t) => {
    const gone = Promise.withResolvers<void>();
    const client = new AbortController();
    const upstream = await upstreamOf(t, (_request, response) => {
      response.on("close", gone.resolve);
      client.abort(new Error("left"));
    });
    await assert.rejects(upstream.send(get, receipt, client.signal), /left/);
    await gone.promise;
    await assert.rejects(upstream.send(get, receipt, client.signal), /left/);
  });

  it("cancels the upstream's work when the signal aborts in the body, even with a reader that never returns", async (t) => {
    const gone = Promise.withResolvers<void>();
    const client = new AbortController();
    const upstream = await upstreamOf(t, (_request, response) => {
      response.on("close", gone.resolve);
      response.write("a");
    });
    const { body } = await upstream.send(get, receipt, client.signal);
    const stuck = () => {
      client.abort(new Error("left"));
      return new Promise<void>(() => {});
    };
    await assert.rejects(body.eachChunk(stuck), /left/);
    await gone.promise;
  });

  it("cancels a request that still waits for a connection", async (t) => {
    const held = Promise.withResolvers<void>();
    let requests = 0;
    const upstream = await upstreamOf(
      t,
      (_request, response) => {
        requests++;
        held.promise.then(() => response.end());
      },
      { connectionsMax: 1 },
    );
    const first = upstream.send(get, receipt, never());
    const client = new AbortController();
    const second = upstream.send(get, receipt, client.signal);
    client.abort(new Error("left"));
    await assert.rejects(second, /left/);
    held.resolve();
    await (await first).body.collect(1);
    await (await upstream.send(get, receipt, never())).body.collect(1);
    assert.equal(requests, 2);
  });

  it("says timeout when no connection becomes free, and then sends nothing", async (t) => {
    const held = Promise.withResolvers<void>();
    const targets: (string | undefined)[] = [];
    const origin = await serve(t, (request, response) => {
      targets.push(request.url);
      response.flushHeaders();
      held.promise.then(() => response.end());
    });
    // Long enough for the heads that do come, on a machine that does much else.
    const upstream = open(t, { origin: new URL(origin), connectionsMax: 1, headersTimeoutMs: 500 });
    const first = await upstream.send({ ...get, path: "/first" }, receipt, never());
    await rejectsWith("UPSTREAM_TIMEOUT", upstream.send({ ...get, path: "/second" }, receipt, never()));
    held.resolve();
    await first.body.collect(1);
    await (await upstream.send({ ...get, path: "/third" }, receipt, never())).body.collect(1);
    assert.deepEqual(targets, ["/first", "/third"]);
  });

  it("takes no more requests than may wait, and those again for which there is room", async (t) => {
    const held = Promise.withResolvers<void>();
    const upstream = await upstreamOf(
      t,
      (_request, response) => {
        held.promise.then(() => response.end());
      },
      { connectionsMax: 1, pendingMax: 1 },
    );
    const first = upstream.send(get, receipt, never());
    const client = new AbortController();
    const second = upstream.send(get, receipt, client.signal);
    const refused = upstream.send(get, receipt, never());
    await assert.rejects(refused, (error) => isHaechiError(error, "OVERLOADED") && error.reason === "pool_full");
    client.abort(new Error("left"));
    await assert.rejects(second, /left/);
    held.resolve();
    await (await first).body.collect(1);
    for (let round = 0; round < 3; round++) await (await upstream.send(get, receipt, never())).body.collect(1);
  });

  it("ends an exchange that takes too long as a whole, stream or not", async (t) => {
    const upstream = await upstreamOf(
      t,
      (request, response) => {
        if (request.url === "/silent") return;
        const drip = setInterval(() => response.write("a"), 5);
        response.once("close", () => clearInterval(drip));
      },
      // Long enough for the head and a first byte, on a machine that does much else.
      { totalTimeoutMs: 500 },
    );
    const late = (error: unknown) => isHaechiError(error, "UPSTREAM_TIMEOUT") && error.reason === "total_timeout";
    await assert.rejects(upstream.send({ ...get, path: "/silent" }, receipt, never()), late);
    let streamed = 0;
    const { body } = await upstream.send(get, receipt, never());
    await assert.rejects(
      body.eachChunk((chunk) => {
        streamed += chunk.length;
      }),
      late,
    );
    assert.ok(streamed > 0);
  });

  it("repeats a request without effect once when its kept connection breaks, and no other one", async (t) => {
    let seen: string[] = [];
    let breaksFirst = 0;
    let retries = 0;
    const upstream = await upstreamOf(
      t,
      async (request, response) => {
        seen.push(`${request.method} ${await text(request)}`);
        if (seen.length <= breaksFirst) request.socket.destroy();
        else response.end("ok");
      },
      { onRetry: () => retries++ },
    );
    for (const method of ["GET", "HEAD", "OPTIONS"]) {
      [seen, breaksFirst] = [[], 1];
      const response = await upstream.send({ ...get, method }, receipt, never());
      await response.body.collect(10);
      assert.equal(response.status, 200);
      assert.equal(seen.length, 2);
    }
    [seen, breaksFirst, retries] = [[], 9, 0];
    await rejectsWith("UPSTREAM_UNREACHABLE", upstream.send(get, receipt, never()));
    assert.equal(seen.length, 2);
    assert.equal(retries, 1);
    for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
      [seen, breaksFirst] = [[], 1];
      const sent = upstream.send({ ...get, method, body: Buffer.from("{}") }, receipt, never());
      await assert.rejects(sent, (error) => isHaechiError(error) && error.reason === "connection_broken");
      assert.deepEqual(seen, [`${method} {}`]);
    }
  });

  it("does not say that nothing was sent when the repetition was not", async (t) => {
    const origin = await serve(t, (request) => {
      servers.get(origin)?.close();
      request.socket.destroy();
    });
    const failure = await open(t, { origin: new URL(origin) })
      .send(get, receipt, never())
      .catch((error: unknown) => error);
    assert.ok(isHaechiError(failure) && failure.reason === "connection_broken", String(failure));
    assert.ok(!wasNotSent(failure));
  });

  it("says of every failure whether the request may have been sent", async (t) => {
    const closed = await serve(t, () => {});
    await new Promise((resolve) => servers.get(closed)?.close(resolve));
    const breaks = await upstreamOf(t, (request) => request.socket.destroy());
    const silent = await upstreamOf(t, () => {}, { headersTimeoutMs: 20 });
    const stalls = await upstreamOf(t, (_request, response) => void response.write("a"), { bodyTimeoutMs: 20 });
    const garbage = await upstreamOf(t, (request) => void request.socket.end("HTTP/9.9 what\r\n\r\n"));
    const faults = [
      [open(t, { origin: new URL(closed) }), "connection_refused", false],
      [breaks, "connection_broken", true],
      [silent, "head_timeout", true],
      [stalls, "body_timeout", true],
      [garbage, "response_malformed", true],
    ] as const;
    for (const [upstream, reason, mayBeSent] of faults) {
      const sent = upstream.send({ ...get, method: "POST", body: Buffer.from("{}") }, receipt, never());
      const failure = await sent.then(({ body }) => body.collect(10)).catch((error: unknown) => error);
      assert.ok(isHaechiError(failure), String(failure));
      assert.equal(failure.reason, reason);
      assert.equal(wasNotSent(failure), !mayBeSent);
    }
  });

  it("leaves a finished exchange alone when its signal aborts later", async (t) => {
    const sockets = new Set<unknown>();
    const upstream = await upstreamOf(
      t,
      (request, response) => {
        sockets.add(request.socket);
        response.end("x");
      },
      { connectionsMax: 1 },
    );
    const client = new AbortController();
    await (await upstream.send(get, receipt, client.signal)).body.collect(1);
    client.abort();
    await (await upstream.send(get, receipt, never())).body.collect(1);
    assert.equal(sockets.size, 1);
  });

  it("refuses a body past the limit, declared or not, and drops its connection", async (t) => {
    for (const declared of [true, false]) {
      const gone = Promise.withResolvers<void>();
      const upstream = await upstreamOf(t, (_request, response) => {
        response.on("close", gone.resolve);
        response.writeHead(200, declared ? { "content-length": 9_000_000 } : {});
        response.write(Buffer.alloc(100_000));
      });
      const { body } = await upstream.send(get, receipt, never());
      await rejectsWith("UPSTREAM_TOO_LARGE", body.collect(99_999));
      await gone.promise;
    }
  });

  it("takes a body of exactly the limit", async (t) => {
    const upstream = await upstreamOf(t, (_request, response) => response.end(Buffer.alloc(5000)));
    const { body } = await upstream.send(get, receipt, never());
    assert.equal((await body.collect(5000)).byteLength, 5000);
  });

  it("reads at most one megabyte ahead of a reader that has stopped", async (t) => {
    const total = 64 * 1024 * 1024;
    const full = Promise.withResolvers<void>();
    const upstream = await upstreamOf(t, (request, response) => {
      const piece = Buffer.alloc(65_536);
      let left = total / piece.length;
      const more = () => {
        while (left > 0) {
          left--;
          if (!response.write(piece)) return void response.once("drain", more);
        }
        response.end();
      };
      more();
      // Nothing more goes out for many turns of the loop: every buffer on the way is full.
      const watch = (written: number, turnsAlike: number) => {
        const alike = request.socket.bytesWritten === written;
        if (alike && turnsAlike === 200) return full.resolve();
        setImmediate(watch, request.socket.bytesWritten, alike ? turnsAlike + 1 : 0);
      };
      watch(0, 0);
    });
    const { body } = await upstream.send(get, receipt, never());
    let received = 0;
    const release = Promise.withResolvers<void>();
    const stopped = (chunk: Uint8Array) => {
      received += chunk.byteLength;
      return release.promise;
    };
    const done = body.eachChunk(stopped);
    await full.promise;
    // What the operating system buffers is beyond us; what the process took is the first piece and its own read-ahead.
    assert.ok(received > 0 && received <= 1_048_576, `${received}`);
    release.resolve();
    await done;
    assert.equal(received, total);
  });

  it("delivers every byte in order, whatever the pieces and however slow the reader", async (t) => {
    let pieces: readonly Uint8Array[] = [];
    const upstream = await upstreamOf(t, async (_request, response) => {
      for (const piece of pieces) await new Promise((resolve) => response.write(piece, resolve));
      response.end();
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 20 }),
        fc.boolean(),
        async (sent, slow) => {
          pieces = sent;
          const { body } = await upstream.send(get, receipt, never());
          const received: Uint8Array[] = [];
          const take = (chunk: Uint8Array) => {
            received.push(chunk);
            return slow ? new Promise<void>((resolve) => setImmediate(resolve)) : undefined;
          };
          await body.eachChunk(take);
          assert.deepEqual(Buffer.concat(received), Buffer.concat(sent));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("hands a reader's own error back and frees the connection", async (t) => {
    for (const ends of [true, false]) {
      const upstream = await upstreamOf(t, (_request, response) => {
        if (ends) response.end("abc");
        else response.write("abc");
      });
      const { body } = await upstream.send(get, receipt, never());
      const failing = body.eachChunk(() => {
        throw new RangeError("mine");
      });
      await assert.rejects(failing, RangeError);
      const again = await upstream.send(get, receipt, never());
      again.body.cancel();
      again.body.cancel();
    }
  });
});

const servers = new Map<string, Server>();

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  servers.set(origin, server);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return origin;
}

function open(t: TestContext, options: Partial<HttpUpstreamOptions> & { readonly origin: URL }): Upstream {
  const upstream = createHttpUpstream({
    headersTimeoutMs: 30_000,
    bodyTimeoutMs: 30_000,
    collectTimeoutMs: 30_000,
    connectTimeoutMs: 30_000,
    connectionsMax: 8,
    ...options,
  });
  t.after(() => upstream.close());
  return upstream;
}

async function upstreamOf(t: TestContext, listener: RequestListener, options?: Partial<HttpUpstreamOptions>) {
  return open(t, { origin: new URL(await serve(t, listener)), ...options });
}

function never(): AbortSignal {
  return new AbortController().signal;
}

async function text(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}

async function rejectsWith(code: HaechiErrorCode, promise: Promise<unknown>): Promise<void> {
  await assert.rejects(promise, (error) => isHaechiError(error, code));
}
