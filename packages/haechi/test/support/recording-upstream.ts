import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";

/** A request as it reached the upstream. */
export interface RecordedRequest {
  readonly method: string;
  readonly target: string;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** Everything of it as one text, for searching. */
  readonly everything: string;
}

export interface RecordingUpstream {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
}

/** Answers one recorded request. */
export type Answer = (response: ServerResponse, request: RecordedRequest, incoming: IncomingMessage) => void;

/**
 * An upstream that keeps every request and answers as it is told.
 * @param port 0 for any free one
 */
export async function recordingUpstream(
  test: Pick<TestContext, "after">,
  answer: Answer,
  port = 0,
): Promise<RecordingUpstream> {
  const requests: RecordedRequest[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const request = recorded(incoming, Buffer.concat(chunks));
      requests.push(request);
      answer(response, request, incoming);
    });
  });
  // A connection is not closed because the machine does much else, nor just when it is used again.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

function recorded(incoming: IncomingMessage, body: Buffer): RecordedRequest {
  const method = incoming.method ?? "";
  const target = incoming.url ?? "";
  const { rawHeaders } = incoming;
  const everything = [method, target, safelyDecoded(target), ...rawHeaders, body.toString("utf8")].join("\n");
  return { method, target, rawHeaders, body, everything };
}

function safelyDecoded(target: string): string {
  try {
    return decodeURIComponent(target.replaceAll("+", " "));
  } catch {
    return target;
  }
}

/** A `chat.completion` with the given text. */
export function chatCompletion(content: string): string {
  return JSON.stringify({
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1_760_000_000,
    model: "test-model",
    choices: [
      { index: 0, message: { role: "assistant", content, refusal: null }, logprobs: null, finish_reason: "stop" },
    ],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  });
}

/** The events of a streamed chat completion, one delta a piece. */
export function chatStreamEvents(pieces: readonly string[]): string {
  const chunk = (delta: object, finishReason: string | null) =>
    `data: ${JSON.stringify({
      id: "chatcmpl-1",
      object: "chat.completion.chunk",
      created: 1_760_000_000,
      model: "test-model",
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
    })}\n\n`;
  return [
    chunk({ role: "assistant", content: "" }, null),
    ...pieces.map((content) => chunk({ content }, null)),
    chunk({}, "stop"),
    "data: [DONE]\n\n",
  ].join("");
}

export function answerJson(response: ServerResponse, body: string): void {
  response.writeHead(200, { "content-type": "application/json" }).end(body);
}

export function answerStream(response: ServerResponse, body: string): void {
  response.writeHead(200, { "content-type": "text/event-stream" }).end(body);
}
