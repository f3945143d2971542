import type { Protocol } from "../protocol.ts";
import { requestedModels } from "../requested-models.ts";
import { ollamaRoutes } from "./routes.ts";

/** Ollama's server. */
export const ollama: Protocol = {
  id: "ollama",
  auditName: "llm-http",
  routes: ollamaRoutes,
  credentialParameters: [],
  requestedModels: (document, path) => requestedModels(ollamaRoutes, document, path),
};
