import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answerJson, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const GOOD = "allowed-1";
const BAD = "other-1";

interface Place {
  readonly type: "openai-compatible" | "azure-openai" | "vllm-openai" | "ollama" | "llama-cpp" | "anthropic" | "gemini";
  readonly what: string;
  /** The request that names a model. */
  request(model: string): { readonly target: string; readonly body?: unknown };
}

const messages = [{ role: "user", content: "hello" }];
const contents = [{ parts: [{ text: "hello" }] }];

const places: readonly Place[] = [
  ...(["openai-compatible", "vllm-openai", "llama-cpp"] as const).flatMap((type): Place[] => [
    { type, what: "chat", request: (model) => ({ target: "/v1/chat/completions", body: { model, messages } }) },
    { type, what: "responses", request: (model) => ({ target: "/v1/responses", body: { model, input: "hello" } }) },
    { type, what: "embeddings", request: (model) => ({ target: "/v1/embeddings", body: { model, input: "hello" } }) },
    { type, what: "an unknown route", request: (model) => ({ target: "/v1/something/new", body: { model } }) },
  ]),
  {
    type: "openai-compatible",
    what: "chat with a second choice of models",
    request: (model) => ({ target: "/v1/chat/completions", body: { model: GOOD, models: [GOOD, model], messages } }),
  },
  {
    type: "openai-compatible",
    what: "chat with a model to fall back on",
    request: (model) => ({ target: "/v1/chat/completions", body: { model: GOOD, fallbacks: [{ model }], messages } }),
  },
  {
    type: "openai-compatible",
    what: "a second choice, at a path that is written otherwise",
    request: (model) => ({ target: "/V1/chat/completions/", body: { model: GOOD, models: [GOOD, model], messages } }),
  },
  {
    type: "openai-compatible",
    what: "a second choice, under a name in another case",
    request: (model) => ({ target: "/v1/chat/completions", body: { model: GOOD, Models: [GOOD, model], messages } }),
  },
  {
    type: "openai-compatible",
    what: "the tool that draws",
    request: (model) => ({
      target: "/v1/responses",
      body: { model: GOOD, input: "hello", tools: [{ type: "image_generation", model }] },
    }),
  },
  {
    type: "openai-compatible",
    what: "the path of another vendor",
    request: (model) => ({ target: `/v1beta/models/${model}:generateContent`, body: { model: GOOD, contents } }),
  },
  {
    type: "azure-openai",
    what: "the deployment in a path of another case",
    request: (model) => ({ target: `/OpenAI/Deployments/${model}/chat/completions/`, body: { model: GOOD, messages } }),
  },
  {
    type: "openai-compatible",
    what: "a member that is written twice",
    request: (model) => ({
      target: "/v1/chat/completions",
      body: `{"model":"${GOOD}","model":"${model}","messages":[]}`,
    }),
  },
  {
    type: "openai-compatible",
    what: "the form of an upload",
    request: (model) => {
      const form = new FormData();
      form.append("model", model);
      form.append("prompt", "hello");
      return { target: "/v1/images/edits", body: form };
    },
  },
  {
    type: "openai-compatible",
    what: "a line of the file of a batch",
    request: (model) => {
      const line = { custom_id: "1", method: "POST", url: "/v1/chat/completions", body: { model, messages } };
      const form = new FormData();
      form.append("purpose", "batch");
      form.append("file", new Blob([`${JSON.stringify(line)}\n`], { type: "application/jsonl" }), "batch.jsonl");
      return { target: "/v1/files", body: form };
    },
  },
  {
    type: "azure-openai",
    what: "the deployment in the path",
    request: (model) => ({ target: `/openai/deployments/${model}/chat/completions?api-version=1`, body: { messages } }),
  },
  {
    type: "ollama",
    what: "chat",
    request: (model) => ({ target: "/api/chat", body: { model, messages, stream: false } }),
  },
  {
    type: "ollama",
    what: "generate",
    request: (model) => ({ target: "/api/generate", body: { model, prompt: "hello", stream: false } }),
  },
  { type: "ollama", what: "embed", request: (model) => ({ target: "/api/embed", body: { model, input: "hello" } }) },
  {
    type: "anthropic",
    what: "messages",
    request: (model) => ({ target: "/v1/messages", body: { model, max_tokens: 1, messages } }),
  },
  {
    type: "anthropic",
    what: "a request of a batch",
    request: (model) => ({
      target: "/v1/messages/batches",
      body: {
        requests: [GOOD, model].map((name) => ({ custom_id: "1", params: { model: name, max_tokens: 1, messages } })),
      },
    }),
  },
  {
    type: "gemini",
    what: "the path",
    request: (model) => ({ target: `/v1beta/models/${model}:generateContent`, body: { contents } }),
  },
  {
    type: "gemini",
    what: "the path with percent-encoding",
    request: (model) => ({ target: `/v1beta/models/${model.replace("-", "%2D")}:generateContent`, body: { contents } }),
  },
  {
    type: "gemini",
    what: "a request of a batch",
    request: (model) => ({
      target: `/v1beta/models/${GOOD}:batchEmbedContents`,
      body: { requests: [{ model: `models/${model}`, content: contents[0] }] },
    }),
  },
];

describe("the list of models", () => {
  for (const { type, what, request } of places) {
    it(`holds for ${type} in ${what}`, async (test) => {
      const upstream = await recordingUpstream(test, (response) => answerJson(response, "{}"));
      const haechi = await startHaechi(test, upstream.url, { target: { type }, policy: { modelAllowlist: [GOOD] } });
      const ask = async (model: string) => {
        const { target, body } = request(model);
        const isForm = body instanceof FormData;
        const reply = await fetch(haechi.url + target, {
          method: "POST",
          ...(isForm ? {} : { headers: { "content-type": "application/json" } }),
          body: isForm ? body : typeof body === "string" ? body : JSON.stringify(body),
        });
        return [reply.status, JSON.parse(await reply.text()).error];
      };
      assert.deepEqual(await ask(BAD), [403, "haechi_model_not_allowed"]);
      assert.equal(upstream.requests.length, 0);
      assert.deepEqual(await ask(GOOD), [200, undefined]);
    });
  }
});
