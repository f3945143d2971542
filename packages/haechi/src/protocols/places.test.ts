import assert from "node:assert/strict";
import { test } from "node:test";
import { compilePlaceRules } from "../core/document/field-rules.ts";
import { leafPath } from "../core/document/path.ts";
import { tokenize } from "../core/document/tokenize.ts";
import type { FieldRule, Route } from "./protocol.ts";
import { protocolFor } from "./registry.ts";

// A value says what its place holds: `media` at a place for media, `text` where all is read as text.
const CONTENTS = ["json", "opaque", "signed-text", "media", "identifier", "text"];

function check(rules: readonly FieldRule[] | undefined, body: object): void {
  const document = tokenize(new TextEncoder().encode(JSON.stringify(body)), { depthMax: 64 });
  const held = new Map(
    compilePlaceRules(rules ?? [])
      .placesIn(document)
      .map(({ leaf, holds }) => [leaf, holds]),
  );
  for (const [path, value] of stringsOf(body)) {
    assert.ok(CONTENTS.includes(value), `${path}: ${value}`);
    const leaf = leafAt(document, path);
    assert.equal(held.get(leaf) ?? "text", value, path);
  }
}

function leafAt(document: ReturnType<typeof tokenize>, path: string): number {
  const all = Array.from({ length: document.leaves.count }, (_, leaf) => leaf);
  // A key has the path of its value, and stands before it.
  return all.findLast((leaf) => leafPath(document, leaf).join(".") === path)!;
}

function* stringsOf(value: unknown, path: readonly (string | number)[] = []): Generator<[string, string]> {
  if (typeof value === "string") yield [path.join("."), value];
  else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) yield* stringsOf(inner, [...path, name]);
  }
}

const route = (type: string, id: string): Route => {
  const found = protocolFor(type)!.routes.find((one) => one.id === id);
  assert.ok(found !== undefined);
  return found;
};

/** What a tool is given or gives back is of the caller's making: no member of it means anything to the API. */
const ownJson = { type: "text", id: "text", data: "text", role: "text", signature: "text", source: { data: "text" } };

test("a request for a chat completion", () => {
  check(route("openai-compatible", "chat-completions").request, {
    model: "identifier",
    messages: [
      { role: "identifier", content: "text", name: "text" },
      {
        role: "identifier",
        content: [
          { type: "identifier", text: "text" },
          { type: "identifier", refusal: "text" },
          { type: "identifier", image_url: { url: "media", detail: "identifier" } },
          { type: "identifier", input_audio: { data: "media", format: "identifier" } },
          { type: "identifier", file: { file_data: "media", file_id: "identifier", filename: "text" } },
          { type: "identifier", video_url: { url: "media" } },
        ],
      },
      {
        role: "identifier",
        refusal: "text",
        reasoning_content: "text",
        reasoning_details: [{ type: "identifier", text: "text", signature: "opaque", data: "opaque" }],
        audio: { id: "identifier" },
        tool_calls: [
          { id: "identifier", type: "identifier", function: { name: "text", arguments: "json" } },
          { id: "identifier", type: "identifier", custom: { name: "text", input: "text" } },
        ],
        function_call: { name: "text", arguments: "json" },
      },
      { role: "identifier", tool_call_id: "identifier", content: "text" },
    ],
    tools: [{ type: "identifier", function: { name: "text", description: "text", parameters: ownJson } }],
    response_format: { type: "identifier", json_schema: { name: "text", schema: ownJson } },
    prediction: { type: "identifier", content: "text" },
    stop: ["text"],
    user: "text",
    metadata: ownJson,
    logit_bias: {},
  });
});

