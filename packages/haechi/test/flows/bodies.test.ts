import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import * as zlib from "node:zlib";
import type { ConfigInput } from "../../src/config/schema.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const EMAIL = "minji.kim@example.com";
const clean = '{ "model":"m", "messages":[{"role":"user","content":"hello"}] }';
const dirty = clean.replace("hello", `write to ${EMAIL}`);
const redacted = clean.replace("hello", "write to [REDACTED:email]");
const png = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(600, 0xa7)]);

async function between(test: TestContext, config: ConfigInput = {}) {
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
  const haechi = await startHaechi(test, upstream.url, {
    policy: { presets: [], actions: { card: "redact", secret: "redact" } },
    ...config,
  });
  return {
    ...haechi,
    async post(body: RequestInit["body"], headers: Record<string, string>, path = "/v1/chat/completions") {
      const sent = upstream.requests.length;
      const reply = await fetch(haechi.url + path, { method: "POST", headers, body: body ?? null });
      const error: unknown = reply.ok ? null : JSON.parse(await reply.text()).error;
      const request = upstream.requests[sent];
      const header = (name: string) => {
        const at = request?.rawHeaders.findIndex((one, index) => index % 2 === 0 && one.toLowerCase() === name) ?? -1;
        return at === -1 ? null : request!.rawHeaders[at + 1];
      };
      return { status: reply.status, error, body: request?.body ?? null, header };
    },
  };
}

const json = { "content-type": "application/json" };
const encoders: Readonly<Record<string, (text: string) => Buffer>> = {
  gzip: zlib.gzipSync,
  deflate: zlib.deflateSync,
  br: zlib.brotliCompressSync,
  zstd: zlib.zstdCompressSync,
};

describe("a coded request body", () => {
  it("reaches the upstream as it came when nothing had to be changed", async (test) => {
    const { post } = await between(test);
    for (const [coding, encode] of Object.entries(encoders).filter(([name]) => name !== "br")) {
      const headers = { "content-type": "Application/Json; charset=UTF-8", "content-encoding": coding };
      const { body, header } = await post(encode(clean), headers);
      assert.deepEqual(body, encode(clean), coding);
      assert.deepEqual([header("content-encoding"), header("content-type")], [coding, headers["content-type"]]);
    }
  });

  it("is looked into, and leaves decoded when it had to be changed", async (test) => {
    const { post } = await between(test);
    for (const [coding, encode] of Object.entries(encoders)) {
      const { body, header } = await post(encode(dirty), { ...json, "content-encoding": coding });
      assert.equal(String(body), redacted, coding);
      assert.equal(header("content-encoding"), null);
    }
  });

  it("leaves decoded when its coding says more than the content", async (test) => {
    const { post } = await between(test);
    const plain = zlib.gzipSync(clean);
    const named = Buffer.concat([plain.subarray(0, 10), Buffer.from(`${EMAIL}\0`), plain.subarray(10)]);
    named[3] = 8;
    assert.equal(String((await post(named, { ...json, "content-encoding": "gzip" })).body), clean);
    const noted = brotliWithMetadata(clean, EMAIL);
    assert.ok(noted.includes(EMAIL) && String(zlib.brotliDecompressSync(noted)) === clean);
    const { body, header } = await post(noted, { ...json, "content-encoding": "br" });
    assert.deepEqual([String(body), header("content-encoding")], [clean, null]);
  });

  it("is refused when it is unknown, broken, or larger than it may be, and nothing is sent", async (test) => {
    const { post } = await between(test, { limits: { maxRequestBytes: 100_000 } });
    const bomb = zlib.gzipSync(JSON.stringify("x".repeat(10_000_000)));
    for (const [body, coding, status, error] of [
      [Buffer.from(clean), "compress", 415, "haechi_request_encoding_unsupported"],
      [Buffer.from(clean), "gzip", 400, "haechi_request_body_malformed"],
      [bomb, "gzip", 413, "haechi_request_body_too_large"],
    ] as const) {
      const reply = await post(body, { ...json, "content-encoding": coding });
      assert.deepEqual([reply.status, reply.error, reply.body], [status, error, null]);
    }
  });
});

/** RFC 7932 §9.2: a block of metadata, an uncompressed one with the content, and an empty last one. */
function brotliWithMetadata(content: string, metadata: string): Buffer {
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let bit = 0; bit < count; bit++) bits.push((value >> bit) & 1);
  };
  const putBytes = (text: string) => {
    while (bits.length % 8 !== 0) bits.push(0);
    for (const byte of Buffer.from(text)) put(byte, 8);
  };
  put(0, 1 + 1);
  put(0b0_1_0_11, 5);
  put(metadata.length - 1, 8);
  putBytes(metadata);
  put(0, 1 + 2);
  put(content.length - 1, 16);
  put(1, 1);
  putBytes(content);
  put(0b11, 2);
  while (bits.length % 8 !== 0) bits.push(0);
  return Buffer.from(
    bits
      .join("")
      .match(/.{8}/g)!
      .map((byte) => Number.parseInt([...byte].reverse().join(""), 2)),
  );
}

