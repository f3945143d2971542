import type { Protocol } from "../protocol.ts";
import { requestedModels } from "../requested-models.ts";
import { vllmRoutes } from "./routes.ts";

/** vLLM's server. */
export const vllm: Protocol = {
  id: "vllm-openai",
  auditName: "llm-http",
  routes: vllmRoutes,
  credentialParameters: [],
  requestedModels: (document, path) => requestedModels(vllmRoutes, document, path),
};
