import { fieldsUnder, fieldsWith, pathOf } from "../fields.ts";
import type { FieldPath, FieldRule } from "../protocol.ts";
import { content } from "./content.ts";

/** What stands beside text in an error, whose message may quote the request. */
export const errorFields: readonly FieldRule[] = fieldsWith("identifier", [
  "error.status",
  "error.details.*.@type",
  "error.details.*.reason",
  "error.details.*.domain",
]);

/** What stands beside text in what the model generated. */
export const generated: readonly FieldRule[] = [
  ...fieldsUnder("candidates.*.content", content),
  ...fieldsWith("opaque", [
    "candidates.*.continuationToken",
    "candidates.*.groundingMetadata.searchEntryPoint.sdkBlob",
  ]),
  ...fieldsWith("identifier", [
    "candidates.*.finishReason",
    "candidates.*.safetyRatings.*.category",
    "candidates.*.safetyRatings.*.probability",
    "candidates.*.safetyRatings.*.severity",
    "candidates.*.urlContextMetadata.urlMetadata.*.urlRetrievalStatus",
    "promptFeedback.blockReason",
    "promptFeedback.safetyRatings.*.category",
    "promptFeedback.safetyRatings.*.probability",
    "usageMetadata.promptTokensDetails.*.modality",
    "usageMetadata.candidatesTokensDetails.*.modality",
    "usageMetadata.cacheTokensDetails.*.modality",
    "usageMetadata.trafficType",
    "modelVersion",
    "responseId",
    "createTime",
  ]),
  ...errorFields,
];

/** Log probabilities name every token of the text. */
export const generatedCopies: readonly FieldPath[] = [
  "candidates.*.logprobsResult",
  // They count the bytes of a text that is another then.
  "candidates.*.citationMetadata.citations",
  "candidates.*.groundingMetadata.groundingSupports",
].map(pathOf);

/** What stands beside text in images and videos that a model made. */
export const predicted: readonly FieldRule[] = [
  ...fieldsWith("media", ["predictions.*.bytesBase64Encoded", "response.videos.*.bytesBase64Encoded"]),
  ...fieldsWith("identifier", ["predictions.*.mimeType", "name"]),
  ...errorFields,
];

/** What stands beside text in files, caches, batches and models, alone or in a list. */
export const stored: readonly FieldRule[] = [
  ...["", "files.*.", "file.", "cachedContents.*.", "operations.*.", "models.*."].flatMap((place) =>
    fieldsWith(
      "identifier",
      ["name", "mimeType", "state", "createTime", "updateTime", "expireTime", "expirationTime", "model"].map(
        (member) => `${place}${member}`,
      ),
    ),
  ),
  // The fingerprint of a file's bytes.
  ...fieldsWith("opaque", ["sha256Hash", "file.sha256Hash", "files.*.sha256Hash", "nextPageToken"]),
  // A batch that is done holds what was generated.
  ...fieldsUnder("response.inlinedResponses.inlinedResponses.*.response", generated),
  ...errorFields,
];
