import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { setImmediate } from "node:timers/promises";
import * as zlib from "node:zlib";
import { errorReplies } from "../../src/gateway/error-reply.ts";
import { answerJson, chatCompletion, type RecordedRequest, recordingUpstream } from "../support/recording-upstream.ts";
import { selfSignedCertificate } from "../support/self-signed-certificate.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { answersIn, bytes, END, overRawSocket, overTls, type Step } from "./raw-socket.ts";

/** What one attack is answered with, and so recorded: one answer, one record. */
interface Attack {
  readonly sends: readonly Step[];
  /** The answers in turn; "forwarded" is a 200 of the upstream. */
  readonly answers: readonly (keyof typeof errorReplies | "forwarded")[];
  /** What is recorded where nobody is answered. */
  readonly reasons?: readonly string[];
  /** What the upstream must have got, where one request was forwarded. */
  readonly upstream?: { readonly target?: string; readonly body: Uint8Array | string };
}

const PATH = "/v1/chat/completions";
const CLOSE = "connection: close\r\n";
const head = (...lines: readonly string[]) =>
  [`POST ${PATH} HTTP/1.1`, "host: localhost", "content-type: application/json", ...lines, "", ""].join("\r\n");
const closing = (...lines: readonly string[]) => head("connection: close", ...lines);
const get = (target: string, headers = "") => `GET ${target} HTTP/1.1\r\nhost: localhost\r\n${CLOSE}${headers}\r\n`;
const withBody = (body: string | Uint8Array, ...lines: readonly string[]): Step[] => {
  const content = typeof body === "string" ? Buffer.from(body) : body;
  return [closing(`content-length: ${content.byteLength}`, ...lines), content];
};
const chunked = (...framing: readonly string[]): Step[] => [closing("transfer-encoding: chunked"), framing.join("")];

const refused = (code: keyof typeof errorReplies, ...all: readonly (readonly Step[] | string)[]): Attack[] =>
  all.map((one) => ({ sends: typeof one === "string" ? [one] : one, answers: [code] }));
const passed = (body: string | Uint8Array, ...lines: readonly string[]): Attack => ({
  sends: withBody(body, ...lines),
  answers: ["forwarded"],
  upstream: { body },
});

const ok = '{"model":"m","messages":[]}';
const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const utf16 = (text: string, bom = "\ufeff") => Buffer.from(bom + text, "utf16le");

