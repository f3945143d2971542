import { fieldsUnder, fieldsWith } from "../../fields.ts";
import type { FieldRule } from "../../protocol.ts";

/** A block within a block: what a tool gave back, a piece of a document. */
const innerBlock: readonly FieldRule[] = [
  // Base64 of images and PDFs. The data of a plain text document is text, and is read as such.
  ...fieldsWith("media", ["source.data"]),
  // What the provider encrypted and wants back as it was: search results, output of code, what citations point to.
  ...fieldsWith("opaque", ["encrypted_content", "encrypted_stdout", "citations.*.encrypted_index"]),
  ...fieldsWith("identifier", [
    "type",
    "file_id",
    "error_code",
    "stop_reason",
    "source.type",
    "source.media_type",
    "source.file_id",
    "cache_control.type",
    "cache_control.ttl",
    "citations.*.type",
    "citations.*.file_id",
  ]),
];

/**
 * What stands beside text in one content block of the Messages API. The input of a tool is
 * JSON of the caller's own, and all of it is text.
 */
export const contentBlock: readonly FieldRule[] = [
  ...innerBlock,
  // Thinking and compacted conversations are signed; redacted thinking is encrypted.
  ...fieldsWith("opaque", ["signature", "data"]),
  // The text that `signature` signs; a changed one is refused by the provider.
  ...fieldsWith("signed-text", ["thinking"]),
  ...fieldsWith("identifier", ["id", "tool_use_id", "caller.type", "caller.tool_id", "from.model", "to.model"]),
  // The pieces of a document.
  ...fieldsUnder("source.content.*", innerBlock),
  // What a tool gave back: blocks, among them documents and search results in pieces of their own.
  ...fieldsUnder("content.*", innerBlock),
  ...fieldsUnder("content.*.source.content.*", innerBlock),
  ...fieldsUnder("content.*.content.*", innerBlock),
  // What a tool of the provider gave back: one result, which may hold a document or files.
  ...fieldsUnder("content", innerBlock),
  ...fieldsUnder("content.content", innerBlock),
  ...fieldsUnder("content.content.*", innerBlock),
];
