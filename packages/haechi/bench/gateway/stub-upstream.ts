// An upstream that answers every chat completion at once with the same text, as one
// JSON document or as a stream, and remembers what reached it.
import { createServer, type ServerResponse } from "node:http";
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import { answerPiece, answerText } from "./answer-text.ts";
import { answerBench, listenForBench } from "./child-side.ts";
import type { Arrivals, UpstreamScript } from "./messages.ts";

const IDENTITY = { id: "chatcmpl-bench", created: 1_760_000_000, model: "bench-model" };

let script: UpstreamScript = { kind: "script", delayMs: 0, pieces: 1, intervalMs: null, watched: [] };
let events: readonly Buffer[] = [];
let document: Buffer = Buffer.alloc(0);
let requests = 0;
let withWatched = 0;
let last: { readonly body: Buffer; readonly holdsWatched: boolean } | null = null;

const server = createServer({ noDelay: true }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
    // Comparing takes as long for every target; searching depends on what is there.
    if (last?.body.equals(body) !== true) {
      last = { body, holdsWatched: script.watched.some((text) => body.includes(text)) };
    }
    requests++;
    if (last.holdsWatched) withWatched++;
    if (script.delayMs === 0) answer(response);
    else setTimeout(answer, script.delayMs, response);
  });
});
answerBench((question) => {
  if (question.kind === "arrivals") {
    return { requests, withWatched, lastBody: last?.body.toString("utf8") ?? "" } satisfies Arrivals;
  }
  if (question.kind === "script") follow(question);
  return true;
});
listenForBench(server);

function follow(next: UpstreamScript): void {
  script = next;
  [requests, withWatched] = [0, 0];
  last = null;
  document = Buffer.from(completion(answerText(next.pieces)));
  events = [
    event({ role: "assistant", content: "" }, null),
    ...Array.from({ length: next.pieces }, (_, at) => event({ content: answerPiece(at) }, null)),
    Buffer.concat([event({}, "stop"), Buffer.from("data: [DONE]\n\n")]),
  ];
}

function answer(response: ServerResponse): void {
  if (script.intervalMs !== null) void stream(response, script.intervalMs);
  else {
    response.writeHead(200, { "content-type": "application/json", "content-length": document.length }).end(document);
  }
}

/** Each piece in a write of its own, as a model that has just made it sends it. */
async function stream(response: ServerResponse, intervalMs: number): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const piece of events) {
    if (response.destroyed) return;
    response.write(piece);
    await (intervalMs > 0 ? wait(intervalMs) : nextTurn());
  }
  response.end();
}

function completion(content: string): string {
  const message = { role: "assistant", content, refusal: null };
  return JSON.stringify({
    ...IDENTITY,
    object: "chat.completion",
    choices: [{ index: 0, message, logprobs: null, finish_reason: "stop" }],
    usage: { prompt_tokens: 211, completion_tokens: 163, total_tokens: 374 },
  });
}

function event(delta: object, finishReason: string | null): Buffer {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finishReason }];
  return Buffer.from(`data: ${JSON.stringify({ ...IDENTITY, object: "chat.completion.chunk", choices })}\n\n`);
}
