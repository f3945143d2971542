import type { Direction } from "../core/detect/finding.ts";
import { textDocument } from "../core/document/text-document.ts";
import { type DetectionRules, findIn } from "../core/inspect.ts";
import { openGrowingText } from "../core/stream/growing-text.ts";

// A digit, an @, a capital, a letter beyond ASCII: what the tables are built for when they are first met.
const TEXT = ' a A 12 345-6789 é 가 1 "x" (y) a@b.co .z\n';

/** Builds some of the tables. Takes tens of milliseconds, so it is for a process that is idle. */
export type WarmUpStep = () => void;

/** Together they build the tables that the first document and the first stream would otherwise wait for. */
export function warmUpSteps(rules: DetectionRules): readonly WarmUpStep[] {
  const { compiled } = rules;
  const inspect = (direction: Direction) => () => {
    findIn(textDocument(new TextEncoder().encode(TEXT)), rules, { direction, scanNumbers: true });
  };
  const stream = () => {
    const text = openGrowingText({ compiled, direction: "response", heldMax: 256, issued: new Map(), content: "text" });
    text.receive(TEXT);
    text.flush();
  };
  return [inspect("request"), inspect("response"), stream];
}
