import { growing } from "../channels.ts";
import { fieldsWith, pathOf } from "../fields.ts";
import type { Route, StreamFormat } from "../protocol.ts";
import { openAiErrorFields, openAiErrorFrame } from "../surfaces/openai-error.ts";

const response = [...fieldsWith("identifier", ["model", "stop_type"]), ...openAiErrorFields];

/** Server-sent completions; several prompts of one request are told apart by their index. */
const completionStream: StreamFormat = {
  framing: "sse",
  byDefault: false,
  controls: ["[DONE]"],
  channels: [growing("text", "content", { by: ["index"] })],
  fields: response,
  ends: [],
  errorFrame: openAiErrorFrame,
};

/** A completion as the server itself words it. */
function completionRoute(id: string, path: string): Route {
  return {
    id,
    path,
    stream: completionStream,
    request: [
      ...fieldsWith("media", ["prompt.multimodal_data.*", "prompt.*.multimodal_data.*", "image_data.*.data"]),
      ...fieldsWith("identifier", ["model", "samplers.*"]),
    ],
    response,
    tokenIds: ["prompt.*", "prompt.*.*"].map(pathOf),
    copies: ["completion_probabilities", "probs", "tokens"].map(pathOf),
  };
}

/** Completing a text, and filling in the middle of one. */
export const completionRoutes: readonly Route[] = [
  completionRoute("legacy-completion", "/completion"),
  completionRoute("legacy-completion", "/completions"),
  completionRoute("infill", "/infill"),
];