describe("the type of a request body", () => {
  const types = [
    `application/vnd.${EMAIL.replace("@", "-")}.4111111111111111+json`,
    "multipart/form-data; boundary=4111111111111111",
    'multipart/form-data; boundary="card 4111 1111 1111 1111"',
  ];

  it("is refused when something is found in it, and nothing is sent or told of it", async (test) => {
    const { post } = await between(test);
    for (const type of types) {
      const boundary = /boundary="?([^"]*)/.exec(type)?.[1];
      const head = 'Content-Disposition: form-data; name="a"';
      const content = boundary === undefined ? clean : `--${boundary}\r\n${head}\r\n\r\nhello\r\n--${boundary}--\r\n`;
      const { status, body, error } = await post(content, { "content-type": type }, "/v1/files");
      assert.deepEqual([status, error, body], [415, "haechi_request_type_unsupported", null], type);
    }
  });

  it("passes where the policy lets it, and where nothing is enforced", async (test) => {
    const configs: readonly ConfigInput[] = [
      { policy: { presets: [], actions: { card: "allow" } } },
      { mode: "dry-run" },
    ];
    for (const config of configs) {
      const { post } = await between(test, config);
      assert.equal((await post(clean, { "content-type": types[0]! }, "/v1/files")).status, 200);
    }
  });
});