test("a chat completion", () => {
  check(route("openai-compatible", "chat-completions").response, {
    id: "identifier",
    object: "identifier",
    model: "identifier",
    choices: [
      {
        finish_reason: "identifier",
        message: {
          role: "identifier",
          content: "text",
          refusal: "text",
          annotations: [{ type: "identifier", url_citation: { url: "text", title: "text" } }],
          audio: { id: "identifier", data: "media", transcript: "text" },
          tool_calls: [{ id: "identifier", type: "identifier", function: { name: "text", arguments: "json" } }],
        },
      },
    ],
    error: { type: "identifier", code: "identifier", message: "text" },
  });
});

test("a request for a response, with every kind of item", () => {
  check(route("openai-compatible", "responses").request, {
    model: "identifier",
    instructions: "text",
    previous_response_id: "identifier",
    prompt: { id: "identifier", variables: { a: "text", b: { type: "text", image_url: "media" } } },
    include: ["identifier"],
    metadata: ownJson,
    input: [
      { type: "identifier", role: "identifier", content: "text", phase: "identifier" },
      {
        role: "identifier",
        content: [
          { type: "identifier", text: "text", annotations: [{ type: "identifier", title: "text" }] },
          { type: "identifier", image_url: "media", detail: "identifier" },
          { type: "identifier", file_data: "media", file_url: "text", filename: "text" },
          { type: "identifier", input_audio: { data: "media" } },
        ],
      },
      {
        type: "identifier",
        id: "identifier",
        summary: [{ type: "identifier", text: "text" }],
        content: [{ type: "identifier", text: "text" }],
        encrypted_content: "opaque",
      },
      { type: "identifier", call_id: "identifier", name: "text", arguments: "json" },
      { type: "identifier", call_id: "identifier", output: "text" },
      {
        type: "identifier",
        output: [
          { type: "identifier", text: "text" },
          { type: "identifier", image_url: "media" },
        ],
      },
      { type: "identifier", input: "text", name: "text" },
      { type: "identifier", action: { type: "identifier", command: ["text"], env: { type: "text" }, user: "text" } },
      { type: "identifier", action: { commands: ["text"] }, output: [{ stdout: "text", stderr: "text" }] },
      { type: "identifier", operation: { type: "identifier", path: "text", diff: "text" } },
      { type: "identifier", actions: [{ type: "identifier", text: "text" }], output: { image_url: "media" } },
      { type: "identifier", queries: ["text"], results: [{ text: "text", filename: "text", file_id: "identifier" }] },
      { type: "identifier", code: "text", outputs: [{ type: "identifier", logs: "text" }] },
      { type: "identifier", revised_prompt: "text", result: "media" },
      { type: "identifier", server_label: "identifier", output: "text", error: "text", arguments: "json" },
      { type: "identifier", approval_request_id: "identifier", reason: "text" },
      { type: "identifier", code: "text", fingerprint: "opaque" },
    ],
    tools: [
      { type: "identifier", name: "text", description: "text", parameters: ownJson },
      {
        type: "identifier",
        server_label: "identifier",
        server_url: "text",
        authorization: "opaque",
        headers: { a: "text" },
      },
      { type: "identifier", name: "text", tools: [{ type: "identifier", parameters: ownJson }] },
    ],
    text: { format: { type: "identifier", schema: ownJson } },
  });
});

test("events of a response", () => {
  const { fields } = route("openai-compatible", "responses").stream!;
  check(fields, { type: "identifier", item_id: "identifier", delta: "media", obfuscation: "opaque" });
  check(fields, { type: "identifier", text: "text" });
  check(fields, { type: "identifier", arguments: "json", name: "text" });
  check(fields, { type: "identifier", part: { type: "identifier", text: "text" } });
  check(fields, {
    type: "identifier",
    item: { type: "identifier", id: "identifier", arguments: "json", code: "text" },
  });
  check(fields, { type: "identifier", partial_image_b64: "media" });
  check(fields, { type: "identifier", message: "text", code: "identifier", param: "text" });
  check(fields, {
    type: "identifier",
    response: {
      id: "identifier",
      instructions: "text",
      metadata: ownJson,
      output: [{ type: "identifier", encrypted_content: "opaque", content: [{ type: "identifier", text: "text" }] }],
      error: { code: "identifier", message: "text" },
    },
  });
});

