import type { Finding } from "../core/detect/finding.ts";
import { type JsonDocument, STRING_LEAF } from "../core/document/json-document.ts";
import { sourceOffsets } from "../core/restore/source-offsets.ts";
import type { DecidedPiece, GrowingText } from "../core/stream/growing-text.ts";
import type { TextFinding } from "../core/stream/stream-scanner.ts";

/** One growing text of a stream, and what is known of it beside its own characters. */
export class StreamChannel {
  readonly text: GrowingText;
  /** Private path of the leaf it began in. */
  readonly path: string;
  readonly groups: readonly string[];
  /** The provider has signed it: nothing is replaced and nothing put back in it. */
  readonly isSigned: boolean;
  /** Pieces of the stream that may pass without more of it before it is taken to have ended. */
  readonly idlePiecesMax: number;
  /** Pieces since it last got text. */
  idlePieces = 0;
  /** Something has said that it ended. */
  hasEnded = false;
  /** It got text after that, so what says that it ends is not believed any more. */
  hasGoneOn = false;
  /** What of a signed text has come since it began. */
  signedText = "";
  /** Text before this offset has left already, and was inspected where it stood. */
  #leftBefore = 0;
  /** Found where the text stands, such as behind its key; offsets in the whole text. */
  #placed: TextFinding[] = [];

  constructor(
    text: GrowingText,
    { path, groups, isSigned, idlePiecesMax }: Pick<StreamChannel, "path" | "groups" | "isSigned" | "idlePiecesMax">,
  ) {
    this.text = text;
    this.path = path;
    this.groups = groups;
    this.isSigned = isSigned;
    this.idlePiecesMax = idlePiecesMax;
  }

  /** Takes in what came of the text before it was known to grow. */
  receiveBefore(text: string): readonly DecidedPiece[] {
    const decided = this.text.receive(text);
    this.#leftBefore = this.text.length;
    return decided;
  }

  /** Adds what was found in the leaf that will be received next. */
  place(found: readonly Finding[], document: JsonDocument, leaf: number): void {
    if (found.length === 0 || document.leaves.kind[leaf] !== STRING_LEAF) return;
    const offsets = sourceOffsets(document, leaf);
    const begin = this.text.length;
    for (const { entityType, ruleId, confidence, start, end } of found) {
      const from = offsets.indexOf(start);
      const to = offsets.indexOf(end);
      const isWhole = from === -1 || to === -1;
      const span = isWhole ? { start: 0, end: offsets.length - 1 } : { start: from, end: to };
      this.#placed.push({ entityType, ruleId, confidence, start: begin + span.start, end: begin + span.end });
    }
  }

  /** Everything found in a decided piece: in the text as it grows, and where it stands. */
  findingsIn({ start, text, findings, restored }: DecidedPiece): readonly TextFinding[] {
    const end = start + text.length;
    const own = start < this.#leftBefore ? findings.filter((one) => start + one.end > this.#leftBefore) : findings;
    if (this.#placed.length === 0) return own;
    const here = restored === null ? this.#placed.filter((one) => one.start < end && one.end > start) : [];
    this.#placed = this.#placed.filter((one) => one.end > end);
    const clipped = here.map((one) => ({
      ...one,
      start: Math.max(one.start, start) - start,
      end: Math.min(one.end, end) - start,
    }));
    return [...own, ...clipped].sort((a, b) => a.start - b.start || b.end - a.end || b.confidence - a.confidence);
  }
}
