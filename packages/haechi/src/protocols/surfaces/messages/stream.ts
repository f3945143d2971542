import { growing } from "../../channels.ts";
import { fieldsUnder, fieldsWith } from "../../fields.ts";
import type { StreamFormat } from "../../protocol.ts";
import { contentBlock } from "./content-block.ts";
import { errorFields, message } from "./response.ts";

const by = ["index"];
const start = { by, events: ["content_block_start"] };
const delta = { by, events: ["content_block_delta"] };

/** Server-sent events of a message: blocks that begin, grow and stop, told apart by their index. */
export const messageStream: StreamFormat = {
  framing: "sse",
  byDefault: false,
  // vLLM closes with it, as its OpenAI routes do.
  controls: ["[DONE]"],
  channels: [
    // A block begins empty at Anthropic; elsewhere it may begin with its first words.
    growing("text", "content_block.text", { ...start, continues: "text" }),
    growing("text", "delta.text", { ...delta, continues: "text" }),
    growing("signed-text", "content_block.thinking", { ...start, continues: "thinking" }),
    growing("signed-text", "delta.thinking", { ...delta, continues: "thinking" }),
    // The pieces of one JSON object; the first is often empty.
    growing("json", "delta.partial_json", delta),
    // The summary of a compacted conversation.
    growing("text", "delta.content", delta),
  ],
  fields: [
    ...fieldsUnder("message", message),
    ...fieldsUnder("content_block", contentBlock),
    ...fieldsWith("opaque", ["delta.signature", "delta.encrypted_content", "delta.citation.encrypted_index"]),
    ...fieldsWith("identifier", [
      "delta.type",
      "delta.stop_reason",
      "delta.stop_details.type",
      "delta.stop_details.category",
      "delta.container.id",
      "delta.container.expires_at",
      "delta.citation.type",
      "delta.citation.file_id",
      "usage.iterations.*.type",
      "usage.iterations.*.model",
      "context_management.applied_edits.*.type",
    ]),
    ...errorFields,
  ],
  ends: [
    { event: "content_block_stop", by: "index" },
    { event: "message_delta" },
    { event: "message_stop" },
    { event: "error" },
  ],
  otherEvents: ["message_start", "ping"],
  errorFrame: ({ code, message: text }) =>
    `event: error\ndata: ${JSON.stringify({ type: "error", error: { type: "api_error", message: text, code } })}\n\n`,
};
