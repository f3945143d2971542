import { growing } from "../channels.ts";
import { fieldsWith, pathOf } from "../fields.ts";
import type { Route, StreamFormat } from "../protocol.ts";
import { openAiErrorFields, openAiErrorFrame } from "./openai-error.ts";

const response = [
  ...fieldsWith("identifier", ["id", "object", "created", "model", "system_fingerprint", "choices.*.finish_reason"]),
  ...openAiErrorFields,
];

/** Server-sent `text_completion` objects, ended by `[DONE]`. */
const completionStream: StreamFormat = {
  framing: "sse",
  byDefault: false,
  controls: ["[DONE]"],
  channels: [growing("text", "choices.*.text")],
  fields: [...response, ...fieldsWith("opaque", ["obfuscation"])],
  ends: [{ path: pathOf("choices.*.finish_reason") }],
  errorFrame: openAiErrorFrame,
};

/** Text completions: what came before chat, and what code is filled in with. */
export function completionsRoute(base: string): Route {
  return {
    id: "completions",
    path: `${base}/completions`,
    stream: completionStream,
    request: fieldsWith("identifier", ["model"]),
    response,
    tokenIds: ["prompt.*", "prompt.*.*"].map(pathOf),
    copies: [
      "choices.*.logprobs",
      "choices.*.prompt_logprobs",
      "choices.*.token_ids",
      "choices.*.prompt_token_ids",
    ].map(pathOf),
  };
}
