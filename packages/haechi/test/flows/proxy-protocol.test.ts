import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { request as ask } from "node:http";
import http2 from "node:http2";
import https from "node:https";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { setImmediate } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import { parseConfig } from "../../src/config/parse.ts";
import type { ConfigInput } from "../../src/config/schema.ts";
import { isHaechiError } from "../../src/core/errors.ts";
import { askHttp2, CHAT, CHAT_BODY } from "../support/http2-client.ts";
import { ipv4Block, proxyHeader1, proxyHeader2 } from "../support/proxy-headers.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";
import { startHttps } from "../support/start-https.ts";

const HAPROXY = "/usr/sbin/haproxy";

const LOCAL = 0;
const PROXY = 1;
const CLIENT = "192.0.2.7";
const fromClient = proxyHeader2(PROXY, 0x11, ipv4Block([192, 0, 2, 7]));

const head = (...more: readonly string[]) => {
  const fixed = ["host: localhost", "content-type: application/json", `content-length: ${CHAT_BODY.length}`];
  return Buffer.from([`POST ${CHAT} HTTP/1.1`, ...fixed, ...more, "", CHAT_BODY].join("\r\n"));
};
const LAST = head("connection: close");

describe("behind a hop that forwards connections", () => {
  it("a request comes from where the header says, and a hop's own from the hop", async (test) => {
    const { port, seen } = await watched(test);
    const headers: readonly (readonly [Buffer, string])[] = [
      [proxyHeader1(CLIENT), CLIENT],
      [fromClient, CLIENT],
      [Buffer.from("PROXY TCP6 2001:db8::7 ::1 1 2\r\n"), "2001:db8::7"],
      [Buffer.from("PROXY UNKNOWN\r\n"), "127.0.0.1"],
      [proxyHeader2(LOCAL, 0, Buffer.alloc(0)), "127.0.0.1"],
    ];
    for (const [header, source] of headers) {
      assert.match(await exchange(port, [header, LAST]), /^HTTP\/1.1 401 /);
      assert.equal(seen.pop(), source);
    }
  });

  it("the header and what follows may be cut anywhere, and requests may follow each other", async (test) => {
    const { port, seen } = await watched(test);
    for (const header of [proxyHeader1(CLIENT), fromClient]) {
      const all = Buffer.concat([header, head(), LAST]);
      for (let cut = 0; cut <= header.length + 2; cut++) {
        const answers = await exchange(port, [all.subarray(0, cut), all.subarray(cut)]);
        assert.equal(answers.match(/HTTP\/1.1 401 /g)?.length, 2, `${cut}`);
        assert.deepEqual(seen.splice(0), [CLIENT, CLIENT]);
      }
      const bytewise = [...header].map((byte) => Buffer.of(byte));
      assert.match(await exchange(port, [...bytewise, LAST]), /^HTTP\/1.1 401 /);
      assert.deepEqual(seen.splice(0), [CLIENT]);
    }
  });

  it("what clients write into headers of their requests counts for nothing", async (test) => {
    const { port, seen } = await watched(test);
    const lie = head("connection: close", "x-forwarded-for: 198.51.100.1");
    for (const header of [fromClient, Buffer.from("PROXY UNKNOWN\r\n"), proxyHeader2(LOCAL, 0, Buffer.alloc(0))]) {
      await exchange(port, [header, lie]);
    }
    assert.deepEqual(seen, [CLIENT, "127.0.0.1", "127.0.0.1"]);
    // A further hop, behind the one that forwards connections, is believed as ever.
    await exchange(port, [proxyHeader1("127.0.0.9"), lie]);
    assert.equal(seen.pop(), "198.51.100.1");
  });

  it("a connection that begins otherwise is closed without an answer, and recorded once", async (test) => {
    const { haechi, port, seen } = await watched(test);
    const others = [
      LAST,
      Buffer.from("PROXY TCP4 192.0.2.7 nonsense 1 2\r\n"),
      Buffer.from(`PROXY ${"x".repeat(200)}`),
      Buffer.from("\r\n\r\n\0\r\nQUIT\n!"),
      proxyHeader2(PROXY, 0x11, Buffer.alloc(5000)),
    ];
    for (const bytes of others) assert.equal(await exchange(port, [bytes, LAST]), "");
    // Half a header, and then no more.
    const half = connect(port, "127.0.0.1");
    half.end(fromClient.subarray(0, 14));
    assert.equal(Buffer.concat(await half.toArray()).toString(), "");
    while ((await decisions(haechi)).length < others.length + 1) await setImmediate();
    const refused = ["request_refused", "proxy_header_malformed"];
    assert.deepEqual(await decisions(haechi), Array(others.length + 1).fill(refused));
    assert.deepEqual(seen, []);
    assert.doesNotMatch(await haechi.auditText(), /nonsense|192\.0\.2\.7/);
  });

  it("a connection that never says where it is from is closed in time, and one that only looks is no matter", async (test) => {
    const { haechi, port } = await watched(test);
    const looking = connect(port, "127.0.0.1");
    await once(looking, "connect");
    looking.end();
    await once(looking.resume(), "close");
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const silent = connect(port, "127.0.0.1");
    const slow = connect(port, "127.0.0.1");
    let open = 2;
    for (const socket of [silent, slow])
      socket
        .resume()
        .on("error", () => {})
        .on("close", () => open--);
    slow.write("PROXY TCP4 192");
    while (open > 0) {
      test.mock.timers.tick(1000);
      await setImmediate();
    }
    while ((await decisions(haechi)).length < 2) await setImmediate();
    assert.deepEqual(await decisions(haechi), Array(2).fill(["request_refused", "proxy_header_too_slow"]));
  });

  it("a connection with a header and nothing else is kept as any other, and let go without a word", async (test) => {
    test.mock.timers.enable({ apis: ["setInterval"] });
    const { haechi, port } = await watched(test, { limits: { headersTimeoutMs: 1 } });
    const idle = connect(port, "127.0.0.1");
    idle.write(fromClient);
    let isClosed = false;
    const received: Buffer[] = [];
    idle.on("data", (piece: Buffer) => received.push(piece)).on("close", () => (isClosed = true));
    while (!isClosed) {
      test.mock.timers.tick(10_000);
      await setImmediate();
    }
    assert.equal(Buffer.concat(received).toString(), "");
    assert.deepEqual(await decisions(haechi), []);
  });

  it("the header comes before TLS, in HTTP/1.1 and in HTTP/2", async (test) => {
    const { seen, authenticator } = watcher();
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("yes")));
    const haechi = await startHttps(test, upstream.url, required, { authenticator });
    const through = async (header: Buffer, ALPNProtocols: string[]) => {
      const socket = connect(haechi.gateway.port, "127.0.0.1");
      socket.write(header);
      const secured = connectTls({ socket, ca: haechi.ca, servername: "localhost", ALPNProtocols });
      await once(secured, "secureConnect");
      return secured;
    };
    for (const header of [proxyHeader1(CLIENT), fromClient]) {
      const secured = await through(header, ["h2"]);
      const session = http2.connect(haechi.url, { createConnection: () => secured });
      session.on("error", () => {});
      assert.equal((await askHttp2(session)).status, 401);
      assert.equal((await askHttp2(session)).status, 401);
      session.destroy();
      const plain = await through(header, ["http/1.1"]);
      plain.write(LAST);
      assert.match(Buffer.concat(await plain.toArray()).toString(), /^HTTP\/1.1 401 /);
    }
    assert.deepEqual(seen, Array(6).fill(CLIENT));
    // Without a header there is no handshake.
    const bare = https.request({ host: "127.0.0.1", port: haechi.gateway.port, ca: haechi.ca, agent: false });
    await assert.rejects(once(bare.end(), "response"));
  });

  it("who connects from elsewhere is a client, and its header is no request", async (test) => {
    const { haechi, port, seen } = await watched(test, { proxy: { ...required.proxy, trustedHops: ["192.0.2.0/24"] } });
    assert.match(await exchange(port, [LAST]), /^HTTP\/1.1 401 /);
    assert.deepEqual(seen, ["127.0.0.1"]);
    for (const header of [proxyHeader1(CLIENT), fromClient]) {
      assert.match(await exchange(port, [header, LAST]), /^HTTP\/1.1 400 /);
    }
    assert.equal((await decisions(haechi)).filter(([, reason]) => reason === "request_malformed").length, 2);
    assert.equal(seen.length, 1);
  });

  it("is nothing that can be asked of everybody", () => {
    assert.throws(
      () => parseConfig({ target: { upstream: "http://127.0.0.1:1" }, proxy: { proxyProtocol: "required" } }),
      (error) => isHaechiError(error, "CONFIG_INVALID") && /proxy\.proxyProtocol: .*trustedHops/.test(error.message),
    );
  });

  it("works behind HAProxy", { skip: !existsSync(HAPROXY) && "no haproxy here" }, async (test) => {
    const { haechi, port, seen } = await watched(test);
    const [first, second] = [await freePort(), await freePort()];
    const file = join(haechi.folder, "haproxy.cfg");
    const proxies = [
      ["one", first, "send-proxy check check-send-proxy inter 20"],
      ["two", second, "send-proxy-v2 proxy-v2-options unique-id,authority"],
    ] as const;
    const sections = proxies.map(
      ([name, bind, options]) =>
        `listen ${name}\n  bind 127.0.0.1:${bind}\n  unique-id-format %[uuid]\n  server haechi 127.0.0.1:${port} source 127.0.0.2 ${options}\n`,
    );
    const times = "  timeout connect 5s\n  timeout client 5s\n  timeout server 5s\n";
    writeFileSync(file, `defaults\n  mode tcp\n${times}${sections.join("")}`);
    const haproxy = spawn(HAPROXY, ["-f", file, "-db"], { stdio: "ignore" });
    test.after(async () => {
      haproxy.kill("SIGKILL");
      if (haproxy.exitCode === null && haproxy.signalCode === null) await once(haproxy, "exit");
    });
    for (const bind of [first, second]) {
      const answer = await untilAnswered(() => post(bind));
      assert.match(answer, /haechi_auth_denied/);
      // The hop connects from 127.0.0.2 and says that its client came from 127.0.0.1.
      assert.equal(seen.pop(), "127.0.0.1");
    }
    assert.deepEqual(
      (await decisions(haechi)).filter(([decision]) => decision !== "auth_denied"),
      [],
    );
  });
});