/** Blocks as they stand in a message, of a request or of a response. */
const blocks = [
  {
    type: "identifier",
    text: "text",
    citations: [{ type: "identifier", cited_text: "text", encrypted_index: "opaque" }],
  },
  { type: "identifier", thinking: "signed-text", signature: "opaque" },
  { type: "identifier", data: "opaque" },
  { type: "identifier", source: { type: "identifier", media_type: "identifier", data: "media" } },
  { type: "identifier", source: { type: "identifier", url: "text" }, title: "text", context: "text" },
  { type: "identifier", source: { type: "identifier", content: "text" } },
  {
    type: "identifier",
    source: { type: "identifier", content: [{ type: "identifier", text: "text" }, { source: { data: "media" } }] },
  },
  { type: "identifier", source: "text", title: "text", content: [{ type: "identifier", text: "text" }] },
  { type: "identifier", id: "identifier", name: "text", input: ownJson },
  { type: "identifier", tool_use_id: "identifier", content: "text" },
  {
    type: "identifier",
    tool_use_id: "identifier",
    content: [
      { type: "identifier", text: "text" },
      { type: "identifier", source: { type: "identifier", data: "media" } },
      { type: "identifier", source: { content: [{ type: "identifier", text: "text" }] } },
      { type: "identifier", source: "text", content: [{ type: "identifier", text: "text" }] },
      { type: "identifier", url: "text", title: "text", encrypted_content: "opaque", page_age: "text" },
    ],
  },
  {
    type: "identifier",
    content: { type: "identifier", url: "text", content: { source: { data: "media" }, title: "text" } },
  },
  {
    type: "identifier",
    content: { type: "identifier", stdout: "text", content: [{ type: "identifier", file_id: "identifier" }] },
  },
  { type: "identifier", content: { type: "identifier", encrypted_stdout: "opaque", stderr: "text" } },
  { type: "identifier", content: { type: "identifier", lines: ["text"] } },
  { type: "identifier", content: "text", encrypted_content: "opaque", signature: "opaque" },
];

test("a request for a message, with every kind of block", () => {
  for (const id of ["messages", "count-tokens"]) {
    check(route("anthropic", id).request, {
      model: "identifier",
      system: [{ type: "identifier", text: "text", cache_control: { type: "identifier" } }],
      messages: [
        { role: "identifier", content: "text" },
        { role: "identifier", content: blocks },
      ],
      tools: [
        { type: "identifier", name: "text", description: "text", input_schema: ownJson, input_examples: [ownJson] },
      ],
      mcp_servers: [{ type: "identifier", url: "text", name: "text", authorization_token: "opaque" }],
      metadata: { user_id: "json" },
      stop_sequences: ["text"],
      output_config: { format: { type: "identifier", schema: ownJson } },
    });
  }
});

test("a batch of messages, and its results", () => {
  check(route("anthropic", "message-batches").request, {
    requests: [{ custom_id: "identifier", params: { model: "identifier", messages: [{ content: blocks }] } }],
  });
  check(route("anthropic", "message-batch-results").response, {
    custom_id: "identifier",
    result: { type: "identifier", message: { content: blocks, stop_reason: "identifier" } },
  });
});

test("a message, and events of one", () => {
  const { response, stream } = route("anthropic", "messages");
  check(response, { id: "identifier", role: "identifier", content: blocks, stop_reason: "identifier" });
  check(response, { type: "identifier", error: { type: "identifier", message: "text" } });
  for (const block of blocks) check(stream!.fields, { type: "identifier", content_block: block });
  check(stream!.fields, { type: "identifier", delta: { type: "identifier", signature: "opaque" } });
  check(stream!.fields, { type: "identifier", delta: { citation: { cited_text: "text", encrypted_index: "opaque" } } });
  check(stream!.fields, { type: "identifier", delta: { stop_reason: "identifier", stop_sequence: "text" } });
});

