import { fieldsUnder, fieldsWith } from "../../fields.ts";
import type { FieldRule } from "../../protocol.ts";

/** Blocks that hold no others: text, images, documents, thinking, uses of tools. */
const plainBlock: readonly FieldRule[] = [
  // Base64 of images and PDFs. The data of a plain text document is text, and is read as such.
  ...fieldsWith("media", ["source.data"]),
  // What the provider signed or encrypted and wants back as it was: thinking, redacted thinking,
  // search results, output of code, places that citations point to, compacted conversations.
  ...fieldsWith("opaque", [
    "signature",
    "data",
    "encrypted_content",
    "encrypted_stdout",
    "citations.*.encrypted_index",
  ]),
  // The text that `signature` signs; a changed one is refused by the provider.
  ...fieldsWith("signed-text", ["thinking"]),
  ...fieldsWith("identifier", [
    "type",
    "id",
    "tool_use_id",
    "file_id",
    "error_code",
    "stop_reason",
    "source.type",
    "source.media_type",
    "source.file_id",
    "cache_control.type",
    "cache_control.ttl",
    "caller.type",
    "caller.tool_id",
    "citations.*.type",
    "citations.*.file_id",
  ]),
];

/** Blocks in a block: the results of tools, the pieces of a document. */
const innerBlock: readonly FieldRule[] = [
  ...plainBlock,
  ...fieldsUnder("source.content.*", plainBlock),
  // A fetched page is a document in a result.
  ...fieldsUnder("content", plainBlock),
  ...fieldsUnder("content.*", plainBlock),
];

/**
 * What stands beside text in one content block of the Messages API. The input of a tool is
 * JSON of the caller's own, and all of it is text.
 */
export const contentBlock: readonly FieldRule[] = [
  ...plainBlock,
  ...fieldsUnder("source.content.*", plainBlock),
  ...fieldsUnder("content", innerBlock),
  ...fieldsUnder("content.*", innerBlock),
  ...fieldsWith("identifier", ["from.model", "to.model"]),
];
