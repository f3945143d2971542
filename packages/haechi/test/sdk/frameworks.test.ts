import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { createOpenAI } from "@ai-sdk/openai";
import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import { generateText, streamText } from "ai";
import type { ConfigInput } from "../../src/config/schema.ts";
import { all, LETTER, PLANTED, REDACTING, STORY, simulateModel, TOKENIZING } from "../support/simulated-model.ts";

describe("the AI SDK", () => {
  for (const api of ["chat", "responses"] as const) {
    it(`generates and streams the same text over ${api}`, async (test) => {
      const { throughUrl } = await simulateModel(test, "openai-compatible");
      const model = aiModel(throughUrl, api);
      assert.equal((await generateText({ model, prompt: "tell" })).text, STORY);
      assert.equal((await all(streamText({ model, prompt: "tell" }).textStream)).join(""), STORY);
    });

    it(`gets its own values back over ${api}, though none of them left`, async (test) => {
      const { throughUrl, leaked } = await simulateModel(test, "openai-compatible", TOKENIZING);
      const request = { model: aiModel(throughUrl, api), prompt: `echo ${LETTER}` };
      assert.equal((await generateText(request)).text, request.prompt);
      assert.equal((await all(streamText(request).textStream)).join(""), request.prompt);
      assert.deepEqual(leaked(), []);
    });
  }
});

describe("LangChain", () => {
  it("invokes and streams the same text", async (test) => {
    const chat = await langchain(test);
    assert.equal((await chat.model.invoke("tell")).text, STORY);
    assert.equal((await all(await chat.model.stream("tell"))).map(({ text }) => text).join(""), STORY);
  });

  it("gets its own values back, though none of them left", async (test) => {
    const { model, leaked } = await langchain(test, TOKENIZING);
    const prompt = `echo ${LETTER}`;
    assert.equal((await model.invoke(prompt)).text, prompt);
    assert.equal((await all(await model.stream(prompt))).map(({ text }) => text).join(""), prompt);
    assert.deepEqual(leaked(), []);
  });

  it("sends no planted value upstream", async (test) => {
    const { model, leaked, received } = await langchain(test, REDACTING);
    await model.invoke([new SystemMessage(PLANTED), new HumanMessage(`tell ${PLANTED}`)]);
    assert.equal(received().length, 1);
    assert.deepEqual(leaked(), []);
  });
});

function aiModel(url: string, api: "chat" | "responses") {
  const openai = createOpenAI({ baseURL: `${url}/v1`, apiKey: "provider-key" });
  return openai[api]("gpt-test");
}

async function langchain(test: TestContext, config?: ConfigInput) {
  const simulated = await simulateModel(test, "openai-compatible", config);
  const model = new ChatOpenAI({
    model: "gpt-test",
    apiKey: "provider-key",
    maxRetries: 0,
    configuration: { baseURL: `${simulated.throughUrl}/v1` },
  });
  return { ...simulated, model };
}
