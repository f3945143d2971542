import type OpenAI from "openai";
import type { ItemCreateParams } from "openai/resources/conversations/items";
import type { ResponseItemList } from "openai/resources/responses/input-items";
import type { InputTokenCountParams, InputTokenCountResponse } from "openai/resources/responses/input-tokens";

/** What the official SDK sends and reads, by path. `event` is one frame of a stream. */
export interface Calls {
  "/v1/chat/completions": {
    request: OpenAI.ChatCompletionCreateParams;
    response: OpenAI.ChatCompletion;
    event: OpenAI.ChatCompletionChunk;
  };
  "/v1/completions": {
    request: OpenAI.CompletionCreateParams;
    response: OpenAI.Completion;
    event: OpenAI.Completion;
  };
  "/v1/responses": {
    request: OpenAI.Responses.ResponseCreateParams;
    response: OpenAI.Responses.Response;
    event: OpenAI.Responses.ResponseStreamEvent;
  };
  "/v1/responses/input_tokens": { request: InputTokenCountParams; response: InputTokenCountResponse };
  "/v1/responses/compact": {
    request: OpenAI.Responses.ResponseCompactParams;
    response: OpenAI.Responses.CompactedResponse;
  };
  "/v1/responses/resp_1/input_items": { response: ResponseItemList };
  "/v1/conversations": {
    request: OpenAI.Conversations.ConversationCreateParams;
    response: OpenAI.Conversations.Conversation;
  };
  "/v1/conversations/conv_1/items": {
    request: Omit<ItemCreateParams, "include">;
    response: OpenAI.Conversations.ConversationItemList;
  };
  "/v1/embeddings": { request: OpenAI.EmbeddingCreateParams; response: OpenAI.CreateEmbeddingResponse };
  "/v1/moderations": { request: OpenAI.ModerationCreateParams; response: OpenAI.ModerationCreateResponse };
  "/v1/images/generations": {
    request: OpenAI.ImageGenerateParams;
    response: OpenAI.ImagesResponse;
    event: OpenAI.ImageGenStreamEvent;
  };
  "/v1/audio/speech": { request: OpenAI.Audio.SpeechCreateParams };
  "/v1/audio/transcriptions": {
    response: OpenAI.Audio.Transcription | OpenAI.Audio.TranscriptionVerbose | OpenAI.Audio.TranscriptionDiarized;
    event: OpenAI.Audio.TranscriptionStreamEvent;
  };
  "/v1/models": { response: { data: OpenAI.Model[] } };
  "/v1/batches": { request: OpenAI.BatchCreateParams; response: OpenAI.Batch };
  "/v1/files": { response: OpenAI.FileObject };
  "/v1/vector_stores": { request: OpenAI.VectorStoreCreateParams; response: OpenAI.VectorStore };
  "/v1/vector_stores/vs_1/search": {
    request: OpenAI.VectorStoreSearchParams;
    response: { data: OpenAI.VectorStoreSearchResponse[] };
  };
}
