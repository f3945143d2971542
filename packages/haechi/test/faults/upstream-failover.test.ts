import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import fc from "fast-check";
import type { ConfigInput } from "../../src/config/schema.ts";
import type { LogFields } from "../../src/ports/logger.ts";
import { verifyAuditFile } from "../../src/providers/storage/audit-reader.ts";
import {
  answerJson,
  answerStream,
  chatCompletion,
  chatStreamEvents,
  recordingUpstream,
} from "../support/recording-upstream.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";
import { tempFolder } from "../support/temp-folder.ts";

const VERIFIER = join(import.meta.dirname, "../../../../specs/verify/verify-audit.mjs");

describe("several upstreams", () => {
  it("stand in for each other where nothing was sent, which is recorded before the other one is asked", async (test) => {
    const spare = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("from the spare")));
    const main = await nobody();
    const haechi = await startHaechi(test, null, {
      target: {
        upstreams: [
          { name: "main", baseUrl: `${main}/base` },
          { name: "spare", baseUrl: `${spare.url}/other/base`, priority: 1 },
        ],
      },
    });
    const response = await ask(haechi);
    assert.equal(response.status, 200);
    assert.match(await response.text(), /from the spare/);
    assert.equal(spare.requests[0]?.target, "/other/base/v1/chat/completions");
    assert.deepEqual(await recorded(haechi), [
      ["request", "main"],
      ["upstream_failover", "connection_refused", "spare"],
    ]);
    const log = join(haechi.folder, "audit.jsonl");
    assert.equal((await verifyAuditFile(log)).valid, true);
    assert.equal(spawnSync(process.execPath, [VERIFIER, "log", log]).status, 0);
    assert.match(await haechi.metrics(), /^haechi_upstream_failovers_total\{upstream="main"\} 1$/m);
    assert.match(await haechi.metrics(), /^haechi_upstream_requests_total\{upstream="main",outcome="not_sent"\} 1$/m);
    assert.match(await haechi.metrics(), /^haechi_upstream_requests_total\{upstream="spare",outcome="answered"\} 1$/m);
  });

  it("stand in for each other in streams too, whether these are inspected or not", async (test) => {
    const events = chatStreamEvents(["hello"]);
    const spare = await recordingUpstream(test, (response) => answerStream(response, events));
    const main = await nobody();
    for (const requestMode of ["inspect", "pass-through"] as const) {
      const upstreams = [
        { name: "main", baseUrl: main },
        { name: "spare", baseUrl: spare.url, priority: 1 },
      ];
      const haechi = await startHaechi(test, null, { target: { upstreams }, streaming: { requestMode } });
      const response = await ask(haechi, { stream: true });
      assert.equal(await response.text(), events);
      const names = (await recorded(haechi)).map((entry) => entry.at(-1));
      assert.deepEqual(names, requestMode === "inspect" ? ["main", "spare", "spare"] : ["main", "spare"]);
    }
  });

  it("get a request once at most as soon as one of them may have received it", async (test) => {
    const spare = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("from the spare")));
    const faults: readonly ((socket: Socket) => void)[] = [
      (socket) => socket.resetAndDestroy(),
      (socket) => socket.end(),
      (socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-"),
      (socket) => socket.end("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"),
      (socket) => socket.end("garbage\r\n\r\n"),
    ];
    for (const act of faults) {
      const main = await acting(test, act);
      const haechi = await startHaechi(test, null, {
        target: {
          upstreams: [
            { name: "main", baseUrl: main },
            { name: "spare", baseUrl: spare.url, priority: 1 },
          ],
        },
      });
      const { status } = await ask(haechi);
      assert.ok(status === 502 || status === 503, `${status}`);
      assert.deepEqual((await recorded(haechi))[0], ["request", "main"]);
      assert.ok((await recorded(haechi)).every((entry) => entry.at(-1) === "main"));
    }
    assert.equal(spare.requests.length, 0);
  });

  it("get a request once, and only those that the audit log names, whatever each of them does", async (test) => {
    const upstreams = await Promise.all([0, 1, 2].map((at) => changing(test, `upstream-${at}`)));
    const haechi = await startHaechi(test, null, {
      target: {
        upstreams: upstreams.map(({ url }, at) => ({ name: `upstream-${at}`, baseUrl: url, priority: at })),
        health: { failures: 1000 },
      },
    });
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...BEHAVIOURS), { minLength: 3, maxLength: 3 }), async (behaviours) => {
        for (const [at, behaviour] of behaviours.entries()) await upstreams[at]!.behave(behaviour);
        const { status } = await ask(haechi);
        const first = behaviours.findIndex((behaviour) => behaviour !== "is away");
        assert.equal(status, first !== -1 && behaviours[first] === "answers" ? 200 : 502);
        assert.deepEqual(
          upstreams.map(({ takeRequests }) => takeRequests()),
          behaviours.map((_, at) => (at === first ? 1 : 0)),
        );
        const entries = (await recorded(haechi)).slice(seen);
        seen += entries.length;
        const asked = entries.filter(([what]) => what === "request" || what === "upstream_failover");
        const reached = first === -1 ? behaviours.length : first + 1;
        assert.deepEqual(
          asked.map((entry) => entry.at(-1)),
          upstreams.slice(0, reached).map((_, at) => `upstream-${at}`),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("are told in readiness and metrics, and one that failed is not asked until it is back", async (test) => {
    const spare = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const main = await nobody();
    const upstreams = [
      { name: "main", baseUrl: main },
      { name: "spare", baseUrl: spare.url, priority: 1 },
    ];
    const clock = { time: Date.now(), now: () => clock.time };
    const health = { failures: 2, coolDownMs: 60_000 };
    const haechi = await startHaechi(test, null, { target: { upstreams, health } }, { clock });
    for (let round = 0; round < 3; round++) assert.equal((await ask(haechi)).status, 200);
    const failovers = (await recorded(haechi)).filter(([what]) => what === "upstream_failover");
    assert.equal(failovers.length, 2);
    const ready = await fetch(`${haechi.url}/__haechi/ready`);
    assert.equal(ready.status, 200);
    assert.deepEqual(((await ready.json()) as { upstreams: unknown }).upstreams, {
      main: "cooling-down",
      spare: "available",
    });
    assert.match(await haechi.metrics(), /^haechi_upstream_available\{upstream="main"\} 0$/m);
    assert.ok(haechi.logged.some((line) => line.includes("upstream_unavailable") && line.includes('"main"')));

    const back = await recordingUpstream(
      test,
      (response) => answerJson(response, chatCompletion("back")),
      portOf(main),
    );
    clock.time += 60_000;
    assert.match(await (await ask(haechi)).text(), /back/);
    assert.equal(back.requests.length, 1);
    assert.match(await haechi.metrics(), /^haechi_upstream_available\{upstream="main"\} 1$/m);
  });

  it("that all failed make the gateway unready, and are asked all the same", async (test) => {
    const main = await nobody();
    const clock = { time: Date.now(), now: () => clock.time };
    const haechi = await startHaechi(test, main, { target: { health: { failures: 1 } } }, { clock });
    assert.equal((await fetch(`${haechi.url}/__haechi/ready`)).status, 200);
    assert.equal((await ask(haechi)).status, 502);
    const ready = await fetch(`${haechi.url}/__haechi/ready`);
    assert.equal(ready.status, 503);
    assert.match(await ready.text(), /"upstreamAvailable": false/);
    await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")), portOf(main));
    assert.equal((await ask(haechi)).status, 200);
    assert.equal((await fetch(`${haechi.url}/__haechi/ready`)).status, 200);
  });

  it("are asked for their health without anything of a client, and with the key that is theirs", async (test) => {
    const main = await recordingUpstream(test, (response) => response.writeHead(503).end());
    const spare = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("from the spare")));
    const folder = await tempFolder(test);
    const keyOf = async (name: string) => {
      await writeFile(join(folder, name), `key-of-${name}`);
      return { keyFile: join(folder, name) };
    };
    const target: ConfigInput["target"] = {
      upstreams: [
        { name: "main", baseUrl: `${main.url}/base`, auth: await keyOf("main") },
        { name: "spare", baseUrl: spare.url, auth: await keyOf("spare"), priority: 1 },
      ],
      health: { failures: 2, checkPath: "/health", checkIntervalMs: 100 },
    };
    const unavailable = Promise.withResolvers<LogFields | undefined>();
    const logged: string[] = [];
    const log = (event: string, fields?: LogFields) => {
      logged.push(JSON.stringify({ event, ...fields }));
      if (event === "upstream_unavailable") unavailable.resolve(fields);
    };
    const haechi = await startHaechi(test, null, { target }, { logger: { info: log, warn: log, error: log } });
    assert.deepEqual(await unavailable.promise, { upstream: "main", reason: "status:503" });
    const response = await ask(haechi, {}, { authorization: "Bearer of-the-client" });
    assert.match(await response.text(), /from the spare/);
    const [check] = main.requests;
    assert.deepEqual([check?.method, check?.target], ["GET", "/base/health"]);
    assert.ok(check?.everything.includes("Bearer key-of-main"));
    const sent = spare.requests.find(({ method }) => method === "POST")!;
    assert.ok(sent.everything.includes("Bearer key-of-spare"));
    assert.ok(!sent.everything.includes("of-the-client") && !sent.everything.includes("key-of-main"));
    for (const written of [await haechi.auditText(), logged.join("\n"), await haechi.metrics()]) {
      assert.ok(!written.includes("key-of"));
    }
  });

  it("share the requests by weight", async (test) => {
    const a = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("a")));
    const b = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("b")));
    const upstreams = [
      { name: "a", baseUrl: a.url, weight: 3 },
      { name: "b", baseUrl: b.url },
    ];
    const haechi = await startHaechi(test, null, { target: { upstreams } });
    for (let round = 0; round < 8; round++) await (await ask(haechi)).text();
    assert.deepEqual([a.requests.length, b.requests.length], [6, 2]);
    assert.deepEqual(
      (await recorded(haechi)).map(([, name]) => name),
      ["a", "a", "b", "a", "a", "a", "b", "a"],
    );
  });
});

