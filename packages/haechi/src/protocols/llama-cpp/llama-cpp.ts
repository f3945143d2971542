import type { Protocol } from "../protocol.ts";
import { requestedModels } from "../requested-models.ts";
import { llamaCppRoutes } from "./routes.ts";

/** The server of llama.cpp. */
export const llamaCpp: Protocol = {
  id: "llama-cpp",
  auditName: "llm-http",
  routes: llamaCppRoutes,
  credentialParameters: [],
  requestedModels: (document, path) => requestedModels(llamaCppRoutes, document, path),
};
