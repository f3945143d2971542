import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import OpenAI from "openai";
import type { ConfigInput } from "../../src/config/schema.ts";
import { HaechiError } from "../../src/core/errors.ts";
import { CANARIES, canariesIn } from "../support/canaries.ts";
import { answerStream, chatStreamEvents, recordingUpstream } from "../support/recording-upstream.ts";
import { type ScriptedAnswer, type ScriptedUpstream, scriptedUpstream } from "../support/scripted-upstream.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";

const inspecting: ConfigInput = {
  streaming: { requestMode: "inspect" },
  policy: { presets: [], actions: { card: "redact" } },
};

const events = (...datas: readonly (string | object)[]) =>
  datas.map((data) => `data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`).join("");

const delta = (change: object, index = 0, finish_reason: string | null = null) => ({
  choices: [{ index, delta: change, finish_reason }],
});

describe("an inspected stream", () => {
  it("finds a value that is split over deltas, and keeps two choices apart", async (test) => {
    const { text } = await relayed(test, {
      pieces: [
        events(
          delta({ content: "a minji." }, 0),
          delta({ content: "b 4111 1111 " }, 1),
          delta({ content: "kim@exam" }, 0),
          delta({ content: "1111 1111 b" }, 1),
          delta({ content: "ple.com a" }, 0),
          delta({}, 0, "stop"),
          delta({}, 1, "stop"),
          "[DONE]",
        ),
      ],
    });
    assert.deepEqual(textsByChoice(text), { 0: "a [REDACTED:email] a", 1: "b [REDACTED:card] b" });
    assert.ok(text.endsWith("data: [DONE]\n\n"));
  });

  for (const everyFrame of ["stop", "", "null"]) {
    it(`finds a split value although every event says ${JSON.stringify(everyFrame)} of the end of its text`, async (test) => {
      const pieces = ["a min", "ji.kim", "@exam", "ple.com a"].map((content) => delta({ content }, 0, everyFrame));
      const { text } = await relayed(test, { pieces: [events(...pieces, "[DONE]")] });
      assert.deepEqual(textsByChoice(text), { 0: "a [REDACTED:email] a" });
      assert.ok(text.endsWith("data: [DONE]\n\n"));
    });
  }

  it("finds a split value in a text that goes on after its end", async (test) => {
    const goesOn = ["a ", "minji.", "kim@exam", "ple.com a"].map((content) => delta({ content }));
    const { text } = await relayed(test, { pieces: [events(delta({ content: "x" }), "[DONE]", ...goesOn, "[DONE]")] });
    assert.deepEqual(textsByChoice(text), { 0: "xa [REDACTED:email] a" });
  });

  it("finds values in tool arguments, reasoning and refusals, and keeps the arguments valid JSON", async (test) => {
    const call = (args: string) => delta({ tool_calls: [{ index: 0, function: { arguments: args } }] });
    const { text } = await relayed(test, {
      pieces: [
        events(
          delta({ reasoning_content: "ask minji.kim@" }),
          delta({ reasoning_content: "example.com now" }),
          delta({ refusal: "not to 010-9182" }),
          delta({ refusal: "-7364, sorry" }),
          call('{"to":"minji.k'),
          call('im@example.com","card":41111111'),
          call('11111111,"n":1}'),
          delta({}, 0, "tool_calls"),
          "[DONE]",
        ),
      ],
    });
    assert.deepEqual(canariesIn(text), []);
    const seen = frames(text).flatMap((frame) => frame.choices.map((choice) => choice.delta));
    const joined = (name: "reasoning_content" | "refusal") => seen.map((change) => change[name] ?? "").join("");
    assert.equal(joined("reasoning_content"), "ask [REDACTED:email] now");
    assert.equal(joined("refusal"), "not to [REDACTED:phone], sorry");
    const args = seen.map((change) => change.tool_calls?.[0]?.function?.arguments ?? "").join("");
    assert.deepEqual(JSON.parse(args), { to: "[REDACTED:email]", card: "[REDACTED:card]", n: 1 });
  });

  it("sees values behind the escapes of streamed tool arguments, wherever they are cut", async (test) => {
    const values = [CANARIES.kr_rrn, CANARIES.card, CANARIES.phone, CANARIES.email, CANARIES.secret];
    const args = JSON.stringify({ note: `hi\n${values.join("\n")}\t\u0001${CANARIES.us_ssn}`, path: "C:\\new\\table" });
    for (const size of [1, 2, 3, 5, 8, args.length]) {
      const pieces = args.match(new RegExp(`.{1,${size}}`, "gs"))!;
      const calls = pieces.map((piece) => delta({ tool_calls: [{ index: 0, function: { arguments: piece } }] }));
      const { text } = await relayed(test, { pieces: [events(...calls, delta({}, 0, "tool_calls"), "[DONE]")] });
      const changes = frames(text).flatMap((frame) => frame.choices.map((choice) => choice.delta));
      const joined = changes.map((change) => change.tool_calls?.[0]?.function?.arguments ?? "").join("");
      assert.deepEqual(canariesIn(joined), [], `pieces of ${size}`);
      const { note, path } = JSON.parse(joined) as { note: string; path: string };
      assert.ok(note.startsWith("hi\n[REDACTED:kr_rrn]\n[REDACTED:card]\n"), note);
      assert.equal(path, "C:\\new\\table");
    }
  });

  it("reads events that end in CR LF or CR, and data that is not JSON", async (test) => {
    for (const end of ["\r\n", "\r", "\n"]) {
      const { text } = await relayed(test, {
        pieces: [`data: {"note":"minji.kim@example.com"}${end}${end}data: mail minji.kim@example.com now${end}${end}`],
      });
      const expected = `data: {"note":"[REDACTED:email]"}${end}${end}data: mail [REDACTED:email] now${end}${end}`;
      assert.equal(text, expected);
    }
  });

  it("drops a comment line that holds a value, and keeps the others", async (test) => {
    const { text } = await relayed(test, {
      pieces: [`: for minji.kim@example.com\n: keep-alive\n${events("[DONE]")}`],
    });
    assert.equal(text, `: keep-alive\n${events("[DONE]")}`);
  });

  it("passes an unchanged event on byte for byte, whatever fields it has", async (test) => {
    const stream = 'event: x\nid: 7\ndata: { "n":1.10 , "t":"h\\u00e9" }\nretry: 10\n\n: hi\n\ndata\n\n';
    assert.equal((await relayed(test, { pieces: [stream] })).text, stream);
  });

  it("that policy blocks ends in the error event of the protocol, after what came before, and is recorded", async (test) => {
    const blocking = { ...inspecting, policy: { presets: [], actions: { card: "block" as const } } };
    const stream = events(
      delta({ content: "first. " }),
      delta({ content: "4111 1111 1111 1111 " }),
      delta({ content: "more" }),
    );
    const { text, haechi, upstream } = await relayed(test, { pieces: [stream, events("[DONE]")] }, blocking);
    assert.ok(text.includes("first. "));
    assert.ok(!text.includes("4111") && !text.includes("more") && !text.includes("[DONE]"));
    assert.match(text, /data: \{"error":\{.*"haechi_response_policy_block".*\}\}\n\n$/);
    assert.ok(upstream.cancelled);
    const last = (await haechi.auditEntries()).at(-1)!;
    assert.ok("decision" in last && last.decision === "stream_blocked" && last.summary.byType.card === 1);
  });

  it("whose upstream breaks off ends in an error event, with nothing of its text lost", async (test) => {
    const failure = new HaechiError("UPSTREAM_UNREACHABLE", "broken");
    const { text, haechi } = await relayed(test, { pieces: [events(delta({ content: "half a wor" }))], failure });
    assert.deepEqual(textsByChoice(text), { 0: "half a wor" });
    assert.match(text, /"haechi_upstream_unreachable"/);
    const last = (await haechi.auditEntries()).at(-1)!;
    assert.ok("decision" in last && last.decision === "stream_failed" && last.reason === "upstream_unreachable");
    assert.equal((await fetch(`${haechi.url}/__haechi/live`)).status, 200);
  });

  it("is cut off when one event grows past the limit", async (test) => {
    const config = { ...inspecting, responseProtection: { maxBytes: 1000 } };
    const { text, haechi } = await relayed(test, { pieces: [`data: "${"x".repeat(2000)}`] }, config);
    assert.match(text, /"error"/);
    const last = (await haechi.auditEntries()).at(-1)!;
    assert.ok("decision" in last && last.reason === "upstream_too_large");
  });

  it("is cut off when it opens more texts than any answer has", async (test) => {
    const many = Array.from({ length: 300 }, (_, index) => delta({ content: "a" }, index));
    const { text } = await relayed(test, { pieces: [events(...many)] });
    assert.match(text, /"haechi_response_unprotected"/);
  });

  it("changes nothing in report-only mode, and still counts", async (test) => {
    const config = {
      ...inspecting,
      streaming: { requestMode: "inspect" as const, responseMode: "report-only" as const },
    };
    const stream = events(delta({ content: `mail ${CANARIES.email} ` }), "[DONE]");
    const { text, haechi } = await relayed(test, { pieces: [stream] }, config);
    assert.equal(text, stream);
    assert.equal((await haechi.auditEntries()).at(-1)!.summary.byType.email, 1);
  });

  it("honours the allow-list, as a whole document does", async (test) => {
    const config = { ...inspecting, filters: { allowlist: ["010-1234-5678"] } };
    const stream = events(delta({ content: "call 010-12" }), delta({ content: "34-5678 or 010-9182-7364 " }), "[DONE]");
    const { text } = await relayed(test, { pieces: [stream] }, config);
    assert.deepEqual(textsByChoice(text), { 0: "call 010-1234-5678 or [REDACTED:phone] " });
  });
});

