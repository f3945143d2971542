import type { MessagePort } from "node:worker_threads";
import { type FindingRules, findIn } from "../../core/inspect.ts";
import { buffersOf, toColumns } from "./finding-columns.ts";
import type { FindQuestion } from "./messages.ts";

/** Answers, on a worker, what the main thread asks; an exception ends the worker, and with it the question. */
export function answerQuestions(port: MessagePort, rules: FindingRules): void {
  port.on("message", ({ document, ...options }: FindQuestion) => {
    // As the main thread has them: a Buffer is searched for a byte many times as fast as an array.
    const bytes = Buffer.from(document.bytes.buffer);
    const columns = toColumns(findIn({ ...document, bytes }, rules, options));
    port.postMessage(columns, buffersOf(columns));
  });
}
