import { fieldsUnder, fieldsWith } from "../../fields.ts";
import type { FieldRule } from "../../protocol.ts";
import { contentBlock } from "./content-block.ts";

/** What stands beside text in a message that the model wrote. */
export const message: readonly FieldRule[] = [
  ...fieldsUnder("content.*", contentBlock),
  ...fieldsWith("identifier", [
    "id",
    "type",
    "role",
    "model",
    "stop_reason",
    "stop_details.type",
    "stop_details.category",
    "container.id",
    "container.expires_at",
    "usage.service_tier",
    "usage.inference_geo",
    "usage.iterations.*.type",
    "usage.iterations.*.model",
    "context_management.applied_edits.*.type",
  ]),
];

/** What stands beside text in an error, whose message may quote the request. */
export const errorFields: readonly FieldRule[] = fieldsWith("identifier", ["type", "error.type", "request_id"]);
