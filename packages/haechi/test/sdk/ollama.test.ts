import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { Ollama } from "ollama";
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

const model = "llama-test";
const weatherTool = { type: "function", function: { name: "weather", description: "The weather" } };
const user = (content: string) => [{ role: "user", content }];

describe("the official Ollama SDK", () => {
  it("gets the same message through Haechi as without", async (test) => {
    const { direct, through } = await clients(test);
    const tell = (client: Ollama) => client.chat({ model, messages: user("tell"), stream: false });
    assert.deepEqual(lasting(await tell(through)), lasting(await tell(direct)));
  });

  it("gets the same text as a stream, of a chat and of a prompt", async (test) => {
    const { direct, through } = await clients(test);
    for (const client of [direct, through]) {
      const chat = await all(await client.chat({ model, messages: user("tell"), stream: true }));
      assert.equal(chat.map(({ message }) => message.content).join(""), STORY);
      const prompted = await all(await client.generate({ model, prompt: "tell", stream: true }));
      assert.equal(prompted.map(({ response }) => response).join(""), STORY);
    }
  });

  it("gets the same tool call", async (test) => {
    const { direct, through } = await clients(test);
    for (const client of [direct, through]) {
      const { message } = await client.chat({ model, messages: user("weather"), tools: [weatherTool], stream: false });
      assert.deepEqual(
        message.tool_calls?.map((call) => call.function.arguments),
        [WEATHER],
      );
    }
  });

  it("gets its own values back, whole and streamed, though none of them left", async (test) => {
    const { through, leaked } = await clients(test, TOKENIZING);
    const messages = user(`echo ${LETTER}`);
    assert.equal((await through.chat({ model, messages, stream: false })).message.content, messages[0]!.content);
    const chunks = await all(await through.chat({ model, messages, stream: true }));
    assert.equal(chunks.map(({ message }) => message.content).join(""), messages[0]!.content);
    assert.deepEqual(leaked(), []);
  });

  it("sends no planted value upstream from any of its calls", async (test) => {
    const { through, received, leaked } = await clients(test, REDACTING);
    await through.chat({
      model,
      stream: false,
      tools: [{ type: "function", function: { name: "weather", description: PLANTED } }],
      messages: [
        { role: "system", content: PLANTED },
        {
          role: "assistant",
          content: "",
          tool_calls: [{ function: { name: "weather", arguments: { where: PLANTED } } }],
        },
        { role: "tool", content: PLANTED, tool_name: "weather" },
        ...user("tell"),
      ],
    });
    await through.generate({ model, prompt: `tell ${PLANTED}`, system: PLANTED, suffix: PLANTED, stream: false });
    await through.embed({ model, input: [PLANTED, "one"] });
    assert.equal(received().length, 3);
    assert.deepEqual(leaked(), []);
  });
});

async function clients(test: TestContext, config?: ConfigInput) {
  const simulated = await simulateModel(test, "ollama", config);
  const client = (host: string) => new Ollama({ host });
  return { ...simulated, direct: client(simulated.directUrl), through: client(simulated.throughUrl) };
}
