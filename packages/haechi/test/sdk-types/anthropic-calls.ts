import type Anthropic from "@anthropic-ai/sdk";

/** What the official SDK sends and reads, by path. `event` is one frame of a stream. */
export interface Calls {
  "/v1/messages": {
    request: Anthropic.MessageCreateParams;
    response: Anthropic.Message;
    event: Anthropic.RawMessageStreamEvent;
  };
  "/v1/messages?beta=true": {
    request: Anthropic.Beta.Messages.MessageCreateParams;
    response: Anthropic.Beta.Messages.BetaMessage;
    event: Anthropic.Beta.Messages.BetaRawMessageStreamEvent;
  };
  "/v1/messages/count_tokens": {
    request: Anthropic.MessageCountTokensParams;
    response: Anthropic.MessageTokensCount;
  };
  "/v1/messages/batches": {
    request: Anthropic.Messages.BatchCreateParams;
    response: Anthropic.Messages.MessageBatch;
  };
  "/v1/messages/batches/batch_1/results": { response: Anthropic.Messages.MessageBatchIndividualResponse };
  "/v1/models": { response: { data: Anthropic.ModelInfo[] } };
  "/v1/files": { response: Anthropic.FileMetadata };
}
