import type { Protocol } from "../protocol.ts";
import { requestedModels } from "../requested-models.ts";
import { openAiRoutes } from "./routes.ts";

/** OpenAI's HTTP API and everything that speaks it. */
export const openAi: Protocol = {
  id: "openai-compatible",
  auditName: "llm-http",
  routes: openAiRoutes,
  credentialParameters: [],
  requestedModels: (document, path) => requestedModels(openAiRoutes, document, path),
};
