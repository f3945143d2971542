import { fieldsUnder, fieldsWith } from "../fields.ts";
import type { FieldRule } from "../protocol.ts";
import { content } from "./content.ts";
import { inBothSpellings } from "./spellings.ts";

const generate: readonly FieldRule[] = [
  ...fieldsUnder("contents.*", content),
  ...fieldsUnder("contents", content),
  ...fieldsUnder("systemInstruction", content),
  ...fieldsWith("identifier", [
    "model",
    "cachedContent",
    "serviceTier",
    "safetySettings.*.category",
    "safetySettings.*.threshold",
    "safetySettings.*.method",
    "toolConfig.functionCallingConfig.mode",
    "generationConfig.responseMimeType",
    "generationConfig.responseModalities.*",
    "generationConfig.mediaResolution",
    "generationConfig.thinkingConfig.thinkingLevel",
    "generationConfig.speechConfig.languageCode",
    "generationConfig.speechConfig.voiceConfig.prebuiltVoiceConfig.voiceName",
    "generationConfig.imageConfig.aspectRatio",
    "generationConfig.imageConfig.imageSize",
  ]),
];

/** What stands beside text in a request to generate, or to cache what is generated from. */
export const generateRequest = inBothSpellings(generate);

/** What stands beside text in a request to count: a conversation, or a whole request to generate. */
export const countRequest = inBothSpellings([...generate, ...fieldsUnder("generateContentRequest", generate)]);

const embedded: readonly FieldRule[] = [
  ...fieldsUnder("content", content),
  ...fieldsWith("identifier", ["model", "taskType", "embedContentConfig.taskType"]),
];

/** What stands beside text in a request for one vector, or for many. */
export const embedRequest = inBothSpellings([...embedded, ...fieldsUnder("requests.*", embedded)]);

const batched: readonly FieldRule[] = [
  ...fieldsUnder("request", [...generate, ...embedded]),
  ...fieldsWith("identifier", ["metadata.key"]),
];

/** What stands beside text in a batch: its requests, or the file that holds them. */
export const batchRequest = inBothSpellings([
  ...fieldsUnder("batch.inputConfig.requests.requests.*", batched),
  ...fieldsWith("identifier", ["batch.model", "batch.inputConfig.fileName"]),
]);

/** What stands beside text in a request to a model that Google serves without a conversation, such as Imagen. */
export const predictRequest = inBothSpellings([
  ...fieldsWith("media", [
    "instances.*.image.bytesBase64Encoded",
    "instances.*.lastFrame.bytesBase64Encoded",
    "instances.*.video.bytesBase64Encoded",
    "instances.*.referenceImages.*.image.bytesBase64Encoded",
    "instances.*.referenceImages.*.referenceImage.bytesBase64Encoded",
  ]),
  ...fieldsWith("identifier", [
    "instances.*.image.mimeType",
    "parameters.aspectRatio",
    "parameters.personGeneration",
    "parameters.safetySetting",
    "parameters.sampleImageSize",
  ]),
]);
