import assert from "node:assert/strict";
import { test } from "node:test";
import { ADAPTERS } from "../config/sections/target.ts";
import { matchTarget } from "./match-route.ts";
import type { FieldPath, Protocol, Route, StreamFormat } from "./protocol.ts";
import { protocolFor, protocols, spokenTargetTypes } from "./registry.ts";

/** Paths as clients write them, by target type, and the route that each one is. */
const paths: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "openai-compatible": {
    "/v1/chat/completions": "chat-completions",
    "/v1/chat/completions/chatcmpl-1": "chat-completion",
    "/v1/chat/completions/chatcmpl-1/messages": "chat-completion-messages",
    "/v1/completions": "completions",
    "/v1/embeddings": "embeddings",
    "/v1/moderations": "moderations",
    "/v1/responses": "responses",
    "/v1/responses/resp_1": "response",
    "/v1/responses/resp_1?stream=true&starting_after=4": "response",
    "/v1/responses/resp_1/cancel": "response-cancel",
    "/v1/responses/resp_1/input_items?limit=5": "response-input-items",
    "/v1/responses/input_tokens": "responses-input-tokens",
    "/v1/responses/compact": "responses-compact",
    "/v1/conversations": "conversations",
    "/v1/conversations/conv_1": "conversation",
    "/v1/conversations/conv_1/items": "conversation-items",
    "/v1/conversations/conv_1/items/msg_1": "conversation-item",
    "/v1/audio/speech": "audio-speech",
    "/v1/audio/transcriptions": "audio-transcriptions",
    "/v1/audio/translations": "audio-translations",
    "/v1/images/generations": "images-generations",
    "/v1/images/edits": "images-edits",
    "/v1/images/variations": "images-variations",
    "/v1/videos": "videos",
    "/v1/videos/video_1/content": "video-content",
    "/v1/files": "files",
    "/v1/files/file-1": "file",
    "/v1/files/file-1/content": "file-content",
    "/v1/uploads": "uploads",
    "/v1/uploads/upload_1/parts": "upload-parts",
    "/v1/uploads/upload_1/complete": "upload-complete",
    "/v1/batches": "batches",
    "/v1/batches/batch_1": "batch",
    "/v1/batches/batch_1/cancel": "batch-cancel",
    "/v1/vector_stores": "vector-stores",
    "/v1/vector_stores/vs_1/search": "vector-store-search",
    "/v1/vector_stores/vs_1/file_batches/vsfb_1/files": "vector-store-file-batch-files",
    "/v1/models": "models",
    "/v1/models/ft:gpt-4o-mini:org::id": "model",
    "/v1/messages": "messages",
    "/v1/realtime?model=gpt-realtime": "realtime",
    "/v1/realtime/client_secrets": "realtime",
    "/v1/somewhere/else": "unknown",
  },
  anthropic: {
    "/v1/messages": "messages",
    "/v1/messages?beta=true": "messages",
    "/v1/messages/count_tokens?beta=true": "count-tokens",
    "/v1/messages/batches": "message-batches",
    "/v1/messages/batches/msgbatch_1": "message-batch",
    "/v1/messages/batches/msgbatch_1/cancel": "message-batch-cancel",
    "/v1/messages/batches/msgbatch_1/results": "message-batch-results",
    "/v1/complete": "complete",
    "/v1/files": "files",
    "/v1/files/file_1/content": "file-content",
    "/v1/models": "models",
    "/v1/models/claude-sonnet-5": "model",
    "/": "root",
    "/v1/sessions": "unknown",
  },
  mcp: {
    "/mcp": "mcp",
    "/sse": "sse",
    "/message?sessionId=1": "message",
    "/messages?session_id=1": "messages",
    "/.well-known/oauth-protected-resource": "oauth-protected-resource",
    "/.well-known/oauth-protected-resource/mcp": "oauth-protected-resource",
    "/.well-known/oauth-authorization-server": "oauth-authorization-server",
    "/.well-known/openid-configuration": "openid-configuration",
    "/authorize?client_id=1": "login-authorize",
    "/token": "login-token",
    "/register": "login-register",
    "/revoke": "unknown",
  },
  gemini: {
    "/v1beta/models/gemini-3-pro:generateContent": "generate-content",
    "/v1/models/gemini-3-pro:generateContent?key=k": "generate-content",
    "/v1beta/models/gemini-3-pro:streamGenerateContent?alt=sse": "stream-generate-content",
    "/v1beta/models/gemini-3-pro:streamGenerateContent": "stream-generate-content",
    "/v1beta/tunedModels/mine:generateContent": "generate-content",
    "/v1beta/models/gemini-3-pro:countTokens": "count-tokens",
    "/v1beta/models/gemini-embedding:embedContent": "embed",
    "/v1beta/models/gemini-embedding:batchEmbedContents": "batch-embed",
    "/v1beta/models/gemini-3-pro:batchGenerateContent": "batch-generate",
    "/v1beta/models/imagen-5:predict": "predict",
    "/v1beta/models/gemini-3-pro": "model",
    "/v1beta/models": "models",
    "/v1beta/cachedContents": "cached-contents",
    "/v1beta/cachedContents/1": "cached-content",
    "/v1beta/files": "files",
    "/v1beta/files/1": "file",
    "/v1beta/files/1:download?alt=media": "file-content",
    "/upload/v1beta/files": "file-upload",
    "/v1beta/interactions": "interactions",
    "/v1beta/interactions/1": "interaction",
    "/v1beta/openai/chat/completions": "chat-completions",
    "/v1beta1/projects/p/locations/l/publishers/google/models/gemini-3-pro:generateContent": "generate-content",
    "/v1/projects/p/locations/l/publishers/google/models/gemini-3-pro:streamGenerateContent?alt=sse":
      "stream-generate-content",
    "/v1/projects/p/locations/l/publishers/google/models/gemini-3-pro:computeTokens": "compute-tokens",
    "/v1/projects/p/locations/l/publishers/anthropic/models/claude-sonnet-5@2026:streamRawPredict": "messages",
    "/v1/projects/p/locations/l/endpoints/openapi/chat/completions": "chat-completions",
    "/v1alpha/auth_tokens": "auth-tokens",
    "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent": "live",
  },
  ollama: {
    "/api/chat": "chat",
    "/api/generate": "generate",
    "/api/embed": "embed",
    "/api/embeddings": "embeddings",
    "/api/show": "show",
    "/api/tags": "tags",
    "/api/experimental/web_search": "web-search",
    "/api/create": "administration",
    "/api/pull": "administration",
    "/api/push": "administration",
    "/api/delete": "administration",
    "/api/copy": "administration",
    "/api/blobs/sha256:00": "administration",
    "/v1/chat/completions": "chat-completions",
    "/v1/completions": "completions",
    "/v1/embeddings": "embeddings",
    "/v1/responses": "responses",
    "/v1/messages": "messages",
    "/v1/models": "models",
    "/v1/images/generations": "images-generations",
    "/v1/audio/transcriptions": "audio-transcriptions",
  },
  "llama-cpp": {
    "/completion": "legacy-completion",
    "/completions": "legacy-completion",
    "/infill": "infill",
    "/tokenize": "tokenize",
    "/detokenize": "detokenize",
    "/apply-template": "apply-template",
    "/embedding": "embedding",
    "/embeddings": "embeddings",
    "/rerank": "rerank",
    "/v1/rerank": "rerank",
    "/props": "properties",
    "/slots": "administration",
    "/slots/0?action=save": "administration",
    "/lora-adapters": "administration",
    "/models/unload": "administration",
    "/tools": "administration",
    "/v1/chat/completions": "chat-completions",
    "/v1/chat/completions/input_tokens": "input-tokens",
    "/v1/completions": "completions",
    "/v1/embeddings": "embeddings",
    "/v1/responses": "responses",
    "/v1/messages": "messages",
    "/v1/messages/count_tokens": "count-tokens",
    "/v1/audio/transcriptions": "audio-transcriptions",
  },
  "vllm-openai": {
    "/v1/chat/completions": "chat-completions",
    "/v1/chat/completions/render": "render",
    "/v1/completions": "completions",
    "/v1/responses": "responses",
    "/v1/messages": "messages",
    "/v1/audio/transcriptions": "audio-transcriptions",
    "/tokenize": "tokenize",
    "/detokenize": "detokenize",
    "/pooling": "pooling",
    "/classify": "classify",
    "/score": "score",
    "/v2/rerank": "rerank",
    "/v2/embed": "embed",
    "/invocations": "invocations",
    "/inference/v1/generate": "generate",
    "/v1/realtime": "realtime",
    "/v1/load_lora_adapter": "administration",
    "/collective_rpc": "administration",
    "/sleep": "administration",
    "/reset_prefix_cache": "administration",
  },
  "azure-openai": {
    "/openai/deployments/mine/chat/completions?api-version=2026-10-21": "chat-completions",
    "/openai/deployments/mine/embeddings?api-version=2026-10-21": "embeddings",
    "/openai/deployments/mine/audio/transcriptions?api-version=2026-10-21": "audio-transcriptions",
    "/openai/v1/chat/completions": "chat-completions",
    "/openai/v1/responses": "responses",
    "/openai/responses?api-version=preview": "responses",
    "/openai/v1/files": "files",
    "/openai/realtime?deployment=mine": "realtime",
  },
};

