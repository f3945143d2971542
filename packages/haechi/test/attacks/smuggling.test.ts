import assert from "node:assert/strict";
import { open } from "node:fs/promises";
import { describe, it, type TestContext } from "node:test";
import fc from "fast-check";
import type { AuditEntry } from "../../src/core/audit/event.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { answersIn, bytes, openRawSocket, overRawSocket } from "./raw-socket.ts";

/** Of the disguises of `Transfer-Encoding`, every so many are sent. */
const STEP = Number(process.env.HAECHI_SMUGGLING_STEP ?? 29);

const OUTER = "POST /v1/outer HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/plain\r\n";
const SMUGGLED = "GET /v1/smuggled HTTP/1.1\r\nhost: localhost\r\n\r\n";
const LAST = "GET /v1/last HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

/**
 * Every byte before, behind and within the field, alone and in pairs, and every byte where one field could become two:
 * the positions that smuggling tools try.
 */
function disguises(): string[] {
  const all = [
    "Transfer-Encoding: chunked, cow",
    "Transfer-Encoding: cow, chunked",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: cow",
    "Transfer-Encoding: cow\r\nTransfer-Encoding: chunked",
    "Transfer-Encoding: identity",
    'Transfer-Encoding: "chunked"',
    "Transfer-Encoding:\r\n chunked",
    "Transfer-Encoding: chunk",
    "Transfer_Encoding: chunked",
    "Transfer Encoding: chunked",
    "TRANSFER-ENCODING: CHUNKED",
    "Content-Encoding: chunked",
    "Connection: transfer-encoding\r\nTransfer-Encoding: chunked",
    "Connection: content-length",
  ];
  for (let code = 0; code < 256; code += 1) {
    const b = String.fromCharCode(code);
    const field = (before: string, name: string, value: string, end: string) =>
      `${before}Transfer-Encoding${name}:${value}chunked${end}`;
    for (const [before, name, value, end] of [
      [b, "", " ", ""],
      ["", b, " ", ""],
      ["", "", b, ""],
      ["", "", " ", b],
      [b, b, " ", ""],
      [b, "", b, ""],
      [b, "", " ", b],
      ["", b, b, ""],
      ["", b, " ", b],
      ["", "", b, b],
    ] as const) {
      all.push(field(before, name, value, end));
    }
    all.push(
      `X: X${b}Transfer-Encoding: chunked`,
      `X: X\r${b}Transfer-Encoding: chunked`,
      `X: X${b}\nTransfer-Encoding: chunked`,
      `Transfer-Encoding: chunked${b}X: X`,
      `Transfer-Encoding: chunked\r${b}X: X`,
      `Transfer-Encoding: chunked${b}\nX: X`,
    );
  }
  return all;
}

/** One request for whoever believes the length and two for whoever believes the chunks, and the other way round. */
function bothWays(disguise: string): readonly string[] {
  const ended = `0\r\n\r\n${SMUGGLED}`;
  const chunk = `${SMUGGLED.length.toString(16)}\r\n${SMUGGLED}\r\n0\r\n\r\n`;
  const short = SMUGGLED.length.toString(16).length + 2;
  return [
    `${OUTER}content-length: ${ended.length}\r\n${disguise}\r\n\r\n${ended}`,
    `${OUTER}content-length: ${short}\r\n${disguise}\r\n\r\n${chunk}`,
    `${OUTER}${disguise}\r\ncontent-length: ${short}\r\n\r\n${chunk}`,
  ];
}

describe("two readings of one request", () => {
  it("never make two of it: the upstream gets what is recorded, and nothing else", {
    timeout: 120_000,
  }, async (test) => {
    const { port, upstream, forwardedRecords } = await watchedGateway(test);
    const all = disguises().filter((_, at) => at % STEP === 0);
    const counted = { sent: 0, refused: 0, forwarded: 0 };
    for (const attack of all.flatMap(bothWays)) {
      const before = upstream.requests.length;
      const answers = answersIn(await overRawSocket(port, [attack, LAST]));
      const sent = upstream.requests.slice(before);
      assert.ok(answers.length > 0, attack);
      assert.ok(
        answers.every(({ status }) => status >= 200 && status < 500),
        attack,
      );
      // Each request that went on has been answered on this connection, in its place.
      const passed = answers.filter(({ status }) => status === 200).length;
      assert.equal(sent.length, passed, attack);
      for (const { target, body, rawHeaders } of sent) {
        const length = rawHeaders[rawHeaders.findIndex((name) => name.toLowerCase() === "content-length") + 1];
        if (body.length > 0) assert.equal(Number(length), body.length, attack);
        assert.ok(!rawHeaders.some((name) => name.toLowerCase() === "transfer-encoding"), attack);
        assert.match(target, /^\/v1\/(?:outer|smuggled|last)$/);
      }
      counted.sent += 1;
      counted.refused += answers.length - passed;
      counted.forwarded += passed;
    }
    assert.equal(await forwardedRecords(), upstream.requests.length);
    test.diagnostic(`${counted.sent} attacks: ${counted.refused} refusals, ${counted.forwarded} requests went on`);
  });
});

