import { fieldsWith } from "../fields.ts";
import type { Route } from "../protocol.ts";
import { openAiErrorFields } from "./openai-error.ts";

/** What a provider thinks of a text or an image. */
export function moderationsRoute(base: string): Route {
  return {
    id: "moderations",
    path: `${base}/moderations`,
    stream: null,
    request: [
      ...fieldsWith("media", ["input.*.image_url.url"]),
      ...fieldsWith("identifier", ["model", "input.*.type"]),
    ],
    response: [...fieldsWith("identifier", ["id", "model"]), ...openAiErrorFields],
  };
}
