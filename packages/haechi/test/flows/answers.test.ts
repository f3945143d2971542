import assert from "node:assert/strict";
import type { OutgoingHttpHeaders } from "node:http";
import { describe, it, type TestContext } from "node:test";
import * as zlib from "node:zlib";
import type { ConfigInput } from "../../src/config/schema.ts";
import { recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const EMAIL = "minji.kim@example.com";
const about = (mail: string) => JSON.stringify({ text: `write to ${mail}` });
const mp3 = Buffer.concat([Buffer.from("494433040000", "hex"), Buffer.alloc(400, 0xa7)]);

interface Answered {
  readonly body: string | Uint8Array;
  readonly headers: OutgoingHttpHeaders;
  readonly path: string;
}

/** What a client gets of an answer, past an inspecting gateway. */
async function answers(test: TestContext, config: ConfigInput = {}) {
  let next: Answered;
  const upstream = await recordingUpstream(test, (response) => response.writeHead(200, next.headers).end(next.body));
  const haechi = await startHaechi(test, upstream.url, {
    policy: { presets: [], actions: {} },
    ...config,
    responseProtection: { enabled: true, ...config.responseProtection },
  });
  return async (body: string | Uint8Array, headers: OutgoingHttpHeaders, path = "/v1/chat/completions") => {
    next = { body, headers, path };
    const reply = await fetch(haechi.url + path);
    const bytes = Buffer.from(await reply.arrayBuffer());
    const text = bytes.toString();
    return { status: reply.status, headers: reply.headers, bytes, text, entries: await haechi.auditEntries() };
  };
}

describe("an answer", () => {
  const json = { "content-type": "application/json" };

  it("that comes compressed is decoded, inspected and passed on decoded", async (test) => {
    const get = await answers(test);
    for (const [coding, encode] of [
      ["gzip", zlib.gzipSync],
      ["deflate", zlib.deflateSync],
      ["br", zlib.brotliCompressSync],
      ["zstd", zlib.zstdCompressSync],
    ] as const) {
      const { text, headers } = await get(encode(about(EMAIL)), { ...json, "content-encoding": coding, etag: '"1"' });
      assert.equal(text, about("[REDACTED:email]"), coding);
      assert.deepEqual([headers.get("content-encoding"), headers.get("etag")], [null, null]);
    }
  });

  it("that cannot be decoded, or inflates past the limit, is refused", async (test) => {
    const get = await answers(test, { responseProtection: { maxBytes: 10_000 } });
    const broken = await get("no gzip", { ...json, "content-encoding": "gzip" });
    assert.match(broken.text, /"haechi_response_unprotected"[\s\S]*"compressed_response"/);
    const bomb = await get(zlib.gzipSync(JSON.stringify("x".repeat(100_000))), { ...json, "content-encoding": "gzip" });
    assert.match(bomb.text, /"haechi_response_too_large"/);
    const off = await answers(test, { responseProtection: { decodeCompressed: false } });
    const refused = await off(zlib.gzipSync(about("x")), { ...json, "content-encoding": "gzip" });
    assert.equal(refused.status, 502);
  });

  it("of lines of JSON is inspected line by line", async (test) => {
    const get = await answers(test);
    const { text, headers } = await get(`${about("x")}\n${about(EMAIL)}\n`, { "content-type": "application/x-ndjson" });
    assert.equal(text, `${about("x")}\n${about("[REDACTED:email]")}\n`);
    assert.equal(headers.get("content-type"), "application/x-ndjson");
  });

  it("of text is inspected where the route answers with text, and refused elsewhere", async (test) => {
    const get = await answers(test);
    const subtitles = (mail: string) => `WEBVTT\n\n00:00.000 --> 00:01.000\n${mail}\n`;
    const type = { "content-type": "text/vtt; charset=utf-8" };
    const read = await get(subtitles(EMAIL), type, "/v1/audio/transcriptions");
    assert.equal(read.text, subtitles("[REDACTED:email]"));
    assert.equal((await get(subtitles(EMAIL), type)).status, 502);
    const file = await get(about(EMAIL), { "content-type": "application/octet-stream" }, "/v1/files/f/content");
    assert.equal(file.text, about("[REDACTED:email]"));
    const allowing = await answers(test, { responseProtection: { allowNonJson: true } });
    assert.equal((await allowing(subtitles(EMAIL), type)).text, subtitles("[REDACTED:email]"));
  });

  it("of sound passes where the route answers with sound, is counted, and can be blocked", async (test) => {
    const type = { "content-type": "audio/mpeg" };
    const get = await answers(test);
    const spoken = await get(mp3, type, "/v1/audio/speech");
    assert.deepEqual(spoken.bytes, mp3);
    assert.deepEqual(spoken.entries.at(-1)!.summary.byType, { media_audio: 1 });
    assert.equal((await get(mp3, type)).status, 502);
    assert.equal((await get(EMAIL, type, "/v1/audio/speech")).status, 502, "text that says that it is sound");
    const blocking = await answers(test, { filters: { media: { audio: "block" } } });
    assert.match((await blocking(mp3, type, "/v1/audio/speech")).text, /"haechi_response_policy_block"/);
  });
});
