import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import Anthropic from "@anthropic-ai/sdk";
import type { ConfigInput } from "../../src/config/schema.ts";
import {
  all,
  LETTER,
  lasting,
  PLANTED,
  REDACTING,
  SIGNATURE,
  STORY,
  simulateModel,
  TOKENIZING,
  WEATHER,
} from "../support/simulated-model.ts";

const ask = { model: "claude-test", max_tokens: 1000 };
const weatherTool = { name: "weather", description: "The weather", input_schema: { type: "object" as const } };

describe("the official Anthropic SDK", () => {
  it("gets the same message through Haechi as without", async (test) => {
    const { direct, through } = await clients(test);
    const tell = (client: Anthropic) =>
      client.messages.create({ ...ask, messages: [{ role: "user", content: "tell" }] });
    assert.deepEqual(lasting(await tell(through)), lasting(await tell(direct)));
  });

  it("gets the same events of a streamed message", async (test) => {
    const { direct, through } = await clients(test);
    const tell = async (client: Anthropic) =>
      all(await client.messages.create({ ...ask, messages: [{ role: "user", content: "tell" }], stream: true }));
    assert.deepEqual(lasting(textEvents(await tell(through))), lasting(textEvents(await tell(direct))));
    const final = await through.messages.stream({ ...ask, messages: [{ role: "user", content: "tell" }] }).finalText();
    assert.equal(final, STORY);
  });

  it("gets the same tool use, streamed and whole", async (test) => {
    const { direct, through } = await clients(test);
    const request = { ...ask, tools: [weatherTool], messages: [{ role: "user" as const, content: "weather" }] };
    const inputs = (message: Anthropic.Message) =>
      message.content.flatMap((block) => (block.type === "tool_use" ? [block.input] : []));
    for (const client of [direct, through]) {
      assert.deepEqual(inputs(await client.messages.create(request)), [WEATHER]);
      assert.deepEqual(inputs(await client.messages.stream(request).finalMessage()), [WEATHER]);
    }
  });

  it("gets its own values back, whole and streamed, though none of them left", async (test) => {
    const { through, leaked } = await clients(test, TOKENIZING);
    const request = { ...ask, messages: [{ role: "user" as const, content: `echo ${LETTER}` }] };
    const whole = await through.messages.create(request);
    assert.equal(textOf(whole), `echo ${LETTER}`);
    assert.equal(await through.messages.stream(request).finalText(), `echo ${LETTER}`);
    assert.deepEqual(leaked(), []);
  });

  it("gets what was thought with its signature, and can send it back untouched", async (test) => {
    const { through, received } = await clients(test, TOKENIZING);
    const message = await through.messages.create({ ...ask, messages: [{ role: "user", content: "think" }] });
    const [thought] = message.content;
    assert.equal(thought?.type === "thinking" && thought.signature, SIGNATURE);
    await through.messages.create({
      ...ask,
      messages: [
        { role: "user", content: "think" },
        { role: "assistant", content: message.content },
        { role: "user", content: "tell" },
      ],
    });
    assert.ok(received().at(-1)!.includes(SIGNATURE));
  });

  it("sends no planted value upstream from any of its calls", async (test) => {
    const { through, received, leaked } = await clients(test, REDACTING);
    const request: Anthropic.MessageCreateParamsNonStreaming = {
      ...ask,
      system: [{ type: "text", text: PLANTED }],
      metadata: { user_id: PLANTED },
      stop_sequences: [PLANTED],
      tools: [{ ...weatherTool, description: PLANTED }],
      messages: [
        { role: "user", content: [{ type: "text", text: PLANTED }] },
        {
          role: "assistant",
          content: [{ type: "tool_use", id: "toolu_1", name: "weather", input: { where: PLANTED } }],
        },
        {
          role: "user",
          content: [
            { type: "tool_result", tool_use_id: "toolu_1", content: [{ type: "text", text: PLANTED }] },
            { type: "document", source: { type: "text", media_type: "text/plain", data: PLANTED }, title: PLANTED },
            { type: "text", text: "tell" },
          ],
        },
      ],
    };
    await through.messages.create(request);
    await through.messages.stream(request).finalMessage();
    assert.equal(received().length, 2);
    assert.deepEqual(leaked(), []);
  });
});

async function clients(test: TestContext, config?: ConfigInput) {
  const model = await simulateModel(test, "anthropic", config);
  const client = (baseURL: string) => new Anthropic({ baseURL, apiKey: "provider-key", maxRetries: 0 });
  return { ...model, direct: client(model.directUrl), through: client(model.throughUrl) };
}

function textOf({ content }: Anthropic.Message): string {
  return content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("");
}

/** The events with neighbouring text deltas as one: where a text is cut is nobody's concern. */
function textEvents(events: readonly Anthropic.MessageStreamEvent[]): unknown[] {
  const joined: unknown[] = [];
  let text = "";
  for (const event of events) {
    if (event.type === "content_block_delta" && event.delta.type === "text_delta") {
      text += event.delta.text;
      continue;
    }
    if (text !== "") joined.push(text);
    text = "";
    joined.push(event);
  }
  return joined;
}
