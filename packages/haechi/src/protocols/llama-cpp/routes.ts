import type { Route } from "../protocol.ts";
import { audioRoutes } from "../surfaces/audio.ts";
import { chatCompletionRoute } from "../surfaces/chat-completions/routes.ts";
import { completionsRoute } from "../surfaces/completions.ts";
import { embeddingsRoute } from "../surfaces/embeddings.ts";
import { messagesRoutes } from "../surfaces/messages/routes.ts";
import { modelListRoutes } from "../surfaces/model-list.ts";
import { responsesRoute } from "../surfaces/responses/routes.ts";
import { scoringRoute, tokenizerRoutes } from "../surfaces/texts-and-scores.ts";
import { completionRoutes } from "./completion.ts";

const chat = chatCompletionRoute("/v1");

const openAiRoutes: readonly Route[] = [
  chat,
  { ...chat, path: "/chat/completions" },
  { ...chat, path: "/api/chat" },
  { ...chat, id: "apply-template", path: "/apply-template", stream: null },
  { ...chat, id: "input-tokens", path: "/v1/chat/completions/input_tokens", stream: null },
  completionsRoute("/v1"),
  responsesRoute("/v1"),
  { ...responsesRoute("/v1"), path: "/responses" },
  embeddingsRoute("/v1"),
  embeddingsRoute(""),
  scoringRoute("embedding", "/embedding"),
  ...["/rerank", "/reranking", "/v1/rerank", "/v1/reranking"].map((path) => scoringRoute("rerank", path)),
  ...audioRoutes("/v1"),
  ...messagesRoutes,
];

const informativeRoutes: readonly Route[] = [
  ["health", "/health"],
  ["health", "/v1/health"],
  ["metrics", "/metrics"],
  ["properties", "/props"],
  ["models", "/models"],
  ["root", "/"],
].map(([id, path]) => ({ id: id!, path: path!, stream: null, models: [] }));

// Prompts of others, files of the server, its adapters, its models, and tools that run on its machine.
const administrativeRoutes: readonly Route[] = [
  "/slots",
  "/slots/{slot}",
  "/lora-adapters",
  "/models/load",
  "/models/unload",
  "/tools",
  "/cors-proxy",
].map((path) => ({ id: "administration", path, stream: null, refused: "administrative" }));

/** The server of llama.cpp: its own API, and the routes of OpenAI's and Anthropic's that it has beside it. */
export const llamaCppRoutes: readonly Route[] = [
  ...completionRoutes,
  ...openAiRoutes,
  ...modelListRoutes("/v1"),
  ...tokenizerRoutes,
  ...informativeRoutes,
  ...administrativeRoutes,
];
