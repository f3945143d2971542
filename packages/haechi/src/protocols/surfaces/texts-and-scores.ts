import { fieldsWith, pathOf } from "../fields.ts";
import type { Route } from "../protocol.ts";
import { openAiErrorFields } from "./openai-error.ts";

const response = [
  ...fieldsWith("identifier", ["id", "object", "created", "model", "data.*.object"]),
  ...openAiErrorFields,
];

/** A route that takes texts and gives figures: vectors, scores, an order. */
export function scoringRoute(id: string, path: string): Route {
  return {
    id,
    path,
    stream: null,
    request: fieldsWith("identifier", ["model", "encoding_format", "task"]),
    response: [...fieldsWith("media", ["data.*.data", "data.*.embedding", "data.*.embedding.*"]), ...response],
    tokenIds: [
      "input.*",
      "input.*.*",
      "prompt.*",
      "prompt.*.*",
      "content.*",
      "content.*.*",
      "query.*",
      "documents.*.*",
    ].map(pathOf),
  };
}

/** Text into the ids of tokens, and ids into text. */
export const tokenizerRoutes: readonly Route[] = [
  { id: "tokenize", path: "/tokenize", stream: null, models: [], request: fieldsWith("identifier", ["model"]) },
  {
    id: "detokenize",
    path: "/detokenize",
    stream: null,
    models: [],
    request: fieldsWith("identifier", ["model"]),
    tokenIds: [pathOf("tokens.*")],
  },
];
