import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import OpenAI from "openai";
import type { ConfigInput } from "../../src/config/schema.ts";
import {
  all,
  LETTER,
  lasting,
  PLANTED,
  REDACTING,
  STORY,
  simulateModel,
  TOKENIZING,
  WEATHER,
} from "../support/simulated-model.ts";

const weatherTool: OpenAI.Responses.FunctionTool = {
  type: "function",
  name: "weather",
  strict: false,
  parameters: { type: "object" },
};

describe("the Responses API of the official OpenAI SDK", () => {
  it("gives the same response through Haechi as without", async (test) => {
    const { direct, through } = await clients(test);
    const tell = (client: OpenAI) => client.responses.create({ model: "gpt-test", input: "tell" });
    assert.deepEqual(lasting(await tell(through)), lasting(await tell(direct)));
  });

  it("gives the same events, in the same order, with the same numbers", async (test) => {
    const { direct, through } = await clients(test);
    const tell = async (client: OpenAI) =>
      all(await client.responses.create({ model: "gpt-test", input: "tell", stream: true }));
    const [got, wanted] = [await tell(through), await tell(direct)];
    assert.deepEqual(
      got.map(({ type, sequence_number }) => [type, sequence_number]),
      wanted.map(({ type, sequence_number }) => [type, sequence_number]),
    );
    const deltas = got.flatMap((event) => (event.type === "response.output_text.delta" ? [event.delta] : []));
    assert.equal(deltas.join(""), STORY);
  });

  it("gives the same function call, streamed and whole", async (test) => {
    const { direct, through } = await clients(test);
    const request = { model: "gpt-test", input: "weather", tools: [weatherTool] };
    for (const client of [direct, through]) {
      const whole = await client.responses.create(request);
      assert.deepEqual(argumentsOf(whole.output), [WEATHER]);
      const streamed = await client.responses.stream(request).finalResponse();
      assert.deepEqual(argumentsOf(streamed.output), [WEATHER]);
    }
  });

  it("gives values back in deltas and snapshots alike, though none of them left", async (test) => {
    const { through, leaked } = await clients(test, TOKENIZING);
    const input = `echo ${LETTER}`;
    assert.equal((await through.responses.create({ model: "gpt-test", input })).output_text, input);
    const events = await all(await through.responses.create({ model: "gpt-test", input, stream: true }));
    const deltas = events.flatMap((event) => (event.type === "response.output_text.delta" ? [event.delta] : []));
    assert.equal(deltas.join(""), input);
    for (const event of events) {
      if (event.type === "response.output_text.done") assert.equal(event.text, input);
      if (event.type === "response.completed")
        assert.ok(JSON.stringify(event.response).includes(JSON.stringify(input).slice(1, -1)));
    }
    assert.deepEqual(leaked(), []);
  });

  it("sends no planted value upstream from any of its fields", async (test) => {
    const { through, received, leaked } = await clients(test, REDACTING);
    await through.responses.create({
      model: "gpt-test",
      instructions: PLANTED,
      metadata: { who: PLANTED },
      user: PLANTED,
      tools: [{ ...weatherTool, description: PLANTED }],
      input: [
        { role: "developer", content: PLANTED },
        { role: "user", content: [{ type: "input_text", text: PLANTED }] },
        { type: "function_call", call_id: "call_1", name: "weather", arguments: JSON.stringify({ where: PLANTED }) },
        { type: "function_call_output", call_id: "call_1", output: PLANTED },
        { role: "user", content: "tell" },
      ],
    });
    assert.equal(received().length, 1);
    assert.deepEqual(leaked(), []);
  });
});

async function clients(test: TestContext, config?: ConfigInput) {
  const model = await simulateModel(test, "openai-compatible", config);
  const client = (url: string) => new OpenAI({ baseURL: `${url}/v1`, apiKey: "provider-key", maxRetries: 0 });
  return { ...model, direct: client(model.directUrl), through: client(model.throughUrl) };
}

function argumentsOf(output: readonly OpenAI.Responses.ResponseOutputItem[]): unknown[] {
  return output.flatMap((item) => (item.type === "function_call" ? [JSON.parse(item.arguments)] : []));
}
