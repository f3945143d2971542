import { fieldsWith, pathOf } from "../fields.ts";
import type { Route } from "../protocol.ts";
import { openAiErrorFields } from "./openai-error.ts";

/** Vectors of texts; a vector may come as base64. */
export function embeddingsRoute(base: string): Route {
  return {
    id: "embeddings",
    path: `${base}/embeddings`,
    stream: null,
    request: fieldsWith("identifier", ["model", "encoding_format"]),
    response: [
      ...fieldsWith("media", ["data.*.embedding", "data.*.embedding.*"]),
      ...fieldsWith("identifier", ["id", "object", "created", "model", "data.*.object"]),
      ...openAiErrorFields,
    ],
    tokenIds: ["input.*", "input.*.*"].map(pathOf),
  };
}