const required: ConfigInput = {
  auth: { provider: "external" },
  proxy: { proxyProtocol: "required", trustedHops: ["127.0.0.0/8", "::1"] },
};

/** Lets nobody in, and notes from where they came. */
function watcher() {
  const seen: (string | undefined)[] = [];
  const authenticate = async ({ remoteAddress }: { readonly remoteAddress: string | undefined }) => {
    seen.push(remoteAddress);
    return null;
  };
  return { seen, authenticator: { authenticate } };
}

async function watched(test: TestContext, overrides: ConfigInput = {}) {
  const { seen, authenticator } = watcher();
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("yes")));
  const haechi = await startHaechi(test, upstream.url, { ...required, ...overrides }, { authenticator });
  return { haechi, port: haechi.gateway.port, seen };
}

/** Sends pieces one by one and resolves with all that comes back until the gateway closes the connection. */
async function exchange(port: number, pieces: readonly Uint8Array[]): Promise<string> {
  const socket: Socket = connect(port, "127.0.0.1").setNoDelay();
  const received: Buffer[] = [];
  socket.on("data", (piece: Buffer) => received.push(piece)).on("error", () => {});
  const closed = once(socket, "close");
  for (const piece of pieces) await new Promise((resolve) => socket.write(piece, resolve));
  await closed;
  return Buffer.concat(received).toString();
}

async function decisions({ auditEntries }: HaechiUnderTest) {
  return (await auditEntries()).flatMap((entry) => ("reason" in entry ? [[entry.decision, entry.reason]] : []));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function post(port: number): Promise<string> {
  const request = ask({ host: "127.0.0.1", port, path: CHAT, method: "POST", agent: false });
  request.setHeader("content-type", "application/json");
  const [response] = await once(request.end(CHAT_BODY), "response");
  return Buffer.concat(await response.toArray()).toString();
}

async function untilAnswered(attempt: () => Promise<string>): Promise<string> {
  for (;;) {
    const answer = await attempt().catch(() => null);
    if (answer !== null) return answer;
    await setImmediate();
  }
}
