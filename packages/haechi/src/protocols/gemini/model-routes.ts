import { pathOf } from "../fields.ts";
import type { Route } from "../protocol.ts";
import { batchRequest, countRequest, embedRequest, generateRequest, predictRequest } from "./request.ts";
import { errorFields, generated, generatedCopies, predicted, stored } from "./response.ts";
import { pathsOf } from "./spellings.ts";
import { generatedArray, generatedEvents } from "./stream.ts";

type Method = Omit<Route, "path">;

const batch: Omit<Method, "id"> = {
  stream: null,
  models: ["batch.model", "batch.inputConfig.requests.requests.*.request.model"].flatMap(pathsOf),
  request: batchRequest,
  response: stored,
};

const methods: Readonly<Record<string, Method>> = {
  generateContent: {
    id: "generate-content",
    stream: null,
    request: generateRequest,
    response: generated,
    copies: generatedCopies,
  },
  streamGenerateContent: {
    id: "stream-generate-content",
    stream: generatedArray,
    streamWhen: { parameter: "alt", value: "sse", format: generatedEvents },
    request: generateRequest,
    response: generated,
    copies: generatedCopies,
  },
  countTokens: {
    id: "count-tokens",
    stream: null,
    models: pathsOf("generateContentRequest.model"),
    request: countRequest,
    response: errorFields,
  },
  computeTokens: {
    id: "compute-tokens",
    stream: null,
    request: countRequest,
    response: errorFields,
    copies: pathsOf("tokensInfo.*.tokens"),
  },
  embedContent: { id: "embed", stream: null, request: embedRequest, response: errorFields },
  batchEmbedContents: {
    id: "batch-embed",
    stream: null,
    models: [pathOf("requests.*.model")],
    request: embedRequest,
    response: errorFields,
  },
  batchGenerateContent: { id: "batch-generate", ...batch },
  asyncBatchEmbedContent: { id: "batch-embed-later", ...batch },
  predict: { id: "predict", stream: null, request: predictRequest, response: predicted },
  predictLongRunning: { id: "predict-later", stream: null, request: predictRequest, response: predicted },
  fetchPredictOperation: { id: "predicted", stream: null, response: predicted },
};

/** Everything that a model can be asked for: `place` ends before the colon, and names the model by a placeholder. */
export function modelRoutes(place: string): readonly Route[] {
  return Object.entries(methods).map(([method, route]) => ({ ...route, path: `${place}:${method}` }));
}
