import { fieldsUnder, fieldsWith } from "../../fields.ts";
import type { FieldRule } from "../../protocol.ts";

/** One part of a message's content. */
const contentPart: readonly FieldRule[] = [
  ...fieldsWith("media", [
    "image_url.url",
    "image_url",
    "input_audio.data",
    "file.file_data",
    // llama.cpp and vLLM.
    "video_url.url",
    "audio_url.url",
    "input_video.data",
    "image_embeds",
    "image_embeds.**",
    "audio_embeds",
  ]),
  ...fieldsWith("identifier", [
    "type",
    "image_url.detail",
    "input_audio.format",
    "file.file_id",
    "cache_control.type",
    "cache_control.ttl",
  ]),
];

/** One message, of a request or of a response. */
export const chatMessage: readonly FieldRule[] = [
  ...fieldsUnder("content.*", contentPart),
  ...fieldsWith("json", ["tool_calls.*.function.arguments", "function_call.arguments"]),
  ...fieldsWith("opaque", [
    // OpenRouter passes on what other vendors sign and encrypt, and Google signs its calls here.
    "reasoning_details.*.signature",
    "reasoning_details.*.data",
    "thinking_blocks.*.signature",
    "thinking_blocks.*.data",
    "extra_content.google.thought_signature",
    "tool_calls.*.extra_content.google.thought_signature",
  ]),
  ...fieldsWith("media", ["audio.data", "images.*.image_url.url"]),
  ...fieldsWith("identifier", [
    "role",
    "tool_call_id",
    "tool_calls.*.id",
    "tool_calls.*.type",
    "audio.id",
    "reasoning_details.*.id",
    "reasoning_details.*.type",
    "reasoning_details.*.format",
    "annotations.*.type",
  ]),
];

/** What stands beside text in a request for a chat completion. */
export const chatRequest: readonly FieldRule[] = [
  ...fieldsUnder("messages.*", chatMessage),
  ...fieldsUnder("prediction.content.*", contentPart),
  // Keys and connections with which Azure searches the data of its customer.
  ...fieldsWith("opaque", [
    "data_sources.*.parameters.authentication.key",
    "data_sources.*.parameters.authentication.access_token",
    "data_sources.*.parameters.authentication.encoded_api_key",
  ]),
  ...fieldsWith("identifier", [
    "model",
    "models.*",
    "tools.*.type",
    "tool_choice",
    "tool_choice.type",
    "function_call",
    "response_format.type",
    "prediction.type",
    "reasoning_effort",
    "reasoning_format",
    "reasoning.effort",
    "verbosity",
    "service_tier",
    "modalities.*",
    "audio.format",
    "audio.voice",
    "prompt_cache_retention",
    "web_search_options.search_context_size",
    "web_search_options.user_location.type",
    "data_sources.*.type",
    "data_sources.*.parameters.authentication.type",
  ]),
];