const refusedIds = ["administration", "realtime", "live", "auth-tokens"];

for (const [type, targets] of Object.entries(paths)) {
  for (const [target, id] of Object.entries(targets)) {
    test(`${type} knows ${target} as ${id}`, () => {
      const { route } = matchTarget(protocolOf(type), target);
      assert.equal(route.id, id);
      if (refusedIds.includes(id)) assert.notEqual(route.refused, undefined);
    });
  }
}

test("every target type of the configuration is spoken, and every protocol can be chosen", () => {
  assert.deepEqual([...spokenTargetTypes].sort(), ["llm-http", ...ADAPTERS].sort());
  for (const adapter of ADAPTERS) assert.equal(protocolFor(adapter)?.id, adapter);
  assert.equal(protocolFor("llm-http"), protocolFor("openai-compatible"));
  assert.equal(protocolFor("constructor"), null);
});

for (const protocol of protocols) {
  test(`each route of ${protocol.id} is the one that its own path leads to`, () => {
    for (const route of protocol.routes) {
      const path = route.path.replaceAll(/\{(\w+)\}/g, "one-$1");
      assert.equal(matchTarget(protocol, path).route.path, route.path);
    }
  });

  test(`no two routes of ${protocol.id} are told apart by the names of their placeholders only`, () => {
    const shapes = protocol.routes.map(({ path }) => path.replaceAll(/\{\w+\}/g, "{}"));
    assert.deepEqual(shapes, [...new Set(shapes)]);
  });

  test(`every path of ${protocol.id} is plain, with one placeholder a segment`, () => {
    for (const { path } of protocol.routes) assert.match(path, /^(?:\/|(?:\/[\w.:-]*(?:\{\w+\}[\w.:-]*)?)+)$/, path);
  });

  test(`every place in the bodies and frames of ${protocol.id} is well-formed`, () => {
    for (const route of protocol.routes) for (const path of placesOf(route)) assertWellFormed(path);
  });

  test(`a refused route of ${protocol.id} says nothing of bodies that will not be read`, () => {
    for (const { refused, stream, request, response } of protocol.routes) {
      if (refused === undefined) continue;
      assert.equal(stream, null);
      assert.equal(request ?? response, undefined);
    }
  });

  test(`the error frame of ${protocol.id} is one frame of its framing, and says the wire code`, () => {
    for (const format of protocol.routes.flatMap(formatsOf)) {
      const frame = format.errorFrame({ code: "haechi_some_code", message: "said\nso", count: 7 });
      const [head, body] = partsOf(format, frame);
      assert.match(head, HEADS[format.framing]);
      const said: unknown = JSON.parse(body);
      assert.match(JSON.stringify(said), /haechi_some_code/);
      if (format.counter !== undefined) assert.equal(Reflect.get(Object(said), format.counter), 7);
    }
  });

  test(`what ends a text in ${protocol.id} can end a text that its channels open`, () => {
    for (const { channels, ends } of protocol.routes.flatMap(formatsOf)) {
      for (const end of ends) {
        if (!("event" in end) || end.by === undefined) continue;
        assert.ok(channels.some(({ by }) => by?.[0] === end.by));
      }
    }
  });
}

