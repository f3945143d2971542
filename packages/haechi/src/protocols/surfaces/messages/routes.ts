import type { Route } from "../../protocol.ts";
import { messageRequest } from "./request.ts";
import { errorFields, message } from "./response.ts";
import { messageStream } from "./stream.ts";

/** The Messages API, which Anthropic serves, and vLLM, llama.cpp and Ollama beside their own. */
export const messagesRoutes: readonly Route[] = [
  {
    id: "messages",
    path: "/v1/messages",
    stream: messageStream,
    request: messageRequest,
    response: [...message, ...errorFields],
  },
  {
    id: "count-tokens",
    path: "/v1/messages/count_tokens",
    stream: null,
    request: messageRequest,
    response: errorFields,
  },
];
