import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { CANARIES } from "../support/canaries.ts";
import { scriptedUpstream } from "../support/scripted-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { eventsOf } from "../support/vendor-streams.ts";

const config: ConfigInput = {
  target: { type: "anthropic" },
  streaming: { requestMode: "inspect" },
  policy: { presets: [], actions: { email: "redact" } },
};

const thought = `they are ${CANARIES.email}, so`;
const signature = "EqQB".repeat(40);
const delta = (change: object) => ({ type: "content_block_delta", index: 0, delta: change });
const stream = eventsOf([
  { type: "message_start", message: { id: "m", type: "message", role: "assistant", model: "m", content: [] } },
  { type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "", signature: "" } },
  ...thought.match(/.{1,6}/gs)!.map((thinking) => delta({ type: "thinking_delta", thinking })),
  delta({ type: "signature_delta", signature }),
  { type: "content_block_stop", index: 0 },
  { type: "message_stop" },
]);

const request = (thinking: string) =>
  JSON.stringify({
    model: "m",
    stream: true,
    messages: [
      { role: "user", content: "who?" },
      { role: "assistant", content: [{ type: "thinking", thinking, signature }] },
      { role: "user", content: "go on" },
    ],
  });

describe("thinking that the provider has signed and streamed", () => {
  it("reaches the client as it came, and the provider again as it was", async (test) => {
    const upstream = scriptedUpstream();
    const haechi = await startHaechi(test, "http://127.0.0.1:1", config, { upstream });
    const ask = async (body: string) => {
      upstream.answerWith({ headers: ["content-type", "text/event-stream"], pieces: [Buffer.from(stream)] });
      const headers = { "content-type": "application/json" };
      const response = await fetch(`${haechi.url}/v1/messages`, { method: "POST", headers, body });
      return response.text();
    };
    const sent = () => Buffer.from(upstream.requests.at(-1)!.body!).toString();

    await ask(request(thought));
    assert.ok(!sent().includes(CANARIES.email), "not known to be signed yet");
    assert.equal(await ask(request("")), stream);
    await ask(request(thought));
    assert.equal(sent(), request(thought));
    await ask(request(`${thought} x`));
    assert.ok(!sent().includes(CANARIES.email), "another text than the signed one");
  });
  it("is known text by text, also where one takes the place of another that has ended", async (test) => {
    const upstream = scriptedUpstream();
    const haechi = await startHaechi(test, "http://127.0.0.1:1", config, { upstream });
    const second = `and ${thought}`;
    const block = (thinking: string) => [
      { type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "", signature: "" } },
      delta({ type: "thinking_delta", thinking }),
      delta({ type: "signature_delta", signature }),
      { type: "content_block_stop", index: 0 },
    ];
    const both = eventsOf([...block(thought), ...block(second), { type: "message_stop" }]);
    for (const body of [request(""), request(thought), request(second), request(thought + second)]) {
      upstream.answerWith({ headers: ["content-type", "text/event-stream"], pieces: [Buffer.from(both)] });
      const headers = { "content-type": "application/json" };
      await (await fetch(`${haechi.url}/v1/messages`, { method: "POST", headers, body })).text();
    }
    const sent = upstream.requests.map(({ body }) => Buffer.from(body!).toString());
    assert.deepEqual(sent.slice(1, 3), [request(thought), request(second)]);
    assert.ok(!sent[3]!.includes(CANARIES.email), "they were never one text");
  });
});
