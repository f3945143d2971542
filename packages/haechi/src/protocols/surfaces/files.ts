import { fieldsUnder, fieldsWith, pathOf } from "../fields.ts";
import type { FieldRule, Route } from "../protocol.ts";
import { chatRequest } from "./chat-completions/request.ts";
import { chatResponse } from "./chat-completions/response.ts";
import { openAiErrorFields } from "./openai-error.ts";
import { responsesRequest } from "./responses/request.ts";
import { responseObject } from "./responses/response.ts";

const file = fieldsWith("identifier", ["id", "object", "purpose", "status", "created_at", "expires_at"]);

const upload: readonly FieldRule[] = [
  ...fieldsWith("identifier", ["id", "object", "purpose", "status", "created_at", "expires_at"]),
  ...fieldsUnder("file", file),
];

const batch = fieldsWith("identifier", [
  "id",
  "object",
  "endpoint",
  "model",
  "status",
  "completion_window",
  "input_file_id",
  "output_file_id",
  "error_file_id",
  "errors.data.*.code",
]);

const page = fieldsWith("identifier", ["object", "first_id", "last_id"]);

// A line of a batch is a request of its own, with an id, a method and a path beside its body.
const batchLine: readonly FieldRule[] = [
  ...fieldsUnder("body", [...chatRequest, ...responsesRequest]),
  ...fieldsWith("identifier", ["custom_id", "method", "url"]),
];

const resultLine: readonly FieldRule[] = [
  ...fieldsUnder("response.body", [...chatResponse, ...responseObject]),
  ...fieldsWith("identifier", ["id", "custom_id", "response.request_id"]),
  ...openAiErrorFields,
];

/** Files that requests refer to later, in one piece or in parts, and batches that are made of them. */
export function filesRoutes(base: string): readonly Route[] {
  const lineModels = ["body.model", "file.body.model"].map(pathOf);
  const stored = { stream: null, models: [] };
  return [
    {
      id: "files",
      path: `${base}/files`,
      stream: null,
      models: lineModels,
      request: [
        ...fieldsUnder("file", batchLine),
        ...fieldsWith("media", ["file"]),
        ...fieldsWith("identifier", ["purpose"]),
      ],
      response: [...file, ...fieldsUnder("data.*", file), ...page, ...openAiErrorFields],
    },
    { ...stored, id: "file", path: `${base}/files/{file}`, response: [...file, ...openAiErrorFields] },
    {
      ...stored,
      id: "file-content",
      path: `${base}/files/{file}/content`,
      answers: ["text", "media"],
      response: [...resultLine, ...batchLine],
    },
    {
      ...stored,
      id: "uploads",
      path: `${base}/uploads`,
      request: fieldsWith("identifier", ["purpose", "mime_type"]),
      response: [...upload, ...openAiErrorFields],
    },
    {
      id: "upload-parts",
      path: `${base}/uploads/{upload}/parts`,
      stream: null,
      models: ["data.body.model"].map(pathOf),
      request: [...fieldsUnder("data", batchLine), ...fieldsWith("media", ["data"])],
      response: [...fieldsWith("identifier", ["id", "object", "upload_id", "created_at"]), ...openAiErrorFields],
    },
    ...["complete", "cancel"].map((step) => ({
      ...stored,
      id: `upload-${step}`,
      path: `${base}/uploads/{upload}/${step}`,
      request: fieldsWith("identifier", ["part_ids.*", "md5"]),
      response: [...upload, ...openAiErrorFields],
    })),
    {
      ...stored,
      id: "batches",
      path: `${base}/batches`,
      request: fieldsWith("identifier", ["input_file_id", "endpoint", "completion_window"]),
      response: [...batch, ...fieldsUnder("data.*", batch), ...page, ...openAiErrorFields],
    },
    { ...stored, id: "batch", path: `${base}/batches/{batch}`, response: [...batch, ...openAiErrorFields] },
    {
      ...stored,
      id: "batch-cancel",
      path: `${base}/batches/{batch}/cancel`,
      response: [...batch, ...openAiErrorFields],
    },
  ];
}
