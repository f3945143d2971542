import { fieldsUnder, fieldsWith, pathOf } from "../fields.ts";
import type { Route } from "../protocol.ts";
import { messageRequest } from "../surfaces/messages/request.ts";
import { errorFields, message } from "../surfaces/messages/response.ts";
import { messagesRoutes } from "../surfaces/messages/routes.ts";
import { completeStream } from "./complete-stream.ts";

const batch = fieldsWith("identifier", [
  "id",
  "type",
  "processing_status",
  "created_at",
  "ended_at",
  "expires_at",
  "archived_at",
  "cancel_initiated_at",
]);

const model = fieldsWith("identifier", ["id", "type", "created_at"]);

const file = fieldsWith("identifier", ["id", "type", "mime_type", "created_at"]);

/** The routes of Anthropic's API. Pages of lists hold the same as one of their elements. */
export const anthropicRoutes: readonly Route[] = [
  ...messagesRoutes,
  {
    id: "message-batches",
    path: "/v1/messages/batches",
    stream: null,
    models: [pathOf("requests.*.params.model")],
    request: [
      ...fieldsUnder("requests.*.params", messageRequest),
      ...fieldsWith("identifier", ["requests.*.custom_id"]),
    ],
    response: [...batch, ...fieldsUnder("data.*", batch), ...errorFields],
  },
  {
    id: "message-batch",
    path: "/v1/messages/batches/{batch}",
    stream: null,
    models: [],
    response: [...batch, ...errorFields],
  },
  {
    id: "message-batch-cancel",
    path: "/v1/messages/batches/{batch}/cancel",
    stream: null,
    models: [],
    response: [...batch, ...errorFields],
  },
  {
    id: "message-batch-results",
    path: "/v1/messages/batches/{batch}/results",
    stream: null,
    models: [],
    // One line for each request of the batch.
    response: [
      ...fieldsUnder("result.message", message),
      ...fieldsUnder("result.error", errorFields),
      ...fieldsWith("identifier", ["custom_id", "result.type"]),
      ...errorFields,
    ],
  },
  {
    id: "complete",
    path: "/v1/complete",
    stream: completeStream,
    request: fieldsWith("identifier", ["model"]),
    response: [...fieldsWith("identifier", ["id", "model", "stop_reason"]), ...errorFields],
  },
  {
    id: "models",
    path: "/v1/models",
    stream: null,
    models: [],
    response: [...fieldsUnder("data.*", model), ...errorFields],
  },
  { id: "model", path: "/v1/models/{model}", stream: null, response: [...model, ...errorFields] },
  {
    id: "files",
    path: "/v1/files",
    stream: null,
    models: [],
    request: fieldsWith("media", ["file"]),
    response: [...file, ...fieldsUnder("data.*", file), ...errorFields],
  },
  { id: "file", path: "/v1/files/{file}", stream: null, models: [], response: [...file, ...errorFields] },
  { id: "file-content", path: "/v1/files/{file}/content", stream: null, models: [], response: errorFields },
  // Clients ask it whether the server is there.
  { id: "root", path: "/", stream: null, models: [] },
];
