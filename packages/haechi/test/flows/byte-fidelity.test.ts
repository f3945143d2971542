import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as zlib from "node:zlib";
import fc from "fast-check";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const send = (url: string, body: string) =>
  fetch(`${url}/v1/chat/completions`, { method: "POST", headers: { "content-type": "application/json" }, body });

const encoders: Readonly<Record<string, (text: string) => Buffer>> = {
  identity: (text) => Buffer.from(text),
  gzip: zlib.gzipSync,
  br: zlib.brotliCompressSync,
  zstd: zlib.zstdCompressSync,
};

describe("what did not have to be changed", () => {
  it("reaches the upstream byte for byte: numbers, order, escapes, white space and repeated keys", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const { url } = await startHaechi(test, upstream.url);
    const bodies = [
      '{ "b":12345678901234567890 ,\n"a":1.10,"e":1E400,"z":-0 }',
      '{"model":"m","model":"n","text":"\\u0041\\/\\ud83d\\ude00 \\t"}',
      '["\\u0000",{"__proto__":1,"constructor":2}]',
    ];
    for (const body of bodies) {
      assert.equal((await send(url, body)).status, 200);
      assert.equal(upstream.requests.at(-1)!.body.toString(), body);
    }
  });

  it("surrounds a replaced value byte for byte", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const { url } = await startHaechi(test, upstream.url, { policy: { presets: [], actions: { card: "redact" } } });
    const spelled = fc.string({
      unit: fc.constantFrom("a", " ", ".", "é", "한", "\\n", "\\u00e9", '\\"', "\\/"),
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(
        spelled,
        spelled,
        fc.constantFrom("1.10", "-0", "12345678901234567890"),
        async (a, b, number) => {
          const around = (value: string) => `{ "n":${number},  "t":"${a} ${value} ${b}"\t}`;
          await send(url, around("minji.kim@example.com"));
          assert.equal(upstream.requests.at(-1)!.body.toString(), around("[REDACTED:email]"));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is the whole body but for the values, in any JSON, spelling, kind of body and coding", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const { url } = await startHaechi(test, upstream.url, { policy: { presets: [], actions: {} } });
    const mail = "minji.kim@example.com";
    // A value stands between words, as text does; what it stands in is any JSON, in any spacing.
    const words = fc.constantFrom("a", "한 글", "x\\y", 'say "', "line\n", `to ${mail} or`, "😀 1.10");
    const text = fc.array(words, { maxLength: 4 }).map((all) => all.join(" "));
    const leaf = fc.oneof(text, fc.constantFrom(1.5, -0, null, true));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("role", "content", "arguments", "n"), tie("value")),
        // Tool arguments, which are JSON in a string.
        fc.record({ arguments: fc.dictionary(fc.constantFrom("a", "b"), text).map((one) => JSON.stringify(one)) }),
      ),
    }));
    const body = fc.tuple(value, fc.constantFrom(0, 1, "\t")).map(([one, space]) => JSON.stringify([one], null, space));
    const type = fc.constantFrom(
      "application/json",
      "Application/JSON; Charset=utf-8",
      "text/plain",
      "application/x-ndjson",
    );
    const coding = fc.constantFrom("identity", "gzip", "br", "zstd");
    await fc.assert(
      fc.asyncProperty(body, type, coding, async (written, contentType, contentCoding) => {
        const sent = contentType === "application/x-ndjson" ? `${JSON.stringify(JSON.parse(written))}\n\n"x"` : written;
        const wire = encoders[contentCoding]!(sent);
        const headers = { "content-type": contentType, "content-encoding": contentCoding };
        const reply = await fetch(`${url}/v1/chat/completions`, { method: "POST", headers, body: wire });
        assert.equal(reply.status, 200);
        const { body: got, rawHeaders } = upstream.requests.at(-1)!;
        const headerSent = (name: string) => rawHeaders[rawHeaders.indexOf(name) + 1];
        assert.equal(headerSent("content-type"), contentType);
        if (sent.includes(mail)) {
          assert.equal(got.toString(), sent.replaceAll(mail, "[REDACTED:email]"));
          assert.ok(!rawHeaders.includes("content-encoding"));
        } else if (contentCoding === "br") {
          // It has room for what no reader shows.
          assert.equal(got.toString(), sent);
          assert.ok(!rawHeaders.includes("content-encoding"));
        } else {
          assert.deepEqual(got, wire);
          assert.equal(headerSent("content-encoding"), contentCoding);
        }
      }),
      { numRuns: 80 },
    );
  });

  it("comes back to the client byte for byte, although it was inspected", async (test) => {
    const answer = '{ "created":1.0,"choices":[{"message":{"content":"h\\u00e9 12345678901234567890"}}],"x":1E400 }';
    const upstream = await recordingUpstream(test, (response) => answerJson(response, answer));
    const { url } = await startHaechi(test, upstream.url, { responseProtection: { enabled: true } });
    assert.equal(await (await send(url, '{"model":"m"}')).text(), answer);
  });
});
