import { fieldsUnder, fieldsWith } from "../../fields.ts";
import type { FieldRule } from "../../protocol.ts";

/** One part of what an item says or of what a tool gave back. */
export const contentPart: readonly FieldRule[] = [
  ...fieldsWith("media", ["image_url", "file_data", "input_audio.data", "data"]),
  ...fieldsWith("opaque", ["encrypted_content"]),
  ...fieldsWith("identifier", [
    "type",
    "detail",
    "file_id",
    "input_audio.format",
    "annotations.*.type",
    "annotations.*.file_id",
    "annotations.*.container_id",
    "outcome.type",
  ]),
];

/** A tool as it is offered, or as a list of tools tells of it. */
export const toolDefinition: readonly FieldRule[] = [
  ...fieldsWith("identifier", [
    "type",
    "server_label",
    "connector_id",
    "require_approval",
    "search_context_size",
    "user_location.type",
    "vector_store_ids.*",
    "filters.type",
    "container",
    "container.type",
    "container.file_ids.*",
    "container.memory_limit",
    "environment",
    "environment.type",
    "environment.container_id",
    "input_image_mask.file_id",
    "format.type",
    "format.syntax",
    "model",
    "background",
    "quality",
    "size",
    "output_format",
    "moderation",
    "execution",
  ]),
  // Credentials that the client hands to the provider on purpose.
  ...fieldsWith("opaque", ["authorization"]),
  ...fieldsWith("media", ["input_image_mask.image_url"]),
];

/**
 * What stands beside text in one item of a conversation: messages, reasoning, calls of tools
 * and what came back, whatever their type. What is not named here is text, such as commands,
 * patches, queries, code and logs.
 */
export const item: readonly FieldRule[] = [
  ...fieldsUnder("content.*", contentPart),
  ...fieldsUnder("output.*", contentPart),
  ...fieldsUnder("output", contentPart),
  ...fieldsUnder("tools.*", toolDefinition),
  ...fieldsUnder("tools.*.tools.*", toolDefinition),
  ...fieldsWith("json", ["arguments"]),
  ...fieldsWith("opaque", ["encrypted_content", "fingerprint"]),
  // An image that was made, and images that code drew. The result of a program is text, and is read as such.
  ...fieldsWith("media", ["result", "outputs.*.url", "outputs.*.image_url"]),
  ...fieldsWith("identifier", [
    "type",
    "id",
    "role",
    "status",
    "phase",
    "call_id",
    "container_id",
    "server_label",
    "approval_request_id",
    "caller.type",
    "caller.caller_id",
    "action",
    "action.type",
    "action.button",
    "actions.*.type",
    "actions.*.button",
    "operation.type",
    "environment.type",
    "environment.container_id",
    "summary.*.type",
    "outputs.*.type",
    "results.*.file_id",
    "pending_safety_checks.*.id",
    "pending_safety_checks.*.code",
    "acknowledged_safety_checks.*.id",
    "acknowledged_safety_checks.*.code",
    "error.type",
    "error.code",
    "background",
    "output_format",
    "quality",
    "size",
    "execution",
  ]),
];
