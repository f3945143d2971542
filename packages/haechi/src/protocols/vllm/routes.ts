import type { Route } from "../protocol.ts";
import { audioRoutes } from "../surfaces/audio.ts";
import { chatCompletionRoute } from "../surfaces/chat-completions/routes.ts";
import { completionsRoute } from "../surfaces/completions.ts";
import { embeddingsRoute } from "../surfaces/embeddings.ts";
import { messagesRoutes } from "../surfaces/messages/routes.ts";
import { modelListRoutes } from "../surfaces/model-list.ts";
import { realtimeRoutes } from "../surfaces/realtime.ts";
import { responsesRoute, storedResponsesRoutes } from "../surfaces/responses/routes.ts";
import { scoringRoute, tokenizerRoutes } from "../surfaces/texts-and-scores.ts";

const chat = chatCompletionRoute("/v1");
const completions = completionsRoute("/v1");

const scoringRoutes: readonly Route[] = [
  scoringRoute("pooling", "/pooling"),
  scoringRoute("classify", "/classify"),
  ...["/score", "/v1/score", "/generative_scoring"].map((path) => scoringRoute("score", path)),
  ...["/rerank", "/v1/rerank", "/v2/rerank"].map((path) => scoringRoute("rerank", path)),
  scoringRoute("embed", "/v2/embed"),
];

const informativeRoutes: readonly Route[] = [
  ["health", "/health"],
  ["ping", "/ping"],
  ["load", "/load"],
  ["version", "/version"],
  ["metrics", "/metrics"],
].map(([id, path]) => ({ id: id!, path: path!, stream: null, models: [] }));

// Adapters, weights, caches and the processes of the server.
const administrativeRoutes: readonly Route[] = [
  "/v1/load_lora_adapter",
  "/v1/unload_lora_adapter",
  "/collective_rpc",
  "/sleep",
  "/wake_up",
  "/is_sleeping",
  "/pause",
  "/resume",
  "/is_paused",
  "/abort_requests",
  "/reset_prefix_cache",
  "/reset_mm_cache",
  "/reset_encoder_cache",
  "/server_info",
  "/tokenizer_info",
  "/start_profile",
  "/stop_profile",
  "/scale_elastic_ep",
  "/is_scaling_elastic_ep",
  "/init_weight_transfer_engine",
  "/update_weights",
  "/get_world_size",
].map((path) => ({ id: "administration", path, stream: null, refused: "administrative" }));

/** OpenAI's and Anthropic's routes as vLLM serves them, and its own. */
export const vllmRoutes: readonly Route[] = [
  chat,
  { ...chat, id: "render", path: "/v1/chat/completions/render", stream: null },
  completions,
  { ...completions, id: "render", path: "/v1/completions/render", stream: null },
  responsesRoute("/v1"),
  ...storedResponsesRoutes("/v1"),
  embeddingsRoute("/v1"),
  ...audioRoutes("/v1"),
  ...modelListRoutes("/v1"),
  ...messagesRoutes,
  ...scoringRoutes,
  ...tokenizerRoutes,
  // SageMaker sends every kind of request to this one path.
  { ...chat, id: "invocations", path: "/invocations" },
  ...informativeRoutes,
  // Both of its sides are ids of tokens.
  { id: "generate", path: "/inference/v1/generate", stream: null, refused: "uninspectable" },
  ...realtimeRoutes("/v1"),
  ...administrativeRoutes,
];
