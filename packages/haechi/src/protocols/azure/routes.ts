import { lazily } from "../../core/detect/lazily.ts";
import type { Route } from "../protocol.ts";
import { audioRoutes } from "../surfaces/audio.ts";
import { chatCompletionRoute, storedChatCompletionRoutes } from "../surfaces/chat-completions/routes.ts";
import { completionsRoute } from "../surfaces/completions.ts";
import { embeddingsRoute } from "../surfaces/embeddings.ts";
import { filesRoutes } from "../surfaces/files.ts";
import { imagesRoutes } from "../surfaces/images.ts";
import { modelListRoutes } from "../surfaces/model-list.ts";
import { realtimeRoutes } from "../surfaces/realtime.ts";
import { responsesRoute, storedResponsesRoutes } from "../surfaces/responses/routes.ts";
import { vectorStoresRoutes } from "../surfaces/vector-stores.ts";

/** What one deployed model answers; its path names it. */
const deployment = "/openai/deployments/{deployment}";

/** What a resource answers with whatever model a request names. */
function resourceRoutes(base: string): readonly Route[] {
  return [
    responsesRoute(base),
    ...storedResponsesRoutes(base),
    ...modelListRoutes(base),
    ...filesRoutes(base),
    ...vectorStoresRoutes(base),
    ...realtimeRoutes(base),
  ];
}

/** OpenAI's API as Azure serves it: by deployment, by resource with a dated version, and in version 1. */
export const azureRoutes: () => readonly Route[] = lazily(() => [
  chatCompletionRoute(deployment),
  { ...chatCompletionRoute(deployment), path: `${deployment}/extensions/chat/completions` },
  completionsRoute(deployment),
  embeddingsRoute(deployment),
  ...audioRoutes(deployment),
  ...imagesRoutes(deployment),
  ...realtimeRoutes(deployment),
  ...resourceRoutes("/openai"),
  ...resourceRoutes("/openai/v1"),
  chatCompletionRoute("/openai/v1"),
  ...storedChatCompletionRoutes("/openai/v1"),
  completionsRoute("/openai/v1"),
  embeddingsRoute("/openai/v1"),
  ...audioRoutes("/openai/v1"),
  ...imagesRoutes("/openai/v1"),
]);
