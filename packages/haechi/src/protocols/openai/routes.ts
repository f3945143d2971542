import { fieldsUnder, fieldsWith } from "../fields.ts";
import type { Route } from "../protocol.ts";
import { audioRoutes } from "../surfaces/audio.ts";
import { chatCompletionRoute, storedChatCompletionRoutes } from "../surfaces/chat-completions/routes.ts";
import { completionsRoute } from "../surfaces/completions.ts";
import { embeddingsRoute } from "../surfaces/embeddings.ts";
import { filesRoutes } from "../surfaces/files.ts";
import { imagesRoutes } from "../surfaces/images.ts";
import { messagesRoutes } from "../surfaces/messages/routes.ts";
import { modelListRoutes } from "../surfaces/model-list.ts";
import { moderationsRoute } from "../surfaces/moderations.ts";
import { realtimeRoutes } from "../surfaces/realtime.ts";
import { responsesRoute, storedResponsesRoutes } from "../surfaces/responses/routes.ts";
import { vectorStoresRoutes } from "../surfaces/vector-stores.ts";

const video = fieldsWith("identifier", [
  "id",
  "object",
  "model",
  "status",
  "size",
  "seconds",
  "created_at",
  "error.code",
]);

const videoRoutes: readonly Route[] = [
  {
    id: "videos",
    path: "/v1/videos",
    stream: null,
    request: [...fieldsWith("media", ["input_reference"]), ...fieldsWith("identifier", ["model", "size", "seconds"])],
    response: [...video, ...fieldsUnder("data.*", video)],
  },
  { id: "video", path: "/v1/videos/{video}", stream: null, models: [], response: video },
  { id: "video-content", path: "/v1/videos/{video}/content", stream: null, models: [], answers: ["media"] },
  { id: "video-remix", path: "/v1/videos/{video}/remix", stream: null, models: [], response: video },
];

/** The routes of OpenAI's API, and the Messages API, which many servers that speak it have as well. */
export const openAiRoutes: readonly Route[] = [
  chatCompletionRoute("/v1"),
  ...storedChatCompletionRoutes("/v1"),
  completionsRoute("/v1"),
  embeddingsRoute("/v1"),
  responsesRoute("/v1"),
  ...storedResponsesRoutes("/v1"),
  moderationsRoute("/v1"),
  ...modelListRoutes("/v1"),
  ...audioRoutes("/v1"),
  ...imagesRoutes("/v1"),
  ...videoRoutes,
  ...filesRoutes("/v1"),
  ...vectorStoresRoutes("/v1"),
  ...messagesRoutes,
  ...realtimeRoutes("/v1"),
];
