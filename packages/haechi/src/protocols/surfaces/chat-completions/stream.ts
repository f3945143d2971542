import { growing } from "../../channels.ts";
import { pathOf } from "../../fields.ts";
import type { StreamFormat } from "../../protocol.ts";
import { openAiErrorFrame } from "../openai-error.ts";
import { chatChunk } from "./response.ts";

/** Server-sent `chat.completion.chunk` objects, ended by `[DONE]`. */
export const chatStream: StreamFormat = {
  framing: "sse",
  byDefault: false,
  controls: ["[DONE]"],
  channels: [
    growing("text", "choices.*.delta.content"),
    growing("text", "choices.*.delta.refusal"),
    // Not in OpenAI's own API; vLLM, DeepSeek and OpenRouter send one or another.
    growing("text", "choices.*.delta.reasoning_content"),
    growing("text", "choices.*.delta.reasoning"),
    growing("text", "choices.*.delta.reasoning_details.*.text"),
    growing("text", "choices.*.delta.reasoning_details.*.summary"),
    // Mistral sends content in parts, and what it thinks in parts of a part.
    growing("text", "choices.*.delta.content.*.text"),
    growing("text", "choices.*.delta.content.*.thinking.*.text"),
    growing("text", "choices.*.delta.audio.transcript"),
    growing("json", "choices.*.delta.tool_calls.*.function.arguments"),
    growing("text", "choices.*.delta.tool_calls.*.custom.input"),
    growing("json", "choices.*.delta.function_call.arguments"),
  ],
  fields: chatChunk,
  ends: [{ path: pathOf("choices.*.finish_reason") }],
  errorFrame: openAiErrorFrame,
};
