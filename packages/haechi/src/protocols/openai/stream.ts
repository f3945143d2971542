import type { StreamError, StreamFormat } from "../protocol.ts";

const errorFrame = ({ code, message }: StreamError): string =>
  `data: ${JSON.stringify({ error: { message, type: code, param: null, code } })}\n\n`;

/** Server-sent `chat.completion.chunk` objects, ended by `[DONE]`. */
export const chatStream: StreamFormat = {
  framing: "sse",
  byDefault: false,
  controls: ["[DONE]"],
  channels: [
    { path: ["choices", "*", "delta", "content"], content: "text" },
    { path: ["choices", "*", "delta", "refusal"], content: "text" },
    // Not in OpenAI's own API; vLLM, DeepSeek and OpenRouter send one or another.
    { path: ["choices", "*", "delta", "reasoning_content"], content: "text" },
    { path: ["choices", "*", "delta", "reasoning"], content: "text" },
    { path: ["choices", "*", "delta", "reasoning_details", "*", "text"], content: "text" },
    { path: ["choices", "*", "delta", "reasoning_details", "*", "summary"], content: "text" },
    // Mistral sends content in parts, and what it thinks in parts of a part.
    { path: ["choices", "*", "delta", "content", "*", "text"], content: "text" },
    { path: ["choices", "*", "delta", "content", "*", "thinking", "*", "text"], content: "text" },
    { path: ["choices", "*", "delta", "audio", "transcript"], content: "text" },
    { path: ["choices", "*", "delta", "tool_calls", "*", "function", "arguments"], content: "json" },
    { path: ["choices", "*", "delta", "tool_calls", "*", "custom", "input"], content: "text" },
    { path: ["choices", "*", "delta", "function_call", "arguments"], content: "json" },
  ],
  ends: [{ path: ["choices", "*", "finish_reason"] }],
  errorFrame,
};

/** Server-sent `text_completion` objects, ended by `[DONE]`. */
export const completionStream: StreamFormat = {
  framing: "sse",
  byDefault: false,
  controls: ["[DONE]"],
  channels: [{ path: ["choices", "*", "text"], content: "text" }],
  ends: [{ path: ["choices", "*", "finish_reason"] }],
  errorFrame,
};
