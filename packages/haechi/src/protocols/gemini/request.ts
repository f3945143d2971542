import type { FieldRule } from "../protocol.ts";
import { content } from "./content.ts";
import { protoFieldsUnder, protoFieldsWith } from "./fields.ts";

/** What stands beside text in a request to generate, to count or to cache. */
export const generateRequest: readonly FieldRule[] = [
  ...protoFieldsUnder("contents.*", content),
  ...protoFieldsUnder("contents", content),
  ...protoFieldsUnder("systemInstruction", content),
  ...protoFieldsWith("identifier", [
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

/** What stands beside text in a request to count: a conversation, or a whole request to generate. */
export const countRequest: readonly FieldRule[] = [
  ...generateRequest,
  ...protoFieldsUnder("generateContentRequest", generateRequest),
];

const embedded: readonly FieldRule[] = [
  ...protoFieldsUnder("content", content),
  ...protoFieldsWith("identifier", ["model", "taskType", "embedContentConfig.taskType"]),
];

/** What stands beside text in a request for one vector, or for many. */
export const embedRequest: readonly FieldRule[] = [...embedded, ...protoFieldsUnder("requests.*", embedded)];

const batched: readonly FieldRule[] = [
  ...protoFieldsUnder("request", [...generateRequest, ...embedded]),
  ...protoFieldsWith("identifier", ["metadata.key"]),
];

/** What stands beside text in a batch: its requests, or the file that holds them. */
export const batchRequest: readonly FieldRule[] = [
  ...protoFieldsUnder("batch.inputConfig.requests.requests.*", batched),
  ...protoFieldsWith("identifier", ["batch.model", "batch.inputConfig.fileName"]),
];

/** What stands beside text in a request to a model that Google serves without a conversation, such as Imagen. */
export const predictRequest: readonly FieldRule[] = [
  ...protoFieldsWith("media", [
    "instances.*.image.bytesBase64Encoded",
    "instances.*.lastFrame.bytesBase64Encoded",
    "instances.*.video.bytesBase64Encoded",
    "instances.*.referenceImages.*.image.bytesBase64Encoded",
    "instances.*.referenceImages.*.referenceImage.bytesBase64Encoded",
  ]),
  ...protoFieldsWith("identifier", [
    "instances.*.image.mimeType",
    "parameters.aspectRatio",
    "parameters.personGeneration",
    "parameters.safetySetting",
    "parameters.sampleImageSize",
  ]),
];
