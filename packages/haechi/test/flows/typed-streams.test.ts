import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { messageStream } from "../../src/protocols/surfaces/messages/stream.ts";
import { responsesStream } from "../../src/protocols/surfaces/responses/stream.ts";
import { CANARIES, canariesIn } from "../support/canaries.ts";
import { streamProtection } from "../support/stream-through.ts";
import { datasOf, eventsOf } from "../support/vendor-streams.ts";

type Action = "redact" | "mask" | "tokenize" | "encrypt" | "block";
const acting = (action: Action): ConfigInput => ({
  policy: { presets: [], actions: { card: action, email: action, phone: action } },
});

interface BlockDelta {
  readonly index: number;
  readonly delta?: { readonly text?: string; readonly thinking?: string; readonly partial_json?: string };
}

const delta = (index: number, change: object) => ({ type: "content_block_delta", index, delta: change });
const joined = (stream: string, index: number, member: keyof NonNullable<BlockDelta["delta"]>) =>
  datasOf<BlockDelta>(stream)
    .filter((event) => event.index === index)
    .map((event) => event.delta?.[member] ?? "")
    .join("");

describe("a stream of typed events", () => {
  it("keeps blocks apart that grow in turns, and tool arguments valid JSON", async (test) => {
    const { through } = await streamProtection(test, acting("redact"));
    const { text } = await through(messageStream, [
      eventsOf([
        delta(0, { type: "text_delta", text: "a canary.minji@exa" }),
        delta(1, { type: "input_json_delta", partial_json: "" }),
        delta(1, { type: "input_json_delta", partial_json: '{"card":41111111' }),
        delta(0, { type: "text_delta", text: "mple.com b" }),
        delta(1, { type: "input_json_delta", partial_json: '11111111,"to":"010-9182' }),
        { type: "content_block_stop", index: 0 },
        delta(1, { type: "input_json_delta", partial_json: '-7364"}' }),
        { type: "content_block_stop", index: 1 },
        { type: "message_stop" },
      ]),
    ]);
    assert.equal(joined(text, 0, "text"), "a [REDACTED:email] b");
    assert.deepEqual(JSON.parse(joined(text, 1, "partial_json")), { card: "[REDACTED:card]", to: "[REDACTED:phone]" });
  });

  it("lets go of a block that has stopped while another one is held", async (test) => {
    const { through } = await streamProtection(test, acting("redact"));
    const events = [
      delta(0, { type: "text_delta", text: "call 010-91" }),
      { type: "content_block_stop", index: 0 },
      delta(1, { type: "text_delta", text: "and 010-91" }),
    ].map((event) => eventsOf([event]));
    const { atOnce } = await through(messageStream, events);
    assert.deepEqual(atOnce, ["", events.slice(0, 2).join(""), ""]);
  });

  it("counts what it finds in signed text and leaves it as it is, and blocks what is to be blocked", async (test) => {
    const thinking = [delta(0, { type: "thinking_delta", thinking: "ask canary.minji@exam" })];
    const stream = eventsOf([
      ...thinking,
      delta(0, { type: "thinking_delta", thinking: "ple.com now" }),
      delta(0, { type: "signature_delta", signature: "EqQB".repeat(40) }),
      { type: "content_block_stop", index: 0 },
      { type: "message_stop" },
    ]);
    const redacting = await streamProtection(test, acting("redact"));
    const seen = await redacting.through(messageStream, [stream]);
    assert.equal(seen.text, stream);
    assert.equal(seen.summary.byType.email, 1);
    const blocking = await streamProtection(test, acting("block"));
    const stopped = await blocking.through(messageStream, [stream]);
    assert.ok(stopped.blocked && canariesIn(joined(stopped.text, 0, "thinking")).length === 0, stopped.text);
  });

  it("replaces what is said in pieces and as a whole by the same, whatever replaces it", async (test) => {
    for (const action of ["redact", "mask", "tokenize", "encrypt"] as const) {
      const { through } = await streamProtection(test, acting(action));
      const place = { item_id: "m", output_index: 0, content_index: 0 };
      const said = "to canary.minji@example.com, 010-9182-7364.";
      const item = { type: "message", content: [{ type: "output_text", text: said }] };
      const events = [
        ...said.match(/.{1,9}/gs)!.map((piece) => ({ type: "response.output_text.delta", ...place, delta: piece })),
        { type: "response.output_text.done", ...place, text: said },
        { type: "response.output_item.done", output_index: 0, item },
        { type: "response.completed", response: { output: [item] } },
      ];
      const { text } = await through(responsesStream, [
        eventsOf(events.map((event, at) => ({ ...event, sequence_number: at }))),
      ]);
      assert.deepEqual(canariesIn(text), []);
      const seen = datasOf<{
        sequence_number: number;
        delta?: string;
        text?: string;
        item?: unknown;
        response?: unknown;
      }>(text);
      assert.deepEqual(
        seen.map(({ sequence_number }) => sequence_number),
        events.map((_, at) => at),
      );
      const shown = seen.map((event) => event.delta ?? "").join("");
      assert.equal(seen.find((event) => event.text !== undefined)!.text, shown, action);
      for (const { item: one, response } of seen) {
        if (one !== undefined) assert.ok(JSON.stringify(one).includes(JSON.stringify(shown)), action);
        if (response !== undefined) assert.ok(JSON.stringify(response).includes(JSON.stringify(shown)), action);
      }
    }
  });

  it("puts tokens back in deltas and snapshots alike, escaped where they stand in JSON", async (test) => {
    const { through } = await streamProtection(test, acting("redact"));
    const original = 'O"Neil\\ \n012';
    const marker = "[TOKEN:tok_email_0123456789abcdef]";
    const args = JSON.stringify({ password: marker, n: `x ${marker}` });
    const place = { item_id: "f", output_index: 0 };
    const { text } = await through(
      responsesStream,
      [
        eventsOf([
          ...args
            .match(/.{1,7}/gs)!
            .map((piece) => ({ type: "response.function_call_arguments.delta", ...place, delta: piece })),
          { type: "response.function_call_arguments.done", ...place, arguments: args },
        ]),
      ],
      new Map([["tok_email_0123456789abcdef", original]]),
    );
    const seen = datasOf<{ delta?: string; arguments?: string }>(text);
    const expected = { password: original, n: `x ${original}` };
    assert.deepEqual(JSON.parse(seen.map((event) => event.delta ?? "").join("")), expected);
    assert.deepEqual(JSON.parse(seen.at(-1)!.arguments!), expected);
  });
});

