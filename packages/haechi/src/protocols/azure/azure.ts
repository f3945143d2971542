import type { Protocol } from "../protocol.ts";
import { requestedModels } from "../requested-models.ts";
import { azureRoutes } from "./routes.ts";

/** OpenAI's API as Azure serves it. */
export const azure: Protocol = {
  id: "azure-openai",
  auditName: "llm-http",
  get routes() {
    return azureRoutes();
  },
  credentialParameters: ["api-key"],
  requestedModels: (document, path) => requestedModels(azureRoutes(), document, path),
};
