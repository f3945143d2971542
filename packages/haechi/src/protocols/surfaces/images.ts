import { fieldsWith } from "../fields.ts";
import type { Route, StreamFormat } from "../protocol.ts";
import { openAiErrorFields, openAiErrorFrame } from "./openai-error.ts";

const appearance = [
  "model",
  "background",
  "quality",
  "size",
  "output_format",
  "response_format",
  "moderation",
  "style",
];

/** Server-sent events of an image that becomes clearer. */
const imageStream: StreamFormat = {
  framing: "sse",
  byDefault: false,
  controls: ["[DONE]"],
  channels: [],
  fields: [
    ...fieldsWith("media", ["b64_json"]),
    ...fieldsWith("identifier", ["type", "created_at", ...appearance]),
    ...openAiErrorFields,
  ],
  ends: [],
  otherEvents: [
    "image_generation.partial_image",
    "image_generation.completed",
    "image_edit.partial_image",
    "image_edit.completed",
  ],
  errorFrame: openAiErrorFrame,
};

// Images come as parts of a form, or as URLs in JSON.
const request = [
  ...fieldsWith("media", ["image", "image[]", "mask", "images.*.image_url", "mask.image_url"]),
  ...fieldsWith("identifier", [...appearance, "input_fidelity", "images.*.file_id", "mask.file_id"]),
];

const response = [
  ...fieldsWith("media", ["data.*.b64_json"]),
  ...fieldsWith("identifier", ["created", ...appearance]),
  ...openAiErrorFields,
];

/** Images from words and from other images. */
export function imagesRoutes(base: string): readonly Route[] {
  return ["generations", "edits", "variations"].map((kind) => ({
    id: `images-${kind}`,
    path: `${base}/images/${kind}`,
    stream: kind === "variations" ? null : imageStream,
    request,
    response,
  }));
}
