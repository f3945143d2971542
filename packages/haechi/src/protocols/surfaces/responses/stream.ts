import { growing } from "../../channels.ts";
import { fieldsUnder, fieldsWith } from "../../fields.ts";
import type { ChannelPattern, StreamError, StreamFormat } from "../../protocol.ts";
import { contentPart, item } from "./item.ts";
import { responseObject } from "./response.ts";

// An item keeps its place in the output, while some servers send another item id with every event.
const byItem = ["output_index"];
const byContent = ["output_index", "content_index"];
const bySummary = ["output_index", "summary_index"];
const byCommand = ["output_index", "command_index"];

/** Texts that grow, each by the event that adds to it. */
const channels: readonly ChannelPattern[] = [
  growing("text", "delta", { by: byContent, events: ["response.output_text.delta"] }),
  growing("text", "delta", { by: byContent, events: ["response.refusal.delta"] }),
  growing("text", "delta", { by: byContent, events: ["response.reasoning_text.delta"] }),
  growing("text", "delta", { by: bySummary, events: ["response.reasoning_summary_text.delta"] }),
  growing("json", "delta", { by: byItem, events: ["response.function_call_arguments.delta"] }),
  growing("json", "delta", { by: byItem, events: ["response.mcp_call_arguments.delta"] }),
  // A patch or another input that is no JSON.
  growing("text", "delta", { by: byItem, events: ["response.custom_tool_call_input.delta"] }),
  growing("text", "delta", { by: byItem, events: ["response.code_interpreter_call_code.delta"] }),
  growing("text", "command", { by: byCommand, events: ["response.shell_call_command.added"], continues: "command" }),
  growing("text", "delta", { by: byCommand, events: ["response.shell_call_command.delta"], continues: "command" }),
  growing("text", "delta.stdout", { by: byCommand, events: ["response.shell_call_output_content.delta"] }),
  growing("text", "delta.stderr", { by: byCommand, events: ["response.shell_call_output_content.delta"] }),
  growing("text", "delta", { events: ["response.audio.transcript.delta"] }),
];

/** Events that repeat a whole text of an item, once it is complete. */
const endsOfItem = [
  "response.output_text.done",
  "response.refusal.done",
  "response.reasoning_text.done",
  "response.reasoning_summary_text.done",
  "response.reasoning_summary_part.done",
  "response.reasoning_part.done",
  "response.content_part.done",
  "response.function_call_arguments.done",
  "response.mcp_call_arguments.done",
  "response.custom_tool_call_input.done",
  "response.code_interpreter_call_code.done",
  "response.shell_call_command.done",
  "response.shell_call_output_content.done",
  "response.output_item.done",
];

const endsOfAll = [
  "response.audio.transcript.done",
  "response.completed",
  "response.incomplete",
  "response.failed",
  "error",
];

/** Events without a text that grows: snapshots, which are looked into whole, and progress. */
const otherEvents = [
  "response.created",
  "response.queued",
  "response.in_progress",
  "response.output_item.added",
  "response.content_part.added",
  "response.reasoning_part.added",
  "response.reasoning_summary_part.added",
  "response.output_text.annotation.added",
  "response.audio.delta",
  "response.audio.done",
  "response.image_generation_call.partial_image",
  ...["in_progress", "generating", "completed"].map((step) => `response.image_generation_call.${step}`),
  ...["in_progress", "searching", "completed"].map((step) => `response.web_search_call.${step}`),
  ...["in_progress", "searching", "completed"].map((step) => `response.file_search_call.${step}`),
  ...["in_progress", "interpreting", "completed"].map((step) => `response.code_interpreter_call.${step}`),
  ...["in_progress", "completed", "failed"].map((step) => `response.mcp_call.${step}`),
  ...["in_progress", "completed", "failed"].map((step) => `response.mcp_list_tools.${step}`),
  "response.compaction.compacting",
  "keepalive",
];

/** Server-sent events of the Responses API, numbered by `sequence_number`. */
export const responsesStream: StreamFormat = {
  framing: "sse",
  byDefault: false,
  // Some servers close with it, as they close a chat.
  controls: ["[DONE]"],
  channels,
  fields: [
    ...fieldsUnder("response", responseObject),
    ...fieldsUnder("item", item),
    ...fieldsUnder("part", contentPart),
    ...fieldsUnder("output.*", contentPart),
    ...fieldsWith("json", ["arguments"]),
    // Random padding that hides how long the text is.
    ...fieldsWith("opaque", ["obfuscation"]),
    // Sound comes in the member that other events have text in.
    ...fieldsWith("media", ["partial_image_b64", "delta"]),
    ...fieldsWith("identifier", [
      "type",
      "item_id",
      "response_id",
      "code",
      "annotation.type",
      "annotation.file_id",
      "annotation.container_id",
      "background",
      "output_format",
      "quality",
      "size",
    ]),
  ],
  ends: [...endsOfItem.map((event) => ({ event, by: "output_index" })), ...endsOfAll.map((event) => ({ event }))],
  otherEvents,
  counter: "sequence_number",
  errorFrame,
};

function errorFrame({ code, message, count = 0 }: StreamError): string {
  const event = { type: "error", code, message, param: null, sequence_number: count };
  return `event: error\ndata: ${JSON.stringify(event)}\n\n`;
}
