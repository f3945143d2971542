import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { CUTS, cuttingUpstream, inTurns, offsetsOf, wireResponse as wire } from "../support/cutting-upstream.ts";
import { assertCutsRecorded } from "../support/failed-exchanges.ts";
import { chatCompletion, chatStreamEvents } from "../support/recording-upstream.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";

const MAIL = "minji.kim@example.org";
const completion = Buffer.from(chatCompletion(`write to ${MAIL} today`));
const events = Buffer.from(chatStreamEvents(["minji.kim", "@example.org"]));

/** A response as it stands on the wire. */
const responses: Readonly<Record<string, Buffer>> = {
  "a JSON body of known length": wire("application/json", completion),
  "a JSON body in chunks": wire("application/json", completion, { chunks: 7 }),
  "a JSON body in gzip": wire("application/json", gzipSync(completion), { coding: "gzip" }),
  "a JSON body in br and chunks": wire("application/json", brotliCompressSync(completion), { coding: "br", chunks: 5 }),
  "a stream": wire("text/event-stream", events, { chunks: 9 }),
  "a stream in gzip": wire("text/event-stream", gzipSync(events), { coding: "gzip", chunks: 6 }),
  "a stream in deflate": wire("text/event-stream", deflateSync(events), { coding: "deflate", chunks: 6 }),
};

/** Bytes from one cut to the next: `npm run test:long` cuts at every one. */
const CUT_STEP = Number(process.env.HAECHI_CUT_STEP ?? 3);
const RESET_STEP = Number(process.env.HAECHI_RESET_STEP ?? 7);

describe("an upstream that", () => {
  for (const [how, cut] of Object.entries(CUTS)) {
    for (const [what, bytes] of Object.entries(responses)) {
      it(`${how} at any byte of ${what}: an error, one record of it, and nothing that was to be hidden`, async (test) => {
        const isStream = what.includes("stream");
        const haechi = await startHaechi(test, await cuttingUpstream(test, bytes, cut), {
          target: { forwardHeaders: ["x-cut"] },
          responseProtection: { enabled: true },
          streaming: { requestMode: "inspect" },
        });
        const step = how === "closes the connection" ? CUT_STEP : RESET_STEP;
        const offsets = offsetsOf(bytes, step);
        const headEnd = bytes.indexOf("\r\n\r\n") + 4;
        await inTurns(offsets, 16, async (at) => {
          const { status, text } = await ask(haechi, isStream, at);
          const where = `cut at ${at}: ${status} ${text}`;
          assert.ok(!text.includes(MAIL), where);
          assert.match(text, /haechi_upstream_unreachable/, where);
          // What a reset leaves of the bytes before it is up to the system.
          const isBegun = isStream && at >= headEnd;
          assert.ok(status === 502 || (isBegun && status === 200), where);
          if (isBegun && how === "closes the connection") assert.equal(status, 200, where);
        });
        const whole = await ask(haechi, isStream, bytes.length);
        assert.equal(whole.status, 200);
        assert.match(whole.text, /\[REDACTED:email\]/);
        await assertCutsRecorded(haechi, offsets.length);
      });
    }
  }
});

async function ask({ url }: HaechiUnderTest, stream: boolean, cut: number) {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-cut": String(cut) },
    body: JSON.stringify({ model: "m", messages: [{ role: "user", content: "hello" }], stream }),
  });
  return { status: response.status, text: await response.text() };
}