describe("a request body that is not JSON", () => {
  const multipart = (...parts: readonly string[]) => `${parts.map((part) => `--xx\r\n${part}\r\n`).join("")}--xx--\r\n`;
  const form = { "content-type": "multipart/form-data; boundary=xx" };
  const named = (name: string, rest = "") => `Content-Disposition: form-data; name="${name}"${rest}`;

  it("may be lines of JSON, each a document", async (test) => {
    const { post } = await between(test);
    const lines = `${clean}\r\n\r\n${dirty}\n`;
    const { body } = await post(lines, { "content-type": "application/jsonl" }, "/v1/files");
    assert.equal(String(body), lines.replace(dirty, redacted));
  });

  it("may be text, which is JSON where it reads like that", async (test) => {
    const { post } = await between(test);
    const type = { "content-type": "text/plain" };
    assert.equal(String((await post(`about ${EMAIL}\n`, type)).body), "about [REDACTED:email]\n");
    const { body } = await post('{"password":"hunter2hunter2"}', type);
    assert.equal(String(body), '{"password":"[REDACTED:secret]"}');
    const stream = await post('{"stream":true}', type);
    assert.equal(stream.error, "haechi_streaming_unsupported");
  });

  it("may be a form, in which names and values are read decoded", async (test) => {
    const { post } = await between(test);
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const written = "a=1%2C2&mail=minji.kim%40example.com&password=hunter2hunter2&b=%zz+";
    const { body, header } = await post(written, type);
    assert.equal(String(body), "a=1%2C2&mail=%5BREDACTED%3Aemail%5D&password=%5BREDACTED%3Asecret%5D&b=%zz+");
    assert.equal(header("content-type"), type["content-type"]);
    const unchanged = "a=1%2C2&b=%zz+&&c&=d";
    assert.equal(String((await post(unchanged, type)).body), unchanged);
  });

  it("may be multipart: all but what was replaced stays byte for byte", async (test) => {
    const { post } = await between(test, { policy: { presets: [], actions: { secret: "redact" } } });
    const parts = (mail: string, secret: string) =>
      multipart(
        `${named("prompt")}\r\n\r\nto ${mail}\r\n`,
        `${named("password")}\r\n\r\n${secret}`,
        `${named("file", `; filename="${mail} 1.jsonl"`)}\r\nContent-Type: application/octet-stream\r\n\r\n{"a":"${mail}"}\n{"b": 1.0}`,
        `${named("note")}\r\nContent-Length: ${mail.length}\r\n\r\n${mail}`,
      );
    const written = parts(EMAIL, "hunter2hunter2");
    const { body, header } = await post(written, form, "/v1/files");
    assert.equal(String(body), parts("[REDACTED:email]", "[REDACTED:secret]"));
    assert.equal(header("content-type"), form["content-type"]);
    const harmless = parts("nobody", "");
    assert.equal(String((await post(harmless, form, "/v1/files")).body), harmless);
  });

  it("has parts whose types are looked into like their names", async (test) => {
    const { post } = await between(test);
    const typed = (type: string) =>
      multipart(`${named("file", '; filename="a.png"')}\r\nContent-Type: ${type}\r\n\r\nx`);
    const { body } = await post(typed(`image/png; name="${EMAIL}"`), form, "/v1/files");
    assert.equal(String(body), typed("image/png; name=%22[REDACTED:email]%22"));
    const harmless = typed("audio/webm;codecs=opus");
    assert.equal(String((await post(harmless, form, "/v1/files")).body), harmless);
  });

  it("has parts of text that are read as text whatever charset they name, or refused", async (test) => {
    const { post } = await between(test);
    const noted = (rest: string, text: string) => multipart(`${named("note")}${rest}\r\n\r\n${text}`);
    const type = (charset: string) => `\r\nContent-Type: text/plain; charset=${charset}`;
    const wide = Buffer.from(EMAIL, "utf16le").toString("latin1");
    assert.equal(
      String((await post(noted(type("ISO-8859-1"), EMAIL), form)).body),
      noted(type("ISO-8859-1"), "[REDACTED:email]"),
    );
    assert.doesNotMatch(String((await post(noted("", wide), form)).body), /j\0i\0/);
    for (const body of [
      Buffer.from(noted(type("ISO-8859-1"), `é ${EMAIL}`), "latin1"),
      noted(type("utf-16le"), wide),
      noted(type("utf-7"), EMAIL),
    ]) {
      const reply = await post(body, form);
      assert.deepEqual([reply.status, reply.body], [400, null]);
    }
  });

  it("may carry data that are no text: they are counted, pass byte for byte, and can be blocked", async (test) => {
    const head = Buffer.from(`--xx\r\n${named("image", '; filename="a.png"')}\r\nContent-Type: image/png\r\n\r\n`);
    const body = Buffer.concat([head, png, Buffer.from("\r\n--xx--\r\n")]);
    const { post, auditEntries } = await between(test);
    assert.deepEqual((await post(body, form, "/v1/images/edits")).body, body);
    assert.deepEqual((await post(png, { "content-type": "image/png" })).body, png);
    for (const { summary } of await auditEntries()) assert.deepEqual(summary.byType, { media_image: 1 });
    const blocking = await between(test, { filters: { media: { image: "block" } } });
    assert.equal((await blocking.post(body, form, "/v1/images/edits")).error, "haechi_policy_block");
    assert.equal((await blocking.post(png, { "content-type": "image/png" })).error, "haechi_policy_block");
  });

  it("says what it asks for in its fields, as JSON does in its members", async (test) => {
    const { post } = await between(test, { policy: { modelAllowlist: ["m"] } });
    const asking = (model: string) => multipart(`${named("model")}\r\n\r\n${model}`);
    assert.equal((await post(asking("m"), form, "/v1/audio/transcriptions")).status, 200);
    const refused = await post(asking("other"), form, "/v1/audio/transcriptions");
    assert.deepEqual([refused.error, refused.body], ["haechi_model_not_allowed", null]);
    const file = `${named("file", '; filename="a.jsonl"')}\r\n\r\n{"body":{"model":"m"}}\n{"body":{"model":"other"}}`;
    assert.equal((await post(multipart(file), form, "/v1/files")).error, "haechi_model_not_allowed");
    const allowed = multipart(file.replace("other", "m"));
    assert.equal(String((await post(allowed, form, "/v1/files")).body), allowed);
    const streaming = multipart(`${named("model")}\r\n\r\nm`, `${named("stream")}\r\n\r\ntrue`);
    const reply = await post(streaming, form, "/v1/audio/transcriptions");
    assert.equal(reply.error, "haechi_streaming_unsupported");
  });

  it("is refused when it cannot be looked into", async (test) => {
    const { post } = await between(test);
    for (const [body, type, status] of [
      [clean, "application/octet-stream", 415],
      [Buffer.from(clean, "utf16le"), "application/octet-stream", 415],
      [clean, "application/x-sh", 415],
      [Buffer.from(`${EMAIL} é`, "latin1"), "text/plain", 400],
      ["no parts", "multipart/form-data; boundary=xx", 400],
      [
        Buffer.from(
          multipart(`${named("f", '; filename="a.csv"')}\r\nContent-Type: application/octet-stream\r\n\r\né`),
          "latin1",
        ),
        "multipart/form-data; boundary=xx",
        400,
      ],
    ] as const) {
      const reply = await post(body, { "content-type": type });
      assert.deepEqual([reply.status, reply.body], [status, null], type);
    }
  });
});
