import type { Route } from "../protocol.ts";
import { chatStream, completionStream } from "./stream.ts";

/** The routes of the OpenAI API that Haechi knows by name. */
export const openAiRoutes: readonly Route[] = [
  { id: "chat-completions", path: "/v1/chat/completions", stream: chatStream },
  { id: "completions", path: "/v1/completions", stream: completionStream },
  { id: "embeddings", path: "/v1/embeddings", stream: null },
];
