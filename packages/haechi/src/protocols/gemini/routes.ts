import { lazily } from "../../core/detect/lazily.ts";
import { fieldsWith } from "../fields.ts";
import type { Route } from "../protocol.ts";
import { chatCompletionRoute } from "../surfaces/chat-completions/routes.ts";
import { embeddingsRoute } from "../surfaces/embeddings.ts";
import { imagesRoutes } from "../surfaces/images.ts";
import { messageRequest } from "../surfaces/messages/request.ts";
import { message, errorFields as messageErrorFields } from "../surfaces/messages/response.ts";
import { messageStream } from "../surfaces/messages/stream.ts";
import { modelListRoutes } from "../surfaces/model-list.ts";
import { interactionsRoutes } from "./interactions.ts";
import { modelRoutes } from "./model-routes.ts";
import { generateRequest } from "./request.ts";
import { stored } from "./response.ts";

/** What the provider keeps: files, caches, batches. */
function storedRoutes(base: string): readonly Route[] {
  const kept = { stream: null, models: [], response: stored };
  return [
    { ...kept, id: "models", path: `${base}/models` },
    { id: "model", path: `${base}/models/{model}`, stream: null, response: stored },
    { id: "cached-contents", path: `${base}/cachedContents`, stream: null, request: generateRequest, response: stored },
    { ...kept, id: "cached-content", path: `${base}/cachedContents/{content}`, request: generateRequest },
    { ...kept, id: "files", path: `${base}/files` },
    { ...kept, id: "file", path: `${base}/files/{file}` },
    { ...kept, id: "file-content", path: `${base}/files/{file}:download` },
    { ...kept, id: "file-upload", path: `/upload${base}/files`, request: fieldsWith("media", ["file"]) },
    { ...kept, id: "batches", path: `${base}/batches` },
    { ...kept, id: "batch", path: `${base}/batches/{batch}` },
    { ...kept, id: "batch-cancel", path: `${base}/batches/{batch}:cancel` },
  ];
}

/** The Gemini API, and the routes of OpenAI's API that Google has beside it. */
function geminiRoutes(base: string): readonly Route[] {
  return [
    ...modelRoutes(`${base}/models/{model}`),
    ...modelRoutes(`${base}/tunedModels/{model}`),
    ...storedRoutes(base),
    ...interactionsRoutes(base),
    chatCompletionRoute(`${base}/openai`),
    embeddingsRoute(`${base}/openai`),
    ...modelListRoutes(`${base}/openai`),
    ...imagesRoutes(`${base}/openai`),
    // A key with which a client opens a live conversation past this gateway.
    { id: "auth-tokens", path: `${base}/auth_tokens`, stream: null, refused: "uninspectable" },
    {
      id: "live",
      path: `/ws/google.ai.generativelanguage.${base.slice(1)}.GenerativeService.{method}`,
      stream: null,
      refused: "uninspectable",
    },
  ];
}

/** The same models, and those of others, below a project of Google Cloud. */
function vertexRoutes(base: string): readonly Route[] {
  const location = `${base}/projects/{project}/locations/{location}`;
  const claude = `${location}/publishers/anthropic/models/{model}`;
  const answer = { request: messageRequest, response: [...message, ...messageErrorFields] };
  return [
    ...modelRoutes(`${base}/publishers/google/models/{model}`),
    ...modelRoutes(`${location}/publishers/google/models/{model}`),
    ...modelRoutes(`${location}/endpoints/{model}`),
    { ...answer, id: "messages", path: `${claude}:rawPredict`, stream: messageStream },
    { ...answer, id: "messages", path: `${claude}:streamRawPredict`, stream: messageStream },
    {
      id: "cached-contents",
      path: `${location}/cachedContents`,
      stream: null,
      request: generateRequest,
      response: stored,
    },
    {
      id: "cached-content",
      path: `${location}/cachedContents/{content}`,
      stream: null,
      models: [],
      request: generateRequest,
      response: stored,
    },
    chatCompletionRoute(`${location}/endpoints/openapi`),
    {
      id: "live",
      path: `/ws/google.cloud.aiplatform.${base.slice(1)}.LlmBidiService/{method}`,
      stream: null,
      refused: "uninspectable",
    },
  ];
}

/** Every version that is served, of either product. */
export const allGeminiRoutes: () => readonly Route[] = lazily(() => [
  ...["/v1", "/v1beta", "/v1alpha"].flatMap(geminiRoutes),
  ...["/v1", "/v1beta1"].flatMap(vertexRoutes),
]);
