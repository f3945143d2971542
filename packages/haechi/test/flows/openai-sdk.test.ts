import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { LLMock } from "@copilotkit/aimock";
import OpenAI from "openai";
import type { ConfigInput } from "../../src/config/schema.ts";
import { CANARIES, canariesIn } from "../support/canaries.ts";
import { startHaechi } from "../support/start-haechi.ts";

// An independent simulator of the API as upstream and the official SDK as client:
// what the SDK gives through Haechi is held against what it gives without.

const inspecting: ConfigInput = {
  streaming: { requestMode: "inspect" },
  responseProtection: { enabled: true },
};

const story =
  'A long answer — with "quotes", a path C:\\temp, 한국어와 emoji 🙂, a version 1.2.3, a date 2026-03-14T09:26:53Z, ' +
  "an order number 1234567890, code `const a = [1, 2];`\n\n- and\n- lists\n";

describe("the official OpenAI SDK", () => {
  it("gets the same chat completion through Haechi as without", async (test) => {
    const { direct, through } = await clients(test);
    const ask = (client: OpenAI) =>
      client.chat.completions.create({ model: "gpt-test", messages: [{ role: "user", content: "tell" }] });
    assert.deepEqual(lasting(await ask(through)), lasting(await ask(direct)));
  });

  it("gets the same chunks of a streamed chat completion, usage included", async (test) => {
    const { direct, through } = await clients(test);
    const ask = async (client: OpenAI) => {
      const stream = await client.chat.completions.create({
        model: "gpt-test",
        messages: [{ role: "user", content: "tell" }],
        stream: true,
        stream_options: { include_usage: true },
      });
      const chunks = [];
      for await (const chunk of stream) chunks.push(lasting(chunk));
      return chunks;
    };
    assert.deepEqual(await ask(through), await ask(direct));
  });

  it("gets the same tool call, streamed, with arguments that parse", async (test) => {
    const { direct, through } = await clients(test);
    const ask = async (client: OpenAI) => {
      const runner = client.chat.completions.stream({
        model: "gpt-test",
        messages: [{ role: "user", content: "weather" }],
        tools: [{ type: "function", function: { name: "weather", parameters: { type: "object" } } }],
      });
      const completion = await runner.finalChatCompletion();
      return completion.choices[0]!.message.tool_calls?.map((call) =>
        call.type === "function" ? [call.function.name, JSON.parse(call.function.arguments)] : null,
      );
    };
    assert.deepEqual(await ask(through), await ask(direct));
    assert.deepEqual(await ask(through), [["weather", { city: 'Seoul "강남"', days: 3 }]]);
  });

  it("gets the same embeddings", async (test) => {
    const { direct, through } = await clients(test);
    const ask = (client: OpenAI) => client.embeddings.create({ model: "embed-test", input: ["one", "two"] });
    assert.deepEqual(lasting(await ask(through)), lasting(await ask(direct)));
  });

  it("gets the upstream's own errors with their status", async (test) => {
    const { through, simulator } = await clients(test);
    simulator.nextRequestError(429, { message: "slow down", type: "rate_limit_error", code: "rate_limited" });
    const ask = through.chat.completions.create({ model: "gpt-test", messages: [{ role: "user", content: "tell" }] });
    await assert.rejects(ask, (error) => error instanceof OpenAI.RateLimitError && /slow down/.test(error.message));
  });

  it("sends no planted value upstream from any of its calls", async (test) => {
    const { through, simulator } = await clients(test, {
      ...inspecting,
      policy: { presets: [], defaultAction: "redact", actions: { card: "redact" } },
    });
    const planted = Object.values(CANARIES).join(" / ");
    const messages = [
      { role: "system" as const, content: planted },
      { role: "user" as const, content: [{ type: "text" as const, text: planted }] },
      { role: "user" as const, content: "tell", name: "n" },
    ];
    await through.chat.completions.create({
      model: "gpt-test",
      messages,
      user: CANARIES.email,
      stop: [CANARIES.phone],
    });
    const stream = await through.chat.completions.create({ model: "gpt-test", messages, stream: true });
    for await (const _ of stream);
    await through.embeddings.create({ model: "embed-test", input: [planted, "one"] });
    for (const request of simulator.getRequests()) assert.deepEqual(canariesIn(JSON.stringify(request)), []);
    assert.equal(simulator.getRequests().length, 3);
  });
});

interface Clients {
  readonly direct: OpenAI;
  readonly through: OpenAI;
  readonly simulator: LLMock;
}

async function clients(test: TestContext, config: ConfigInput = inspecting): Promise<Clients> {
  const simulator = new LLMock({ port: 0, host: "127.0.0.1", logLevel: "silent" });
  simulator.onMessage("weather", {
    toolCalls: [{ name: "weather", arguments: JSON.stringify({ city: 'Seoul "강남"', days: 3 }) }],
  });
  simulator.onMessage("tell", { content: story });
  simulator.onEmbedding(/.*/s, { embedding: [0.1, -0.25, 1e-7] });
  await simulator.start();
  test.after(() => simulator.stop());
  const haechi = await startHaechi(test, simulator.url, config);
  const client = (url: string) => new OpenAI({ baseURL: `${url}/v1`, apiKey: "provider-key", maxRetries: 0 });
  return { direct: client(simulator.url), through: client(haechi.url), simulator };
}

/** A reply without what the simulator makes anew each time. */
function lasting<Reply extends object>(reply: Reply): Partial<Reply> {
  return Object.fromEntries(
    Object.entries(reply).filter(([name]) => name !== "id" && name !== "created"),
  ) as Partial<Reply>;
}
