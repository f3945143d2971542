import type * as ollama from "ollama";

/** What the official SDK sends and reads, by path. `event` is one line of a stream. */
export interface Calls {
  "/api/chat": { request: ollama.ChatRequest; response: ollama.ChatResponse; event: ollama.ChatResponse };
  "/api/generate": {
    request: ollama.GenerateRequest;
    response: ollama.GenerateResponse;
    event: ollama.GenerateResponse;
  };
  "/api/embed": { request: ollama.EmbedRequest; response: ollama.EmbedResponse };
  "/api/embeddings": { request: ollama.EmbeddingsRequest; response: ollama.EmbeddingsResponse };
  "/api/show": { request: ollama.ShowRequest; response: ollama.ShowResponse };
  "/api/tags": { response: ollama.ListResponse };
  "/api/ps": { response: ollama.ListResponse };
  "/api/experimental/web_search": { request: ollama.WebSearchRequest; response: ollama.WebSearchResponse };
  "/api/experimental/web_fetch": { request: ollama.WebFetchRequest; response: ollama.WebFetchResponse };
}
