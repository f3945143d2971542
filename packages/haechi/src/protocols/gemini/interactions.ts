import { growing } from "../channels.ts";
import { fieldsUnder, fieldsWith } from "../fields.ts";
import type { FieldRule, Route, StreamFormat } from "../protocol.ts";
import { errorFields } from "./response.ts";

const content: readonly FieldRule[] = [
  ...fieldsWith("media", ["data"]),
  ...fieldsWith("opaque", ["signature"]),
  ...fieldsWith("identifier", ["type", "mime_type", "resolution", "annotations.*.type"]),
];

/** One step of an interaction: what was asked, thought, called and said. */
const step: readonly FieldRule[] = [
  ...content,
  ...fieldsUnder("content.*", content),
  ...fieldsUnder("content", content),
  ...fieldsUnder("summary.*", content),
  ...fieldsUnder("result.*", content),
  ...fieldsWith("identifier", ["id", "call_id", "role", "status"]),
];

const interaction: readonly FieldRule[] = [
  ...fieldsUnder("steps.*", step),
  ...fieldsUnder("outputs.*", step),
  ...fieldsUnder("input.*", step),
  ...fieldsUnder("input", step),
  ...fieldsWith("identifier", [
    "id",
    "object",
    "model",
    "agent",
    "role",
    "status",
    "created",
    "updated",
    "previous_interaction_id",
    "tools.*.type",
    "service_tier",
    "response_modalities.*",
    "response_format.type",
    "response_format.mime_type",
    "generation_config.thinking_level",
    "generation_config.thinking_summaries",
    "generation_config.tool_choice",
  ]),
  ...errorFields,
];

/** Server-sent events of an interaction: steps that begin, grow and stop, told apart by their index. */
const interactionStream: StreamFormat = {
  framing: "sse",
  byDefault: false,
  controls: ["[DONE]"],
  channels: [
    growing("text", "delta.text", { by: ["index"] }),
    growing("text", "delta.content.text", { by: ["index"] }),
    growing("json", "delta.arguments", { by: ["index"] }),
  ],
  fields: [
    ...fieldsUnder("interaction", interaction),
    ...fieldsUnder("step", step),
    ...fieldsUnder("delta", step),
    ...fieldsWith("identifier", ["event_type", "event_id", "interaction_id", "status", "error.code"]),
  ],
  ends: [],
  errorFrame: ({ code, message }) =>
    `event: error\ndata: ${JSON.stringify({ event_type: "error", error: { code, message } })}\n\n`,
};

/** The Interactions API. */
export function interactionsRoutes(base: string): readonly Route[] {
  return [
    {
      id: "interactions",
      path: `${base}/interactions`,
      stream: interactionStream,
      // An agent answers in the place of a model.
      models: [["agent"]],
      request: interaction,
      response: interaction,
    },
    {
      id: "interaction",
      path: `${base}/interactions/{interaction}`,
      stream: interactionStream,
      models: [],
      response: interaction,
    },
    {
      id: "interaction-cancel",
      path: `${base}/interactions/{interaction}/cancel`,
      stream: null,
      models: [],
      response: interaction,
    },
  ];
}
