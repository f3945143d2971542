import { fieldsUnder, fieldsWith } from "../fields.ts";
import type { FieldRule } from "../protocol.ts";

const part: readonly FieldRule[] = [
  // Must come back on the same part as it was.
  ...fieldsWith("opaque", ["thoughtSignature"]),
  ...fieldsWith("media", ["inlineData.data", "functionResponse.parts.*.inlineData.data"]),
  ...fieldsWith("identifier", [
    "inlineData.mimeType",
    "fileData.mimeType",
    "functionCall.id",
    "functionResponse.id",
    "functionResponse.scheduling",
    "functionResponse.parts.*.inlineData.mimeType",
    "executableCode.language",
    "executableCode.id",
    "codeExecutionResult.outcome",
    "codeExecutionResult.id",
    "toolCall.id",
    "toolCall.toolType",
    "toolResponse.id",
    "toolResponse.toolType",
    "audioTranscription.languageCode",
    "mediaResolution.level",
    "videoMetadata.startOffset",
    "videoMetadata.endOffset",
  ]),
];

/**
 * What stands beside text in one turn of a conversation. Arguments and results of functions are
 * JSON of the caller's own, and all of it is text.
 */
export const content: readonly FieldRule[] = [
  ...fieldsUnder("parts.*", part),
  ...fieldsUnder("parts", part),
  ...fieldsWith("identifier", ["role"]),
];
