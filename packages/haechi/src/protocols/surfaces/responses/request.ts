import { fieldsUnder, fieldsWith } from "../../fields.ts";
import type { FieldRule } from "../../protocol.ts";
import { contentPart, item, toolDefinition } from "./item.ts";

/** What a request and the response to it both say of how to answer. */
export const responseSettings: readonly FieldRule[] = [
  ...fieldsUnder("tools.*", toolDefinition),
  // A namespace holds tools of its own.
  ...fieldsUnder("tools.*.tools.*", toolDefinition),
  ...fieldsWith("media", ["prompt.variables.**.image_url", "prompt.variables.**.file_data"]),
  ...fieldsWith("identifier", [
    "model",
    "previous_response_id",
    "conversation",
    "conversation.id",
    "prompt.id",
    "prompt.version",
    "tool_choice",
    "tool_choice.type",
    "tool_choice.mode",
    "tool_choice.tools.*.type",
    "truncation",
    "service_tier",
    "reasoning.effort",
    "reasoning.summary",
    "reasoning.generate_summary",
    "reasoning.context",
    "text.format.type",
    "text.verbosity",
    "prompt_cache_retention",
    "context_management.*.type",
  ]),
];

/** What stands beside text in a request for a response. */
export const responsesRequest: readonly FieldRule[] = [
  ...fieldsUnder("input.*", item),
  ...responseSettings,
  ...fieldsWith("identifier", ["include.*", "response_id"]),
];

/** What stands beside text in items that are put into a conversation. */
export const conversationRequest: readonly FieldRule[] = [
  ...fieldsUnder("items.*", item),
  ...fieldsUnder("items.*", contentPart),
  ...fieldsWith("identifier", ["include.*"]),
];