/** What each record says: of a request the upstream, of a decision also what and why. */
async function recorded(haechi: HaechiUnderTest): Promise<readonly (readonly (string | undefined)[])[]> {
  return (await haechi.auditEntries()).map((entry) =>
    "decision" in entry ? [entry.decision, entry.reason, entry.upstream] : ["request", entry.upstream],
  );
}

function ask({ url }: HaechiUnderTest, members: object = {}, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ model: "m", messages: [{ role: "user", content: "hello" }], ...members }),
  });
}

/** An address of this machine where nobody listens. */
async function nobody(): Promise<string> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}`;
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

async function acting(test: TestContext, act: (socket: Socket) => void): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    socket.once("data", () => act(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const BEHAVIOURS = ["answers", "is away", "breaks off", "resets"] as const;

/** An upstream at one address that behaves differently from one request to the next. */
async function changing(test: TestContext, name: string) {
  let behaviour: (typeof BEHAVIOURS)[number] = "answers";
  let requests = 0;
  const sockets = new Set<Socket>();
  const body = chatCompletion(name);
  const server = createServer((socket) => {
    sockets.add(socket.once("close", () => sockets.delete(socket)));
    socket.on("error", () => {});
    socket.once("data", () => {
      requests++;
      if (behaviour === "resets") socket.resetAndDestroy();
      else if (behaviour === "breaks off") socket.end("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{");
      else socket.end(`HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    });
  });
  const listen = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  test.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${port}`,
    takeRequests: () => {
      const taken = requests;
      requests = 0;
      return taken;
    },
    async behave(next: (typeof BEHAVIOURS)[number]) {
      behaviour = next;
      if (next === "is away" && server.listening) {
        server.close();
        for (const socket of sockets) socket.destroy();
        await once(server, "close");
      } else if (next !== "is away" && !server.listening) await listen(port);
    },
  };
}
