import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { HaechiError } from "../../src/core/errors.ts";
import { canariesIn } from "../support/canaries.ts";
import { scriptedUpstream } from "../support/scripted-upstream.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";
import { eventsOf } from "../support/vendor-streams.ts";

interface Asked {
  readonly type: "ollama" | "gemini" | "anthropic" | "openai-compatible";
  readonly path: string;
  readonly contentType: string | null;
  readonly pieces: readonly string[];
  readonly failure?: Error;
  readonly status?: number;
  readonly config?: ConfigInput;
}

/** Asks a gateway for a stream that its upstream answers with these pieces. */
async function ask(
  test: TestContext,
  asked: Asked,
): Promise<{ status: number; text: string; haechi: HaechiUnderTest }> {
  const upstream = scriptedUpstream();
  const { type, path, contentType, pieces, failure, status, config } = asked;
  const haechi = await startHaechi(
    test,
    "http://127.0.0.1:1",
    {
      streaming: { requestMode: "inspect" },
      policy: { presets: [], actions: { card: "redact", email: "redact" } },
      ...config,
      target: { type },
    },
    { upstream },
  );
  upstream.answerWith({
    headers: contentType === null ? [] : ["content-type", contentType],
    pieces: pieces.map((piece) => Buffer.from(piece)),
    ...(failure === undefined ? {} : { failure }),
    ...(status === undefined ? {} : { status }),
  });
  const stream = type === "ollama" || type === "gemini" ? {} : { stream: true };
  const response = await fetch(`${haechi.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "m", messages: [], contents: [], ...stream }),
  });
  return { status: response.status, text: await response.text(), haechi };
}

const broken = new HaechiError("UPSTREAM_UNREACHABLE", "broken");
const line = (content: string, more: object = {}) =>
  `${JSON.stringify({ model: "m", created_at: "2026-11-22T11:04:46.1Z", message: { role: "assistant", content }, done: false, ...more })}\n`;
const lines = [
  line("to canary.minji"),
  line("@example"),
  line(".com now"),
  line("", { done: true, done_reason: "stop" }),
];
const element = (text: string, more: object = {}) =>
  JSON.stringify({ candidates: [{ content: { role: "model", parts: [{ text }] }, index: 0, ...more }] }, null, 2);
const elements = [element("to canary.minji"), element("@example"), element(".com now", { finishReason: "STOP" })];

const ollama = { type: "ollama", path: "/api/chat" } as const;
const gemini = { type: "gemini", path: "/v1beta/models/m:streamGenerateContent" } as const;
const anthropic = { type: "anthropic", path: "/v1/messages" } as const;

const saidInLines = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((one) => (JSON.parse(one) as { message?: { content: string } }).message?.content ?? "")
    .join("");
const saidInArray = (text: string) =>
  (JSON.parse(text) as { candidates?: { content: { parts: { text: string }[] } }[] }[])
    .map(({ candidates }) => candidates?.[0]?.content.parts[0]?.text ?? "")
    .join("");

describe("a stream of JSON Lines", () => {
  for (const contentType of ["application/x-ndjson", "application/json", "text/plain", null]) {
    it(`is inspected line by line, as ${contentType}`, async (test) => {
      const { text } = await ask(test, { ...ollama, contentType, pieces: lines });
      assert.equal(saidInLines(text), "to [REDACTED:email] now");
    });
  }

  it("ends in a line that says the error, after all of its text", async (test) => {
    const pieces = [line("half a wor"), '{"model":"m","mess'];
    const { text } = await ask(test, { ...ollama, contentType: "application/x-ndjson", pieces, failure: broken });
    assert.equal(saidInLines(text), "half a wor");
    assert.match(text.split("\n").at(-2)!, /^\{"error":".*haechi_upstream_unreachable.*"\}$/);
  });

  it("lets go of its text before an error that the upstream says", async (test) => {
    const stream = `${line("call 010-91")}{"error":"model canary.minji@example.com failed"}\n`;
    const { text } = await ask(test, { ...ollama, contentType: "application/x-ndjson", pieces: [stream] });
    assert.equal(text, stream.replace("canary.minji@example.com", "[REDACTED:email]"));
  });

  it("is inspected although it comes as events", async (test) => {
    const pieces = lines.map((one) => `data: ${one}\n`);
    const { text } = await ask(test, { ...ollama, contentType: "text/event-stream", pieces });
    assert.deepEqual(canariesIn(text.replaceAll(/\n|data: /g, "")), []);
    assert.ok(text.includes("[REDACTED:email]"));
  });
});

describe("an array that comes element by element", () => {
  const array = `[${elements.join("\n,\r\n")}\n]\n`;

  it("is inspected over its elements, wherever it is cut, with every byte around them", async (test) => {
    for (const cut of [0, 1, 40, 150, 151, 152, 290, array.length - 2]) {
      const pieces = [array.slice(0, cut), array.slice(cut)];
      const { text } = await ask(test, { ...gemini, contentType: "application/json; charset=UTF-8", pieces });
      assert.equal(saidInArray(text), "to [REDACTED:email] now");
      const blank = (json: string) => json.replaceAll(/"text": ".*"/g, "");
      assert.equal(blank(text), blank(array));
    }
  });

  it("is an array too when the upstream breaks off, and says the error in its last element", async (test) => {
    for (const pieces of [[], ["["], [array.slice(0, 20)], [`[${elements[0]}`], [`[${elements[0]}\n,`]]) {
      const { text } = await ask(test, { ...gemini, contentType: "application/json", pieces, failure: broken });
      const read = JSON.parse(text) as { error?: object }[];
      assert.match(JSON.stringify(read.at(-1)), /^\{"error":.*haechi_upstream_unreachable/);
      assert.equal(read.length, pieces[0]?.includes("minji") ? 2 : 1);
    }
  });

  it("is an array too when policy blocks", async (test) => {
    const config = { policy: { presets: [], actions: { email: "block" as const } } };
    const pieces = [`[${element("first. ")},${array.slice(1)}`];
    const { text } = await ask(test, { ...gemini, contentType: "application/json", pieces, config });
    assert.match(text, /"haechi_response_policy_block"/);
    assert.equal(saidInArray(text), "first. ");
  });

  it("comes as events when the client asks for them", async (test) => {
    const pieces = elements.map((one) => `data: ${JSON.stringify(JSON.parse(one))}\r\n\r\n`);
    const path = `${gemini.path}?alt=sse`;
    const { text } = await ask(test, { ...gemini, path, contentType: "text/event-stream", pieces, failure: broken });
    assert.ok(text.includes("[REDACTED:email]") && !text.includes("canary"));
    assert.match(text, /\r\n\r\ndata: \{"error":\{.*\}\}\n\n$/);
  });

  it("is not taken for one when it is the answer to a failure", async (test) => {
    const error = '[{"error":{"code":400,"message":"no"}}]';
    const config = { responseProtection: { enabled: true } };
    const { status, text } = await ask(test, {
      ...gemini,
      contentType: "application/json",
      pieces: [error],
      status: 400,
      config,
    });
    assert.deepEqual([status, text], [400, error]);
  });
});

describe("a stream of named events", () => {
  const delta = (text: string) => ({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } });

  it("ends in the error event of its protocol when policy blocks", async (test) => {
    const config = { policy: { presets: [], actions: { email: "block" as const } } };
    const pieces = [eventsOf([delta("to canary.minji"), delta("@example.com"), { type: "message_stop" }])];
    const { text } = await ask(test, { ...anthropic, contentType: "text/event-stream", pieces, config });
    assert.match(text, /\n\nevent: error\ndata: \{"type":"error","error":\{.*policy_block.*\}\}\n\n$|^event: error/);
    assert.ok(!text.includes("minji") && !text.includes("message_stop"));
  });

  it("drops a frame that was cut off, and keeps the text before it", async (test) => {
    const pieces = [eventsOf([delta("half a wor")]), 'event: content_block_delta\ndata: {"type":"content_bl'];
    const { text } = await ask(test, { ...anthropic, contentType: "text/event-stream", pieces, failure: broken });
    assert.ok(text.startsWith(`${pieces[0]}event: error\ndata: {"type":"error"`), text);
  });

  it("passes with its last frame as it is when the blank line at its end is missing", async (test) => {
    const stream = eventsOf([delta("call 010-91"), { type: "message_stop" }]).trimEnd();
    const { text } = await ask(test, { ...anthropic, contentType: "text/event-stream", pieces: [stream] });
    assert.equal(text, stream);
  });

  it("counts what the protocol does not know", async (test) => {
    const pieces = [eventsOf([{ type: "dream_start", index: 0 }, delta("a"), { type: "message_stop" }])];
    const { haechi } = await ask(test, { ...anthropic, contentType: "text/event-stream", pieces });
    assert.match(await haechi.metrics(), /^haechi_stream_unknown_events_total 1$/m);
  });
});
