import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { GoogleGenAI } from "@google/genai";
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

const model = "gemini-test";
const weatherTool = { functionDeclarations: [{ name: "weather", description: "The weather" }] };

describe("the official Google Gen AI SDK", () => {
  it("gets the same content through Haechi as without", async (test) => {
    const { direct, through } = await clients(test);
    const tell = async (client: GoogleGenAI) =>
      (await client.models.generateContent({ model, contents: "tell" })).candidates;
    assert.deepEqual(lasting(await tell(through)), lasting(await tell(direct)));
  });

  it("gets the same text as a stream", async (test) => {
    const { direct, through } = await clients(test);
    for (const client of [direct, through]) {
      const chunks = await all(await client.models.generateContentStream({ model, contents: "tell" }));
      assert.equal(chunks.map(({ text }) => text ?? "").join(""), STORY);
    }
  });

  it("gets the same function call", async (test) => {
    const { direct, through } = await clients(test);
    for (const client of [direct, through]) {
      const answer = await client.models.generateContent({
        model,
        contents: "weather",
        config: { tools: [weatherTool] },
      });
      assert.deepEqual(
        answer.functionCalls?.map(({ args }) => args),
        [WEATHER],
      );
    }
  });

  it("gets its own values back, whole and streamed, though none of them left", async (test) => {
    const { through, leaked } = await clients(test, TOKENIZING);
    const contents = `echo ${LETTER}`;
    assert.equal((await through.models.generateContent({ model, contents })).text, contents);
    const chunks = await all(await through.models.generateContentStream({ model, contents }));
    assert.equal(chunks.map(({ text }) => text ?? "").join(""), contents);
    assert.deepEqual(leaked(), []);
  });

  it("sends no planted value upstream from any of its fields", async (test) => {
    const { through, received, leaked } = await clients(test, REDACTING);
    await through.models.generateContent({
      model,
      config: {
        systemInstruction: PLANTED,
        stopSequences: [PLANTED],
        tools: [{ functionDeclarations: [{ name: "weather", description: PLANTED }] }],
      },
      contents: [
        { role: "user", parts: [{ text: PLANTED }] },
        { role: "model", parts: [{ functionCall: { name: "weather", args: { where: PLANTED } } }] },
        {
          role: "user",
          parts: [{ functionResponse: { name: "weather", response: { said: PLANTED } } }, { text: "tell" }],
        },
      ],
    });
    assert.equal(received().length, 1);
    assert.deepEqual(leaked(), []);
  });
});

async function clients(test: TestContext, config?: ConfigInput) {
  const simulated = await simulateModel(test, "gemini", config);
  const client = (baseUrl: string) =>
    new GoogleGenAI({ apiKey: "provider-key", httpOptions: { baseUrl, apiVersion: "v1beta" } });
  return { ...simulated, direct: client(simulated.directUrl), through: client(simulated.throughUrl) };
}
