import type { JsonDocument } from "../../core/document/json-document.ts";
import { stringAt } from "./only-members.ts";

// Parsers differ in which of two members they keep, and some take a name in any letters. Wherever that could
// make one name of another, the answer here is that it cannot be told.

/** The name of the tool that a request calls, or of the prompt that it gets; null where it cannot be told. */
export function calledName(document: JsonDocument): string | null {
  return stringAt(document, ["params", "name"]);
}

/** The task that a request is about, or that the answer to a call has started. */
export function taskId(document: JsonDocument): string | null {
  return (
    stringAt(document, ["params", "taskId"]) ??
    stringAt(document, ["result", "task", "taskId"]) ??
    stringAt(document, ["result", "taskId"])
  );
}
