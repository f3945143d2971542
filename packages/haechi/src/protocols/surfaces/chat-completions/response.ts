import { fieldsUnder, fieldsWith, pathOf } from "../../fields.ts";
import type { FieldPath, FieldRule } from "../../protocol.ts";
import { openAiErrorFields } from "../openai-error.ts";
import { chatMessage } from "./request.ts";

const completion: readonly FieldRule[] = [
  ...fieldsWith("identifier", [
    "id",
    "object",
    "created",
    "model",
    "system_fingerprint",
    "service_tier",
    "provider",
    "choices.*.finish_reason",
    "choices.*.native_finish_reason",
    // Azure says what its filters thought of the prompt and of the answer.
    "choices.*.content_filter_results.**.severity",
    "prompt_filter_results.*.content_filter_results.**.severity",
  ]),
  ...openAiErrorFields,
];

/** What stands beside text in a chat completion. */
export const chatResponse: readonly FieldRule[] = [...fieldsUnder("choices.*.message", chatMessage), ...completion];

/** What stands beside text in a chunk of one. `obfuscation` is random padding. */
export const chatChunk: readonly FieldRule[] = [
  ...fieldsUnder("choices.*.delta", chatMessage),
  ...completion,
  ...fieldsWith("opaque", ["obfuscation"]),
];

/** What stands beside text in a list of stored completions, or of their messages. */
export const chatList: readonly FieldRule[] = [
  ...fieldsUnder("data.*", [...chatResponse, ...chatMessage]),
  ...fieldsWith("identifier", ["object", "first_id", "last_id"]),
];

/** Log probabilities name every token of the text, and its bytes. vLLM can name those of the prompt too. */
export const chatCopies: readonly FieldPath[] = [
  "choices.*.logprobs",
  "choices.*.prompt_logprobs",
  "choices.*.token_ids",
  "prompt_logprobs",
  "prompt_token_ids",
].map(pathOf);