describe("bytes that were a request once", () => {
  const valid = [
    `${OUTER}content-length: 5\r\n\r\nhello`,
    `${OUTER}transfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2;a=b\r\nlo\r\n0\r\nx: y\r\n\r\n`,
    'POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: 27\r\n\r\n{"model":"m","messages":[]}',
    "GET /v1/models?a=b HTTP/1.1\r\nhost: localhost\r\naccept: */*\r\nexpect: 100-continue\r\n\r\n",
  ];
  const piece = fc.constantFrom(
    "\r\n",
    "\n",
    "\r",
    "\0",
    " ",
    ":",
    "0",
    "5",
    "chunked",
    "content-length: 9\r\n",
    "\x80\xff",
    LAST,
  );
  const change = fc.record({ at: fc.nat(), drop: fc.nat({ max: 12 }), put: fc.oneof(piece, fc.constant("")) });
  const mutated = fc
    .tuple(fc.constantFrom(...valid), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([text, changes]) =>
      changes.reduce((all, { at, drop, put }) => {
        const start = at % (all.length + 1);
        return all.slice(0, start) + put + all.slice(start + drop);
      }, text),
    );
  const random = fc.uint8Array({ maxLength: 400 }).map((all) => Buffer.from(all).toString("latin1"));
  const stream = fc
    .tuple(fc.oneof({ weight: 4, arbitrary: mutated }, random), fc.constantFrom(...valid, ""))
    .map((all) => all.join(""));

  it("crash nothing, and nothing of them goes on without a record", { timeout: 600_000 }, async (test) => {
    const { port, upstream, forwardedRecords, haechi } = await watchedGateway(test);
    let sent = 0;
    const TOGETHER = 20;
    await fc.assert(
      fc.asyncProperty(fc.array(stream, { minLength: TOGETHER, maxLength: TOGETHER }), async (all) => {
        const before = { requests: upstream.requests.length, records: await forwardedRecords() };
        const sockets = all.map((text) => openRawSocket(port, bytes(text)));
        await Promise.all(sockets.map(({ written }) => written));
        // What was sent before this is read before it, so when it is answered the gateway has seen all of it.
        const [honest] = answersIn(await overRawSocket(port, [LAST]));
        assert.equal(honest!.status, 200);
        for (const { socket } of sockets) socket.end();
        const received = await Promise.all(sockets.map(({ closed }) => closed));
        for (const bytesBack of received) {
          for (const { status } of answersIn(bytesBack))
            assert.ok(status === 200 || (status >= 400 && status < 500), `${status}`);
        }
        const requests = upstream.requests.length - before.requests;
        const records = (await forwardedRecords()) - before.records;
        assert.ok(requests <= records, `${requests} requests went on, ${records} are recorded`);
        sent += all.length;
      }),
    );
    assert.ok(!haechi.logged.some((line) => line.includes("proxy_internal_error")));
    test.diagnostic(`${sent} connections, ${upstream.requests.length} requests went on`);
  });
});

async function watchedGateway(test: TestContext) {
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
  const haechi = await startHaechi(test, upstream.url);
  // The log is there once something is in it.
  await overRawSocket(haechi.gateway.port, [LAST]);
  const log = await open(haechi.runtime.config.audit.path);
  test.after(() => log.close());
  let readTo = 0;
  let rest = "";
  let forwarded = 0;
  return {
    haechi,
    upstream,
    port: haechi.gateway.port,
    /** How many requests are recorded as inspected and let through, so far. */
    async forwardedRecords(): Promise<number> {
      const { size } = await log.stat();
      const { bytesRead, buffer } = await log.read({
        position: readTo,
        length: size - readTo,
        buffer: Buffer.alloc(size - readTo),
      });
      readTo += bytesRead;
      const lines = (rest + buffer.toString("utf8", 0, bytesRead)).split("\n");
      rest = lines.pop()!;
      for (const line of lines) {
        const entry: AuditEntry = JSON.parse(line);
        if (!("decision" in entry) && !entry.blocked) forwarded += 1;
      }
      return forwarded;
    },
  };
}
