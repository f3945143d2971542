import { detect } from "../../src/core/detect/detect.ts";
import type { CompiledDetectors } from "../../src/core/detect/rules/compile.ts";
import { scanDocument } from "../../src/core/detect/scan/scan.ts";
import { sourceText } from "../../src/core/document/leaf.ts";
import { tokenize } from "../../src/core/document/tokenize.ts";
import { openStreamScanner } from "../../src/core/stream/stream-scanner.ts";
import type { LabelledCase } from "./labelled-case.ts";
import { type Random, seededBy } from "./random-text.ts";
import { sameFamily } from "./score.ts";

/** Bodies of requests and answers in which a text stands in one place. */
const BODIES: Readonly<Record<string, (text: string) => unknown>> = {
  "content string": (text) => ({ model: "m", messages: [{ role: "user", content: text }] }),
  "content part": (text) => ({ messages: [{ role: "user", content: [{ type: "text", text }] }] }),
  "tool result": (text) => ({ messages: [{ role: "tool", tool_call_id: "call_1", content: text }] }),
  "tool arguments": (text) => ({
    messages: [
      { role: "assistant", tool_calls: [{ function: { name: "save", arguments: JSON.stringify({ note: text }) } }] },
    ],
  }),
  "answer item": (text) => ({ output: [{ type: "message", content: [{ type: "output_text", text }] }] }),
  key: (text) => ({ table: { [text]: 1 } }),
  "JSON in a result": (text) => ({ content: [{ type: "text", text: JSON.stringify({ rows: [{ note: text }] }) }] }),
};

/** Whether each gold of a case is found when a body carries its text. */
function foundInBody(
  { text, gold, direction }: LabelledCase,
  body: (text: string) => unknown,
  detectors: CompiledDetectors,
): boolean[] {
  const document = tokenize(new TextEncoder().encode(JSON.stringify(body(text))), { depthMax: 64 });
  const found = scanDocument(document, detectors, { direction, scanNumbers: true, decodeAndRescan: false });
  return gold.map(({ type, start, end }) => {
    const value = unescaped(text.slice(start, end));
    return found.some((finding) => {
      if (!sameFamily(finding.entityType, type)) return false;
      const source = unescaped(sourceText(document, finding.start, finding.end, finding.leaf));
      return (
        type === "injection" || source.includes(value) || (value.includes(source) && source.length * 2 >= value.length)
      );
    });
  });
}

interface StreamFinding {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** What a stream of the text finds that is cut in pieces of chance. */
function foundInStream(
  text: string,
  direction: LabelledCase["direction"],
  detectors: CompiledDetectors,
): StreamFinding[] {
  const random = seededBy(text);
  const scanner = openStreamScanner(detectors, { direction, heldMax: 100_000 });
  const found: StreamFinding[] = [];
  let released = 0;
  const take = ({ text: piece, findings }: ReturnType<typeof scanner.push>) => {
    for (const { entityType, start, end } of findings)
      found.push({ type: entityType, start: released + start, end: released + end });
    released += piece.length;
  };
  for (const piece of inPieces(text, random)) take(scanner.push(piece));
  take(scanner.end());
  return found;
}

function inPieces(text: string, random: Random): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const length = 1 + random(9);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

/** What the text says however often it is escaped. */
function unescaped(text: string): string {
  return text.replace(/\\+n/g, "\n").replace(/\\+t/g, "\t").replace(/\\+r/g, "\r").replace(/\\+/g, "");
}

/** One way to carry a text, and how much of what is found in the text itself is found there. */
export interface CarrierScore {
  readonly carrier: string;
  readonly places: number;
  readonly found: number;
  /** Texts of which something is lost. */
  readonly lost: readonly LabelledCase[];
}

/** Every carrier with the cases of which each place is found in the plain text. */
export function scoreCarriers(cases: readonly LabelledCase[], detectors: CompiledDetectors): CarrierScore[] {
  const plain = cases.filter(
    ({ tier, text, gold, direction }) =>
      tier === "core" && gold.length > 0 && foundIn(detect(text, { direction, detectors }), gold),
  );
  const scoreOf = (carrier: string, finds: (labelled: LabelledCase) => boolean): CarrierScore => {
    const lost = plain.filter((labelled) => !finds(labelled));
    return { carrier, places: plain.length, found: plain.length - lost.length, lost };
  };
  return [
    ...Object.entries(BODIES).map(([name, body]) =>
      scoreOf(name, (labelled) => foundInBody(labelled, body, detectors).every((found) => found)),
    ),
    scoreOf("stream in pieces", ({ text, direction, gold }) =>
      foundIn(foundInStream(text, direction, detectors), gold),
    ),
  ];
}

function foundIn(found: readonly StreamFinding[], gold: LabelledCase["gold"]): boolean {
  return gold.every((span) =>
    found.some(
      ({ type, start, end }) =>
        sameFamily(type, span.type) &&
        (type === "injection" || (Math.min(end, span.end) - Math.max(start, span.start)) * 2 >= span.end - span.start),
    ),
  );
}
