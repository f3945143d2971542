import { memberValues } from "../../core/document/member.ts";
import type { Protocol } from "../protocol.ts";
import { openAiRoutes } from "./routes.ts";

/** The OpenAI HTTP API and everything that speaks it. */
export const openAi: Protocol = {
  id: "openai-compatible",
  auditName: "llm-http",
  routes: openAiRoutes,
  credentialParameters: [],
  requestedModels: (document) => {
    const values = document === null ? [] : memberValues(document, "model");
    return {
      names: values.flatMap((value) => (value.kind === "string" ? [value.text] : [])),
      incomplete: values.length === 0 || values.some((value) => value.kind !== "string"),
    };
  },
};
