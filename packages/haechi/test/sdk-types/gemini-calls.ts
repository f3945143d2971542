import type * as genai from "@google/genai";

/** Members of a configuration that stand beside `generationConfig` in a body; the others stand in it. */
type BesideGenerationConfig =
  | "systemInstruction"
  | "tools"
  | "toolConfig"
  | "safetySettings"
  | "cachedContent"
  | "labels"
  | "serviceTier"
  | "modelArmorConfig"
  | "continuationToken"
  | "outputConfig";

/** Members that the SDK keeps to itself. */
type NotSent = "httpOptions" | "abortSignal" | "automaticFunctionCalling";

interface Generate
  extends Pick<genai.GenerateContentConfig, BesideGenerationConfig & keyof genai.GenerateContentConfig> {
  model?: string;
  contents: genai.ContentListUnion;
  generationConfig: Omit<genai.GenerateContentConfig, BesideGenerationConfig | NotSent> & genai.GenerationConfig;
}

interface Embed {
  model?: string;
  content: genai.Content;
  title?: string;
  taskType?: string;
}

/** What stands on the wire when the official SDK calls, by path. `event` is one frame of a stream. */
export interface Calls {
  "/v1beta/models/gemini-test:generateContent": { request: Generate; response: genai.GenerateContentResponse };
  "/v1beta/models/gemini-test:streamGenerateContent": { event: genai.GenerateContentResponse };
  "/v1beta/models/gemini-test:streamGenerateContent?alt=sse": {
    request: Generate;
    event: genai.GenerateContentResponse;
  };
  "/v1beta/models/gemini-test:countTokens": {
    request: { contents: genai.Content[]; generateContentRequest: Generate };
    response: genai.CountTokensResponse;
  };
  "/v1beta/models/gemini-test:batchEmbedContents": {
    request: { requests: Embed[] };
    response: genai.EmbedContentResponse;
  };
  "/v1beta/cachedContents": {
    request: Omit<Generate, "generationConfig"> & { displayName?: string };
    response: genai.CachedContent;
  };
  "/v1beta/files": { response: { files: genai.File[] } };
  "/v1beta/models": { response: { models: genai.Model[] } };
}