const attacks: Readonly<Record<string, readonly Attack[]>> = {
  "a target that is no path of this server": [
    ...refused(
      "TARGET_INVALID",
      get("http://127.0.0.1:9/x"),
      get("//127.0.0.1:9/x"),
      get("/.//127.0.0.1:9/x"),
      get("/..//127.0.0.1:9/x"),
      get("/a/..//127.0.0.1:9/x"),
      get("/%2e//127.0.0.1:9/x"),
      get("/%2e%2e/x"),
      get("/v1/%252e%252e/x"),
      get("/v1/..;/x"),
      get("/v1\\..\\x"),
      get("/v1/x#y"),
      get("/v1/%00"),
      get("/v1/%0d%0ahost:%20y"),
      get("/v1/%ff"),
      `OPTIONS * HTTP/1.1\r\nhost: localhost\r\n${CLOSE}\r\n`,
      "CONNECT 127.0.0.1:9 HTTP/1.1\r\nhost: 127.0.0.1:9\r\n\r\n",
    ),
    ...refused("REQUEST_MALFORMED", get("/v1/a b"), get("/v1/\x00"), get("x@127.0.0.1")),
  ],

  "a request that two servers could read as two": [
    ...refused(
      "REQUEST_MALFORMED",
      head("content-length: 5", "transfer-encoding: chunked"),
      head("transfer-encoding: chunked", "content-length: 5"),
      head("content-length: 5", "content-length: 6"),
      head("content-length: 5", "content-length: 5"),
      head("content-length: 5, 5"),
      head("content-length: +5"),
      head("content-length: -5"),
      head("content-length: 0x5"),
      head("content-length: 5 5"),
      head("content-length:"),
      head("content-length: 99999999999999999999"),
      head("transfer-encoding : chunked"),
      head(" transfer-encoding: chunked"),
      head("x: y\r\n transfer-encoding: chunked"),
      head("transfer-encoding: chunked, identity"),
      head("transfer-encoding: chunked", "transfer-encoding: chunked"),
      head("transfer-encoding:\x0bchunked"),
      head("transfer-encoding: chunked\x00"),
      head("x: y\rtransfer-encoding: chunked"),
      head("x: y\ntransfer-encoding: chunked"),
    ),
    ...refused(
      "HEADER_INVALID",
      [closing("transfer-encoding: gzip, chunked"), "0\r\n\r\n"],
      [closing("transfer-encoding: cow, chunked"), "0\r\n\r\n"],
      `POST ${PATH} HTTP/1.0\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
    ),
    {
      // The second request is nobody's but the sender's own: two requests, two records.
      sends: [head(`content-length: ${ok.length}`), ok, ...withBody(ok)],
      answers: ["forwarded", "forwarded"],
    },
    {
      sends: [head(`content-length: ${ok.length}`), ok, "\r\nGARBAGE\r\n\r\n"],
      answers: ["forwarded", "REQUEST_MALFORMED"],
      upstream: { body: ok },
    },
    {
      // What stands behind a body of a refused length is not a request of its own.
      sends: [closing("content-length: 200000"), get("/v1/models")],
      answers: ["DOCUMENT_TOO_LARGE"],
    },
  ],

  "a header that smuggles another": [
    ...refused(
      "REQUEST_MALFORMED",
      head("accept: a\rb: c"),
      head("accept: a\x00b"),
      head("accept: a\x7fb"),
      head("accept\x00: a"),
      head("acc ept: a"),
      head(": a"),
      head("accept"),
      "POST / HTTP/1.1\nhost: localhost\n\n",
      "GET / HTTP/1.1 \r\nhost: localhost\r\n\r\n",
      "GET / HTTP/1.1\r\n host: localhost\r\n\r\n",
      "GET / HTTP/5.6\r\nhost: localhost\r\n\r\n",
      "GET / ICE/1.0\r\nhost: localhost\r\n\r\n",
      "G\u00c9T / HTTP/1.1\r\nhost: localhost\r\n\r\n",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
      "\x00\x00\x00\x00",
    ),
    ...refused(
      "HEADER_INVALID",
      `GET /v1/models HTTP/1.1\r\n${CLOSE}\r\n`,
      get("/v1/models", "host: 127.0.0.1\r\n"),
      closing("expect: 200-ok", "content-length: 2"),
    ),
    ...refused(
      "HOST_NOT_ALLOWED",
      "GET /v1/models HTTP/1.0\r\n\r\n",
      get("/v1/models").replace("localhost", "a.example"),
    ),
    ...refused("REQUEST_HEAD_TOO_LARGE", head(`x: ${"a".repeat(20_000)}`), get(`/${"a".repeat(20_000)}`)),
    ...refused("REQUEST_HEAD_TOO_LARGE", head("a: b\r\n".repeat(9000).trimEnd())),
  ],

  "a header twice, or one that asks for too much": [
    ...refused(
      "HEADER_INVALID",
      withBody(ok, "authorization: Bearer a", "authorization: Bearer b"),
      withBody(ok, "x-api-key: a", "x-api-key: b"),
      withBody(ok, "X-Goog-Api-Key: a", "x-goog-api-key: a"),
      get("/v1/models").replace("GET", "TRACE"),
    ),
    ...refused(
      "REQUEST_TYPE_UNSUPPORTED",
      withBody(ok, "content-type: multipart/form-data; boundary=x"),
      withBody(ok, "content-type: application/json"),
      [closing("content-length: 2").replace("json", "json; charset=utf-8; charset=utf-16"), "{}"],
      [closing("content-length: 2").replace("json", "json, text/plain"), "{}"],
    ),
    ...refused("REQUEST_BODY_MALFORMED", withBody(ok, "content-encoding: identity", "content-encoding: gzip")),
    passed(ok, "connection: host, content-type, content-length"),
    passed(ok, "upgrade: h2c", "connection: upgrade, http2-settings", "http2-settings: AAMAAABkAAQAAP__"),
    passed(ok, "trailer: authorization", "te: trailers"),
    passed(ok, "x-original-url: /admin", "x-rewrite-url: /admin", "x-http-method-override: DELETE"),
    passed(ok, "user-agent: \u00e9\u00ff", "accept: a\tb"),
  ],

  "a body in crooked chunks": [
    ...refused(
      "REQUEST_BODY_MALFORMED",
      chunked("zz\r\n{}\r\n0\r\n\r\n"),
      chunked("-2\r\n{}\r\n0\r\n\r\n"),
      chunked("0x2\r\n{}\r\n0\r\n\r\n"),
      chunked("2 \r\n{}\r\n0\r\n\r\n"),
      chunked("2\n{}\r\n0\r\n\r\n"),
      chunked("2\r\n{}\n0\r\n\r\n"),
      chunked("2\r\n{}xx\r\n0\r\n\r\n"),
      chunked("fffffffffffffffff\r\n{}"),
      chunked("2;\x00\r\n{}\r\n0\r\n\r\n"),
      chunked(`2;${"a".repeat(20_000)}\r\n{}\r\n0\r\n\r\n`),
      chunked("2\r\n{}\r\n0\r\nbad trailer\r\n\r\n"),
      chunked("2\r\n{}\r\n0\r\ncontent-length: 9\r\n\r\n"),
    ),
    ...refused("DOCUMENT_TOO_LARGE", chunked("1e000\r\n", " ".repeat(0x1e000), "\r\n0\r\n\r\n")),
    { sends: chunked("2;a=b\r\n{}\r\n0\r\nx: y\r\n\r\n"), answers: ["forwarded"], upstream: { body: "{}" } },
    {
      sends: chunked("01\r\n{\r\n0001\r\n}\r\n000\r\n\r\n"),
      answers: ["forwarded"],
      upstream: { body: "{}" },
    },
  ],

  "a body that grows when it is decoded": [
    ...(
      [
        ["gzip", zlib.gzipSync],
        ["deflate", zlib.deflateSync],
        ["br", zlib.brotliCompressSync],
        ["zstd", zlib.zstdCompressSync],
      ] as const
    ).flatMap(([coding, encode]) => {
      const bomb = encode(Buffer.alloc(20_000_000, 0x20));
      return refused("DOCUMENT_TOO_LARGE", withBody(bomb, `content-encoding: ${coding}`));
    }),
    ...refused(
      "DOCUMENT_TOO_LARGE",
      withBody(zlib.gzipSync(zlib.gzipSync(Buffer.alloc(20_000_000, 0x20))), "content-encoding: gzip, gzip"),
    ),
    ...refused(
      "REQUEST_BODY_MALFORMED",
      withBody(ok, "content-encoding: gzip"),
      withBody(zlib.gzipSync(ok).subarray(0, 20), "content-encoding: gzip"),
      withBody(Buffer.concat([zlib.gzipSync(ok), bytes("more")]), "content-encoding: gzip"),
    ),
    ...refused("REQUEST_ENCODING_UNSUPPORTED", withBody(ok, "content-encoding: compress")),
    ...refused("REQUEST_ENCODING_UNSUPPORTED", withBody(ok, `content-encoding: ${Array(100).fill("gzip").join(", ")}`)),
  ],

  "a body that is no text, or no JSON": [
    ...refused(
      "DOCUMENT_NOT_UTF8",
      withBody(bytes('["\xff"]')),
      withBody(bytes('["\xc0\xaf"]')),
      withBody(bytes('["\xed\xa0\x80"]')),
      withBody(bytes('["\xf4\x90\x80\x80"]')),
      withBody(bytes('["\xe2\x82')),
      withBody(utf16(ok)),
      withBody(utf16(ok).swap16()),
    ),
    ...refused(
      "DOCUMENT_NOT_JSON",
      withBody(`\ufeff${ok}`),
      withBody(utf16(ok, "")),
      withBody("{"),
      withBody("{}{}"),
      withBody("{'a':1}"),
      withBody('{"a":1,}'),
      withBody("[01]"),
      withBody("[NaN]"),
      withBody("[1e]"),
      withBody('["\u0000"]'),
      withBody("   "),
      withBody("// c\n{}"),
    ),
    ...refused(
      "DOCUMENT_TOO_DEEP",
      withBody(nested(65)),
      withBody("[".repeat(90_000)),
      withBody('{"a":'.repeat(15_000)),
    ),
    ...refused("REQUEST_TYPE_UNSUPPORTED", [
      closing("content-length: 2").replace("application/json", "application/x-sh"),
      "{}",
    ]),
  ],

  "a document that means different things to different parsers": [
    passed(nested(64)),
    passed('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}},"toString":null,"hasOwnProperty":1}'),
    passed('{"messages":[{"__proto__":[],"role":"user","content":"hello"}],"__proto__":null}'),
    passed('{"model":"m","model":"n","a":{"b":1,"b":2},"a":3}'),
    passed('{"n":[1e400,-1e400,123456789012345678901234567890,1e-400,-0,0.1000000000000000055511151231257827]}'),
    passed(`{"n":${"9".repeat(50_000)}}`),
    passed(`{"n":1${"0".repeat(20_000)}e${"9".repeat(20_000)}}`),
    passed('{"a":"\\ud800","b":"\\udfff\\ud800","\\ud83d":1}'),
    passed('{"\\u006dodel":"m","messages":[],"":"","\\u0000":"\\u0000"}'),
    passed(`{"a":"${"\\u0000".repeat(10_000)}"}`),
    passed(`[${Array(20_000).fill("0").join(",")}]`),
    passed(`{${Array.from({ length: 8000 }, (_, at) => `"k${at % 7}":0`).join(",")}}`),
  ],

  "a client that stops halfway": [
    ...refused("REQUEST_MALFORMED", [head().slice(0, -10), END]),
    { sends: [head("content-length: 100"), "{", END], answers: [], reasons: ["client_left"] },
    { sends: [head("transfer-encoding: chunked"), "5\r\n{", END], answers: [], reasons: ["client_left"] },
    { sends: [head("content-length: 100", "expect: 100-continue"), END], answers: [], reasons: ["client_left"] },
    { sends: [END], answers: [] },
  ],
};

const limits = { maxRequestBytes: 100_000, maxNestingDepth: 64 };

async function underAttack(test: TestContext, servesTls: boolean) {
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
  const proxy = servesTls ? { tls: await certificateFiles(test) } : {};
  const haechi = await startHaechi(test, upstream.url, { limits, proxy });
  const seen = { requests: 0, records: 0 };
  return {
    haechi,
    /** What has come of the attack since the last call; a client that is gone does not see when it is recorded. */
    async after(expected: number): Promise<{ requests: readonly RecordedRequest[]; reasons: readonly string[] }> {
      let entries = (await haechi.auditEntries()).slice(seen.records);
      while (entries.length < expected) {
        await setImmediate();
        entries = (await haechi.auditEntries()).slice(seen.records);
      }
      const requests = upstream.requests.slice(seen.requests);
      seen.records += entries.length;
      seen.requests += requests.length;
      return { requests, reasons: entries.map((entry) => ("decision" in entry ? entry.reason : "forwarded")) };
    },
  };
}

async function certificateFiles(test: TestContext) {
  const folder = await tempFolder(test);
  const { key, cert } = selfSignedCertificate();
  const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  await writeFile(keyFile, key);
  await writeFile(certFile, cert);
  return { keyFile, certFile };
}

const cases = Object.entries(attacks).flatMap(([name, all]) => [
  { name, all, over: "", dial: undefined },
  // TLS has no half of a connection that could end alone.
  ...(all.some(({ sends }) => sends.includes(END)) ? [] : [{ name, all, over: " over TLS", dial: overTls }]),
]);

describe("the gateway under attack", () => {
  for (const { name, all, over, dial } of cases) {
    it(`answers ${name}${over} as documented, with one record each, and goes on (${all.length})`, async (test) => {
      const { haechi, after } = await underAttack(test, dial !== undefined);
      const { port } = haechi.gateway;
      for (const { sends, answers, upstream, reasons: unanswered = [] } of all) {
        const shown = sends.map((step) => JSON.stringify(step.toString().slice(0, 120))).join(" ");
        const got = answersIn(await overRawSocket(port, sends, dial));
        const expected = answers.map((code) => (code === "forwarded" ? 200 : errorReplies[code].status));
        assert.deepEqual(
          got.map(({ status }) => status),
          expected,
          shown,
        );
        for (const [at, code] of answers.entries()) {
          if (code !== "forwarded") assert.equal(JSON.parse(got[at]!.body).error, errorReplies[code].error, shown);
        }
        const { requests, reasons } = await after(answers.length + unanswered.length);
        if (answers.length === 0) assert.deepEqual(reasons, unanswered, shown);
        assert.equal(reasons.length, answers.length + unanswered.length, `${shown}: ${reasons}`);
        assert.equal(requests.length, answers.filter((code) => code === "forwarded").length, shown);
        if (upstream !== undefined) assert.deepEqual(requests[0]!.body, Buffer.from(upstream.body), shown);
      }
      const alive = answersIn(await overRawSocket(port, withBody(ok), dial));
      assert.deepEqual([alive.length, alive[0]!.status], [1, 200]);
      assert.deepEqual((await after(1)).reasons, ["forwarded"]);
      assert.ok(!haechi.logged.some((line) => line.includes("proxy_internal_error")));
    });
  }
});
