import type { Protocol } from "../protocol.ts";
import { requestedModels } from "../requested-models.ts";
import { anthropicRoutes } from "./routes.ts";

/** Anthropic's API. */
export const anthropic: Protocol = {
  id: "anthropic",
  auditName: "llm-http",
  routes: anthropicRoutes,
  credentialParameters: [],
  requestedModels: (document, path) => requestedModels(anthropicRoutes, document, path),
};
