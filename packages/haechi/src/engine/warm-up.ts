import { textDocument } from "../core/document/text-document.ts";
import { type DetectionRules, findIn } from "../core/inspect.ts";
import { openGrowingText } from "../core/stream/growing-text.ts";

// A digit, an @, a capital, a letter beyond ASCII: what the tables are built for when they are first met.
const TEXT = ' a A 12 345-6789 é 가 1 "x" (y) a@b.co .z\n';

/**
 * Builds the tables that the first document and the first stream would otherwise wait
 * for. Takes tens of milliseconds, so it is for a process that is idle.
 */
export function warmUp(rules: DetectionRules): void {
  const document = textDocument(new TextEncoder().encode(TEXT));
  for (const direction of ["request", "response"] as const) findIn(document, rules, { direction, scanNumbers: true });
  const { compiled } = rules;
  const stream = openGrowingText({ compiled, direction: "response", heldMax: 256, issued: new Map(), content: "text" });
  stream.receive(TEXT);
  stream.flush();
}
