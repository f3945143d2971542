import { pathOf } from "../../fields.ts";
import type { Route } from "../../protocol.ts";
import { chatRequest } from "./request.ts";
import { chatCopies, chatList, chatResponse } from "./response.ts";
import { chatStream } from "./stream.ts";

/** The chat completion itself, below a path such as `/v1`. */
export function chatCompletionRoute(base: string): Route {
  return {
    id: "chat-completions",
    path: `${base}/chat/completions`,
    stream: chatStream,
    // OpenRouter and LiteLLM try the further ones in turn.
    models: ["models.*", "fallbacks.*", "fallbacks.*.model"].map(pathOf),
    request: chatRequest,
    // The same path lists completions that the provider stored.
    response: [...chatResponse, ...chatList],
    copies: chatCopies,
  };
}

/** Completions that the provider stored. */
export function storedChatCompletionRoutes(base: string): readonly Route[] {
  return [
    {
      id: "chat-completion",
      path: `${base}/chat/completions/{completion}`,
      stream: null,
      models: [],
      response: chatResponse,
      copies: chatCopies,
    },
    {
      id: "chat-completion-messages",
      path: `${base}/chat/completions/{completion}/messages`,
      stream: null,
      models: [],
      response: chatList,
    },
  ];
}
