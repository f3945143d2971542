import { growing } from "../channels.ts";
import { fieldsWith, pathOf } from "../fields.ts";
import type { StreamFormat } from "../protocol.ts";
import { messageStream } from "../surfaces/messages/stream.ts";

/** Server-sent events of the Text Completions API, which came before the Messages API. */
export const completeStream: StreamFormat = {
  framing: "sse",
  byDefault: false,
  controls: ["[DONE]"],
  channels: [growing("text", "completion")],
  fields: fieldsWith("identifier", ["id", "type", "model", "stop_reason", "error.type"]),
  ends: [{ path: pathOf("stop_reason") }, { event: "error" }],
  errorFrame: messageStream.errorFrame,
};
