import { fieldsUnder, fieldsWith, pathOf } from "../fields.ts";
import type { Route } from "../protocol.ts";
import { audioRoutes } from "../surfaces/audio.ts";
import { chatCompletionRoute } from "../surfaces/chat-completions/routes.ts";
import { completionsRoute } from "../surfaces/completions.ts";
import { embeddingsRoute } from "../surfaces/embeddings.ts";
import { imagesRoutes } from "../surfaces/images.ts";
import { messagesRoutes } from "../surfaces/messages/routes.ts";
import { modelListRoutes } from "../surfaces/model-list.ts";
import { responsesRoute } from "../surfaces/responses/routes.ts";
import { answer, chatLines, generateLines } from "./stream.ts";

const settings = fieldsWith("identifier", ["model", "format", "keep_alive", "think"]);

const model = fieldsWith("identifier", [
  "name",
  "model",
  "digest",
  "modified_at",
  "expires_at",
  "remote_model",
  "details.format",
  "details.family",
  "details.families.*",
  "details.parameter_size",
  "details.quantization_level",
  "capabilities.*",
]);

/** Ollama's own API. */
const nativeRoutes: readonly Route[] = [
  {
    id: "chat",
    path: "/api/chat",
    stream: chatLines,
    request: [
      ...fieldsWith("media", ["messages.*.images.*"]),
      ...fieldsWith("identifier", [
        "messages.*.role",
        "messages.*.tool_call_id",
        "messages.*.tool_calls.*.id",
        "messages.*.tool_calls.*.type",
        "tools.*.type",
      ]),
      ...settings,
    ],
    response: answer,
    copies: [pathOf("logprobs")],
  },
  {
    id: "generate",
    path: "/api/generate",
    stream: generateLines,
    request: [...fieldsWith("media", ["images.*"]), ...settings],
    response: answer,
    // The conversation so far, as the model reads it; a reply hands it out, and the next request brings it back.
    tokenIds: [pathOf("context.*")],
    copies: ["context", "logprobs"].map(pathOf),
  },
  { id: "embed", path: "/api/embed", stream: null, request: settings, response: fieldsWith("identifier", ["model"]) },
  { id: "embeddings", path: "/api/embeddings", stream: null, request: settings },
  { id: "show", path: "/api/show", stream: null, request: settings, response: model },
  { id: "tags", path: "/api/tags", stream: null, models: [], response: fieldsUnder("models.*", model) },
  { id: "running", path: "/api/ps", stream: null, models: [], response: fieldsUnder("models.*", model) },
  { id: "version", path: "/api/version", stream: null, models: [] },
  { id: "web-search", path: "/api/experimental/web_search", stream: null, models: [] },
  { id: "web-fetch", path: "/api/experimental/web_fetch", stream: null, models: [] },
  { id: "root", path: "/", stream: null, models: [] },
];

const administrativeRoutes: readonly Route[] = [
  "create",
  "copy",
  "pull",
  "push",
  "delete",
  "blobs/{digest}",
  "me",
  "signout",
  "user/keys/{key}",
].map((path) => ({ id: "administration", path: `/api/${path}`, stream: null, refused: "administrative" }));

/** Its own API, and the routes of OpenAI's and Anthropic's that it has beside it. */
export const ollamaRoutes: readonly Route[] = [
  ...nativeRoutes,
  ...administrativeRoutes,
  chatCompletionRoute("/v1"),
  completionsRoute("/v1"),
  embeddingsRoute("/v1"),
  responsesRoute("/v1"),
  ...modelListRoutes("/v1"),
  ...imagesRoutes("/v1"),
  ...audioRoutes("/v1"),
  ...messagesRoutes,
];