const camelParts = [
  { text: "text", thoughtSignature: "opaque" },
  { inlineData: { mimeType: "identifier", data: "media", displayName: "text" } },
  { fileData: { mimeType: "identifier", fileUri: "text" } },
  { functionCall: { id: "identifier", name: "text", args: ownJson } },
  {
    functionResponse: { id: "identifier", name: "text", response: ownJson, parts: [{ inlineData: { data: "media" } }] },
  },
  { executableCode: { language: "identifier", code: "text" } },
  { codeExecutionResult: { outcome: "identifier", output: "text" } },
];

test("a request to generate, in either spelling", () => {
  const { request } = route("gemini", "generate-content");
  const tools = { functionDeclarations: [{ name: "text", description: "text", parameters: ownJson }] };
  check(request, {
    contents: [{ role: "identifier", parts: camelParts }],
    systemInstruction: { parts: [{ text: "text" }] },
    tools: [tools],
    cachedContent: "identifier",
    generationConfig: { responseMimeType: "identifier", stopSequences: ["text"], responseSchema: ownJson },
  });
  check(request, {
    contents: [
      { parts: [{ inline_data: { mime_type: "identifier", data: "media" } }, { thought_signature: "opaque" }] },
    ],
    system_instruction: { parts: [{ text: "text" }] },
    generation_config: { response_mime_type: "identifier", stop_sequences: ["text"] },
  });
});

test("what was generated, whole and in a stream", () => {
  const { response, stream, streamWhen } = route("gemini", "stream-generate-content");
  for (const rules of [response, stream!.fields, streamWhen!.format.fields]) {
    check(rules, {
      candidates: [
        {
          content: { role: "identifier", parts: camelParts },
          finishReason: "identifier",
          finishMessage: "text",
          groundingMetadata: { webSearchQueries: ["text"], searchEntryPoint: { renderedContent: "text" } },
        },
      ],
      modelVersion: "identifier",
    });
  }
});

test("texts to embed, at Google", () => {
  check(route("gemini", "batch-embed").request, {
    requests: [{ model: "identifier", title: "text", content: { parts: [{ text: "text" }] } }],
  });
});

test("Ollama's own bodies", () => {
  check(route("ollama", "chat").request, {
    model: "identifier",
    messages: [
      { role: "identifier", content: "text", thinking: "text", images: ["media"] },
      { role: "identifier", tool_calls: [{ function: { name: "text", arguments: ownJson } }] },
      { role: "identifier", tool_name: "text", content: "text" },
    ],
    format: ownJson,
    options: { stop: ["text"] },
  });
  check(route("ollama", "generate").request, {
    prompt: "text",
    suffix: "text",
    system: "text",
    template: "text",
    images: ["media"],
  });
  const { response, stream } = route("ollama", "chat");
  for (const rules of [response, stream!.fields]) {
    check(rules, {
      model: "identifier",
      done_reason: "identifier",
      error: "text",
      message: { role: "identifier", content: "text", tool_calls: [{ function: { arguments: ownJson } }] },
      _debug_info: { rendered_template: "text" },
    });
  }
});

test("llama.cpp's own bodies", () => {
  check(route("llama-cpp", "legacy-completion").request, {
    prompt: { prompt_string: "text", multimodal_data: ["media"] },
    input_extra: [{ filename: "text", text: "text" }],
    grammar: "text",
    json_schema: ownJson,
    stop: ["text"],
  });
  check(route("llama-cpp", "legacy-completion").response, { content: "text", prompt: "text", stopping_word: "text" });
});

test("a line of a batch is a request, below the name of its part", () => {
  check(route("openai-compatible", "files").request, {
    file: {
      custom_id: "identifier",
      method: "identifier",
      url: "identifier",
      body: { messages: [{ role: "identifier" }] },
    },
    purpose: "identifier",
  });
});