describe("an event that a protocol does not know", () => {
  const unknown = (text: string, at: number, more: object = {}) => ({
    type: "response.dream.delta",
    item_id: "d_1",
    output_index: 3,
    model: "some-model-1",
    sequence_number: at,
    delta: text,
    ...more,
  });

  it("is counted, and a value that is split over such events is found", async (test) => {
    const { through } = await streamProtection(test, acting("redact"));
    for (const size of [1, 3, 9, 60]) {
      const pieces = `mail ${CANARIES.email}, ${CANARIES.card} end`.match(new RegExp(`.{1,${size}}`, "gs"))!;
      const { text, unknownEvents } = await through(responsesStream, [
        eventsOf(pieces.map((piece, at) => unknown(piece, at))),
      ]);
      const seen = datasOf<{ delta: string; model: string }>(text);
      assert.equal(seen.map(({ delta: piece }) => piece).join(""), "mail [REDACTED:email], [REDACTED:card] end");
      assert.ok(seen.every(({ model }) => model === "some-model-1"));
      assert.equal(unknownEvents, pieces.length);
    }
  });

  it("is told apart by the numbers and ids beside it", async (test) => {
    const { through } = await streamProtection(test, acting("redact"));
    const events = ["4111 11", "11 1111", " 1111"].flatMap((piece, at) => [
      unknown(piece, at * 2),
      unknown(`${"abc"[at]} `, at * 2 + 1, { output_index: 4 }),
    ]);
    const { text } = await through(responsesStream, [eventsOf(events)]);
    const ofIndex = (index: number) =>
      datasOf<{ output_index: number; delta: string }>(text)
        .filter((event) => event.output_index === index)
        .map((event) => event.delta)
        .join("");
    assert.equal(ofIndex(3), "[REDACTED:card]");
    assert.equal(ofIndex(4), "a b c ");
  });

  it("is looked into by the keys in it too", async (test) => {
    const { through } = await streamProtection(test);
    const { text } = await through(responsesStream, [
      eventsOf([{ type: "response.dream.secret", password: "hunter2hunter2x", note: "n" }]),
    ]);
    assert.ok(!text.includes("hunter2hunter2x"), text);
  });

  it("does not hold back the known ones for long", async (test) => {
    const { through } = await streamProtection(test, acting("redact"));
    const known = Array.from({ length: 20 }, (_, at) => ({
      type: "response.output_text.delta",
      output_index: 0,
      content_index: 0,
      delta: ` word${"abcde"[at % 5]}`,
    }));
    const events = [unknown("call 010-91", 0), ...known].map((event) => eventsOf([event]));
    const { atOnce } = await through(responsesStream, events);
    assert.ok(atOnce.slice(0, 12).join("").includes("010-91"));
  });

  it("leaves byte for byte when nothing is found in it", async (test) => {
    const { through } = await streamProtection(test, acting("redact"));
    const stream = eventsOf(
      Array.from({ length: 40 }, (_, at) => unknown(`piece ${at % 3} `, at, { event_id: `ev_${at}` })),
    );
    assert.equal((await through(responsesStream, [stream])).text, stream);
  });
});

describe("a member that a protocol does not know, in an event that it knows", () => {
  it("grows too, from its second value on", async (test) => {
    const { through } = await streamProtection(test, acting("redact"));
    const events = ["well: ", "canary.minji", "@exam", "ple.com"].map((aside) => ({
      type: "content_block_delta",
      index: 0,
      delta: { type: "text_delta", text: "x", aside },
    }));
    const { text } = await through(messageStream, [eventsOf(events)]);
    const asides = datasOf<{ delta: { aside: string } }>(text).map((event) => event.delta.aside);
    assert.equal(asides.join(""), "well: [REDACTED:email]");
  });
});
