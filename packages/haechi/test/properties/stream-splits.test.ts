import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import OpenAI from "openai";
import { chatStreamEvents } from "../support/recording-upstream.ts";
import { scriptedUpstream } from "../support/scripted-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

/** Every so many bytes a stream is cut; the events differ in length, so that all their parts are. */
const STEP = Number(process.env.HAECHI_SPLIT_STEP ?? 7);
const RUNS = fc.readConfigureGlobal().numRuns ?? 50;

const EVENT_STREAM = ["content-type", "text/event-stream"];
const benign = chatStreamEvents([
  "Hel",
  "lo, ",
  "wör",
  "ld — 안녕",
  "하세요. ",
  "See v1.2.3 ",
  "at a@b",
  " or 12",
  "34.\n",
  "",
]);

/** What the official SDK makes of a stream. */
async function readWithSdk(client: OpenAI): Promise<{ chunks: unknown[]; text: string }> {
  const stream = await client.chat.completions.create({
    model: "test-model",
    messages: [{ role: "user", content: "hello" }],
    stream: true,
  });
  const chunks: unknown[] = [];
  let text = "";
  for await (const chunk of stream) {
    chunks.push(chunk);
    text += chunk.choices[0]?.delta.content ?? "";
  }
  return { chunks, text };
}

/** The SDK without Haechi: the stream comes straight from memory. */
function directClient(stream: string): OpenAI {
  const answer = async () => new Response(stream, { headers: { "content-type": "text/event-stream" } });
  return new OpenAI({ baseURL: "http://127.0.0.1:1/v1", apiKey: "k", fetch: answer, maxRetries: 0 });
}

describe("a stream through Haechi", () => {
  it("gives the SDK the same chunks as without Haechi, wherever its bytes are cut", async (test) => {
    const upstream = scriptedUpstream();
    const haechi = await startHaechi(
      test,
      "http://127.0.0.1:1",
      { streaming: { requestMode: "inspect" } },
      { upstream },
    );
    const client = new OpenAI({ baseURL: `${haechi.url}/v1`, apiKey: "k", maxRetries: 0 });
    const expected = await readWithSdk(directClient(benign));
    const bytes = Buffer.from(benign);

    for (let cut = 0; cut <= bytes.length; cut += STEP) {
      upstream.answerWith({ headers: EVENT_STREAM, pieces: [bytes.subarray(0, cut), bytes.subarray(cut)] });
      assert.deepEqual(await readWithSdk(client), expected, `cut at byte ${cut}`);
    }
  });

  it("lets no part of a value through, wherever the deltas and the bytes are cut", async (test) => {
    const upstream = scriptedUpstream();
    const haechi = await startHaechi(
      test,
      "http://127.0.0.1:1",
      {
        streaming: { requestMode: "inspect" },
        policy: { presets: [], actions: { card: "redact", api_key: "redact", email: "redact", secret: "redact" } },
      },
      { upstream },
    );
    const client = new OpenAI({ baseURL: `${haechi.url}/v1`, apiKey: "k", maxRetries: 0 });
    const key = `AKIA${"Q7".repeat(8)}`;
    const text = `Mail minji.kim@example.com, card 4111 1111 1111 1111, key ${key}, password: hunter2hunter2x end`;
    const shown =
      "Mail [REDACTED:email], card [REDACTED:card], key [REDACTED:api_key], password: [REDACTED:secret] end";
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length)), fc.array(fc.nat(4000)), async (deltaCuts, byteCuts) => {
        const bytes = Buffer.from(chatStreamEvents(cutAt(text, deltaCuts)));
        upstream.answerWith({ headers: EVENT_STREAM, pieces: cutBytes(bytes, byteCuts) });
        assert.equal((await readWithSdk(client)).text, shown);
      }),
      { numRuns: RUNS },
    );
  });
});

function cutAt(text: string, cuts: readonly number[]): string[] {
  const places = [0, ...[...cuts].sort((a, b) => a - b), text.length];
  return places.slice(1).map((end, index) => text.slice(places[index], end));
}

function cutBytes(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}
