import type { Protocol } from "../protocol.ts";
import { requestedModels } from "../requested-models.ts";
import { allGeminiRoutes } from "./routes.ts";

/** Google's Gemini API and Vertex AI. */
export const gemini: Protocol = {
  id: "gemini",
  auditName: "llm-http",
  get routes() {
    return allGeminiRoutes();
  },
  credentialParameters: ["key", "access_token"],
  requestedModels: (document, path) => {
    const { names, incomplete } = requestedModels(allGeminiRoutes(), document, path);
    return { names: names.map(withoutCollection), incomplete };
  },
};

/** Bodies name a model by the collection that it stands in, paths without: `models/gemini-2.5-pro`. */
function withoutCollection(name: string): string {
  return name.replace(/^(?:(?:projects\/[^/]+\/locations\/[^/]+\/)?publishers\/google\/)?models\//, "");
}
