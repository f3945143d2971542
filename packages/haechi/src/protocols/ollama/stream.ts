import { growing } from "../channels.ts";
import { fieldsWith, pathOf } from "../fields.ts";
import type { FieldRule, StreamFormat } from "../protocol.ts";

/** What stands beside text in an answer, whole or in lines. */
export const answer: readonly FieldRule[] = [
  ...fieldsWith("media", ["message.images.*", "image"]),
  ...fieldsWith("identifier", [
    "model",
    "remote_model",
    "created_at",
    "done_reason",
    "message.role",
    "message.tool_call_id",
    "message.tool_calls.*.id",
  ]),
];

/** One JSON object a line, unless the request says `stream: false`. */
const lines: Omit<StreamFormat, "channels"> = {
  framing: "ndjson",
  byDefault: true,
  controls: [],
  fields: answer,
  ends: [{ path: pathOf("done_reason") }],
  errorFrame: ({ code, message }) => `${JSON.stringify({ error: `${message} (${code})` })}\n`,
};

export const chatLines: StreamFormat = {
  ...lines,
  channels: [growing("text", "message.content"), growing("text", "message.thinking")],
};

export const generateLines: StreamFormat = {
  ...lines,
  channels: [growing("text", "response"), growing("text", "thinking")],
};
