import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { CUTS, cuttingUpstream, inTurns, offsetsOf, wireResponse } from "../support/cutting-upstream.ts";
import { assertCutsRecorded } from "../support/failed-exchanges.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";
import { eventsOf } from "../support/vendor-streams.ts";

const MAIL = "minji.kim@example.org";
const PIECES = ["minji.kim", "@example.org"];

/** A vendor's stream, and what tells its clients that it failed. */
interface CutStream {
  readonly type: NonNullable<ConfigInput["target"]>["type"];
  readonly target: string;
  readonly request: object;
  readonly contentType: string;
  readonly body: string;
  /** The error that a client of the vendor comes upon when it reads all that it got; null where there is none. */
  errorIn(text: string): unknown;
}

const generate = { contents: [{ role: "user", parts: [{ text: "hello" }] }] };
const chunks = PIECES.map((text, at) => ({
  candidates: [
    { content: { role: "model", parts: [{ text }] }, index: 0, ...(at === 0 ? {} : { finishReason: "STOP" }) },
  ],
}));

const STREAMS: Readonly<Record<string, CutStream>> = {
  "the JSON Lines of Ollama": {
    type: "ollama",
    target: "/api/chat",
    request: { model: "m", messages: [{ role: "user", content: "hello" }] },
    contentType: "application/x-ndjson",
    body: [
      ...PIECES.map((content) => ({ model: "m", message: { role: "assistant", content }, done: false })),
      { model: "m", message: { role: "assistant", content: "" }, done_reason: "stop", done: true },
    ]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(""),
    // Its client throws at the first line with this member.
    errorIn: (text) =>
      linesOf(text)
        .map((line) => JSON.parse(line).error)
        .find(Boolean),
  },
  "the array of Gemini": {
    type: "gemini",
    target: "/v1beta/models/m:streamGenerateContent",
    request: generate,
    contentType: "application/json",
    body: `[${chunks.map((chunk) => JSON.stringify(chunk)).join("\n,\r\n")}\n]\n`,
    errorIn: (text) => (JSON.parse(text) as { error?: unknown }[]).at(-1)?.error,
  },
  "the events of Gemini": {
    type: "gemini",
    target: "/v1beta/models/m:streamGenerateContent?alt=sse",
    request: generate,
    contentType: "text/event-stream",
    body: eventsOf(chunks).replaceAll("\n", "\r\n"),
    errorIn: (text) => datasIn(text).at(-1)?.error,
  },
  "the events of Anthropic": {
    type: "anthropic",
    target: "/v1/messages",
    request: { model: "m", max_tokens: 9, stream: true, messages: [{ role: "user", content: "hello" }] },
    contentType: "text/event-stream",
    body: eventsOf([
      { type: "message_start", message: { id: "msg_1", type: "message", role: "assistant", model: "m", content: [] } },
      { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
      ...PIECES.map((text) => ({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } })),
      { type: "content_block_stop", index: 0 },
      { type: "message_stop" },
    ]),
    // Its clients throw at an event of this name, whatever came before.
    errorIn: (text) => /\nevent: error\r?\ndata: \{/.test(`\n${text}`) && datasIn(text).at(-1)?.error,
  },
};

/** Bytes from one cut to the next: `npm run test:long` cuts at every one. */
const STEP = Number(process.env.HAECHI_RESET_STEP ?? 3);

describe("an upstream that", () => {
  for (const [how, cut] of Object.entries(CUTS)) {
    for (const [what, stream] of Object.entries(STREAMS)) {
      it(`${how} at any byte of ${what}: the client is told, in the words of the vendor, and sees nothing that was to be hidden`, async (test) => {
        const response = wireResponse(stream.contentType, Buffer.from(stream.body), { chunks: 7 });
        const haechi = await startHaechi(test, await cuttingUpstream(test, response, cut), {
          target: { type: stream.type, forwardHeaders: ["x-cut"] },
          responseProtection: { enabled: true },
          streaming: { requestMode: "inspect" },
        });
        const offsets = offsetsOf(response, how === "closes the connection" ? STEP : STEP * 3);
        const headEnd = response.indexOf("\r\n\r\n") + 4;
        await inTurns(offsets, 16, async (at) => {
          const { status, text, hasEnded } = await ask(haechi, stream, at);
          const where = `cut at ${at}: ${status} ${text}`;
          assert.ok(!text.includes(MAIL) && !text.includes(PIECES[1]!), where);
          if (status === 200 && !hasEnded) {
            // Behind its last byte nothing can be said, so the connection breaks off, as it did before.
            assert.equal(text.replace(/\s+$/, "").at(-1), "]", where);
            assert.equal(stream.contentType, "application/json");
            return;
          }
          assert.match(text, /haechi_upstream_unreachable/, where);
          if (status === 200) {
            assert.ok(at >= headEnd, where);
            assert.ok(Boolean(stream.errorIn(text)), where);
          } else {
            assert.equal(status, 502, where);
            // What a reset leaves of the bytes before it is up to the system.
            assert.ok(how === "resets the connection" || at < headEnd, where);
          }
        });
        const whole = await ask(haechi, stream, response.length);
        assert.deepEqual([whole.status, whole.hasEnded], [200, true]);
        assert.match(whole.text, /\[REDACTED:email\]/);
        assert.ok(!stream.errorIn(whole.text), whole.text);
        await assertCutsRecorded(haechi, offsets.length);
      });
    }
  }
});

async function ask({ url }: HaechiUnderTest, { target, request }: CutStream, cut: number) {
  const response = await fetch(url + target, {
    method: "POST",
    headers: { "content-type": "application/json", "x-cut": String(cut) },
    body: JSON.stringify(request),
  });
  let text = "";
  try {
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) text += piece;
    return { status: response.status, text, hasEnded: true };
  } catch {
    return { status: response.status, text, hasEnded: false };
  }
}

function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** The data of events, each of which has to be JSON. */
function datasIn(text: string): readonly { readonly error?: unknown }[] {
  return [...text.matchAll(/^data: (.*?)\r?$/gm)].map(([, data]) => JSON.parse(data!));
}