const HEADS: Readonly<Record<StreamFormat["framing"], RegExp>> = {
  sse: /^(?:event: \w+\n)?data: $/,
  ndjson: /^$/,
  "json-array": /^$/,
};

/** What stands before the JSON of a frame, and the JSON. */
function partsOf({ framing }: StreamFormat, frame: string): [string, string] {
  const end = { sse: "\n\n", ndjson: "\n", "json-array": "" }[framing];
  assert.ok(frame.endsWith(end));
  const start = frame.indexOf("{");
  const body = frame.slice(start, frame.length - end.length);
  assert.ok(!body.includes("\n"));
  return [frame.slice(0, start), body];
}

function protocolOf(type: string): Protocol {
  const protocol = protocolFor(type);
  assert.ok(protocol !== null);
  return protocol;
}

function formatsOf({ stream, streamWhen }: Route): StreamFormat[] {
  return [stream, streamWhen?.format ?? null].filter((format) => format !== null);
}

function* placesOf(route: Route): Generator<FieldPath> {
  for (const { path } of [...(route.request ?? []), ...(route.response ?? [])]) yield path;
  yield* route.models ?? [];
  yield* route.tokenIds ?? [];
  yield* route.copies ?? [];
  for (const format of formatsOf(route)) {
    for (const { path } of [...format.channels, ...(format.fields ?? [])]) yield path;
    for (const end of format.ends) if ("path" in end) yield end.path;
  }
}

// Names of members as these APIs write them: `image[]` is a part of a form, `@type` one of Google's, and MCP puts the
// name of a domain before what it keeps for itself.
const MEMBER = /^(?:\*|\*\*|(?:io\.modelcontextprotocol\/)?@?[A-Za-z_][\w-]*(?:\[\])?)$/;

function assertWellFormed(path: FieldPath): void {
  assert.ok(path.length > 0);
  for (const step of path) assert.match(step, MEMBER, path.join("."));
  assert.notEqual(path[0], "*");
}