describe("a client that leaves in the middle of a stream", () => {
  it("ends the upstream's work, and the next exchange is served", async (test) => {
    const closed = Promise.withResolvers<void>();
    const upstream = await recordingUpstream(test, (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(events(delta({ content: "one two three" }), delta({ content: " four" })));
      response.once("close", () => closed.resolve());
    });
    const { url } = await startHaechi(test, upstream.url, inspecting);
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: "k", maxRetries: 0 });
    const stream = await client.chat.completions.create({ model: "m", messages: [], stream: true });
    for await (const _ of stream) break;
    await closed.promise;
    assert.equal((await fetch(`${url}/__haechi/live`)).status, 200);
  });
});

describe("a stream that the operator passes through", () => {
  it("goes both ways as it is, after the decision was recorded", async (test) => {
    const stream = chatStreamEvents([`mail ${CANARIES.email}`]);
    const upstream = await recordingUpstream(test, (response) => answerStream(response, stream));
    const haechi = await startHaechi(test, upstream.url, { streaming: { requestMode: "pass-through" } });
    const body = JSON.stringify({ model: "m", stream: true, messages: [{ role: "user", content: CANARIES.card }] });
    const reply = await fetch(`${haechi.url}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    assert.equal(await reply.text(), stream);
    assert.equal(upstream.requests[0]!.body.toString(), body);
    const [entry] = await haechi.auditEntries();
    assert.ok(entry && "decision" in entry && entry.decision === "streaming_request_pass_through");
  });
});

interface Relayed {
  readonly text: string;
  readonly haechi: HaechiUnderTest;
  readonly upstream: ScriptedUpstream;
}

async function relayed(
  test: TestContext,
  answer: { readonly pieces: readonly string[]; readonly failure?: Error },
  config: ConfigInput = inspecting,
): Promise<Relayed> {
  const upstream = scriptedUpstream();
  const haechi = await startHaechi(test, "http://127.0.0.1:1", config, { upstream });
  const pieces = answer.pieces.map((piece) => Buffer.from(piece));
  const scripted: ScriptedAnswer = { ...answer, headers: ["content-type", "text/event-stream"], pieces };
  upstream.answerWith(scripted);
  const reply = await fetch(`${haechi.url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"model":"m","stream":true,"messages":[]}',
  });
  return { text: await reply.text(), haechi, upstream };
}

interface Frame {
  readonly choices: readonly {
    readonly index: number;
    readonly delta: {
      readonly content?: string;
      readonly refusal?: string;
      readonly reasoning_content?: string;
      readonly tool_calls?: readonly { readonly function?: { readonly arguments?: string } }[];
    };
  }[];
}

function frames(text: string): Frame[] {
  return text
    .split("\n\n")
    .filter((event) => event.startsWith('data: {"choices"'))
    .map((event) => JSON.parse(event.slice("data: ".length)) as Frame);
}

function textsByChoice(text: string): Record<number, string> {
  const texts: Record<number, string> = {};
  for (const { index, delta: change } of frames(text).flatMap(({ choices }) => choices)) {
    texts[index] = (texts[index] ?? "") + (change.content ?? "");
  }
  return texts;
}
