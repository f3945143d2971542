import { fieldsWith, pathOf } from "../../fields.ts";
import type { Route } from "../../protocol.ts";
import { openAiErrorFields } from "../openai-error.ts";
import { conversationRequest, responsesRequest } from "./request.ts";
import { itemList, responseCopies, responseObject } from "./response.ts";
import { responsesStream } from "./stream.ts";

/** A response, below a path such as `/v1`. */
export function responsesRoute(base: string): Route {
  return {
    id: "responses",
    path: `${base}/responses`,
    stream: responsesStream,
    // Pictures are drawn by a model of their own.
    models: [pathOf("tools.*.model")],
    request: responsesRequest,
    response: responseObject,
    copies: responseCopies,
  };
}

/** Responses and conversations that the provider stored, and what counts or shortens them. */
export function storedResponsesRoutes(base: string): readonly Route[] {
  const stored = { stream: null, models: [] };
  return [
    {
      id: "responses-input-tokens",
      path: `${base}/responses/input_tokens`,
      stream: null,
      request: responsesRequest,
      response: [...fieldsWith("identifier", ["object"]), ...openAiErrorFields],
    },
    {
      id: "responses-compact",
      path: `${base}/responses/compact`,
      stream: responsesStream,
      request: responsesRequest,
      response: responseObject,
    },
    {
      id: "response",
      path: `${base}/responses/{response}`,
      // It is told from its beginning, or from where a client left off.
      stream: responsesStream,
      models: [],
      response: responseObject,
      copies: responseCopies,
    },
    { ...stored, id: "response-cancel", path: `${base}/responses/{response}/cancel`, response: responseObject },
    { ...stored, id: "response-input-items", path: `${base}/responses/{response}/input_items`, response: itemList },
    {
      ...stored,
      id: "conversations",
      path: `${base}/conversations`,
      request: conversationRequest,
      response: itemList,
    },
    { ...stored, id: "conversation", path: `${base}/conversations/{conversation}`, response: itemList },
    {
      ...stored,
      id: "conversation-items",
      path: `${base}/conversations/{conversation}/items`,
      request: conversationRequest,
      response: itemList,
    },
    {
      ...stored,
      id: "conversation-item",
      path: `${base}/conversations/{conversation}/items/{item}`,
      response: itemList,
    },
  ];
}
