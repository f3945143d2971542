import type { MessagePort } from "node:worker_threads";
import { textDocument } from "../../core/document/text-document.ts";
import { tokenize } from "../../core/document/tokenize.ts";
import { type FindingRules, findIn } from "../../core/inspect.ts";
import { buffersOf, toColumns } from "./finding-columns.ts";
import type { FindQuestion } from "./messages.ts";

/** Answers, on a worker, what the main thread asks; an exception ends the worker, and with it the question. */
export function answerQuestions(port: MessagePort, rules: FindingRules): void {
  port.on("message", ({ bytes, format, ...options }: FindQuestion) => {
    const document = format === "json" ? tokenize(bytes, ANY_DEPTH) : textDocument(bytes);
    const columns = toColumns(findIn(document, rules, options));
    port.postMessage(columns, buffersOf(columns));
  });
}

// Whoever asks has read the document within its limit.
const ANY_DEPTH = { depthMax: Number.POSITIVE_INFINITY };
