import type { Direction } from "../detect/finding.ts";
import type { CompiledDetectors } from "../detect/rules/compile.ts";
import { escapeJson } from "../document/splice.ts";
import { createMarkerSplitter, type MarkerSegment, type MarkerSplitter } from "../restore/marker-splitter.ts";
import { writeTokenMarker } from "../transform/marker.ts";
import { advanceJsonText, JSON_TEXT_START } from "./json-text-state.ts";
import { openStreamScanner, type TextFinding } from "./stream-scanner.ts";
import { createTextTimeline, type TextReplacement } from "./text-timeline.ts";

export interface GrowingTextOptions {
  readonly compiled: CompiledDetectors;
  readonly direction: Direction;
  /** UTF-16 units that may be held back at most. */
  readonly heldMax: number;
  /** Tokens to put back: token id to original. */
  readonly issued: ReadonlyMap<string, string>;
  /** Tokens are put back into addresses too. */
  readonly restoresIntoUrls?: boolean | undefined;
  /** `json`: the text is JSON, so what is put into it is escaped, and quoted outside a string. */
  readonly content: "text" | "json";
}

/** A stretch of which every finding is known, from `start` in the whole text. */
export interface DecidedPiece {
  readonly start: number;
  readonly text: string;
  /** Offsets in `text`. */
  readonly findings: readonly TextFinding[];
  /** For a marker of this exchange: what it stands for. */
  readonly restored: string | null;
}

/**
 * One text that arrives in pieces, is scanned as it grows, and is given back range
 * by range with its replacements. The caller decides about the findings of each
 * piece and says so with `settle` before it takes that stretch.
 */
export interface GrowingText {
  /** UTF-16 units received. */
  readonly length: number;
  /** UTF-16 units settled. */
  readonly decided: number;
  receive(text: string): readonly DecidedPiece[];
  /** Decides all that is held; what comes later is a new beginning for the scanner. */
  flush(): readonly DecidedPiece[];
  /** The replacements of a piece, with offsets in its text and no two of them overlapping. */
  settle(piece: DecidedPiece, replacements: readonly TextReplacement[]): void;
  take(start: number, end: number): { readonly text: string; readonly changed: boolean };
}

export function openGrowingText(options: GrowingTextOptions): GrowingText {
  const splitter = options.issued.size === 0 ? null : openSplitter(options);
  const timeline = createTextTimeline();
  let scanner = openStreamScanner(options.compiled, options);
  let scanned = 0;
  let jsonState = JSON_TEXT_START;

  const pieceOf = (text: string, findings: readonly TextFinding[], restored: string | null): DecidedPiece => {
    const piece = { start: scanned, text, findings, restored };
    scanned += text.length;
    return piece;
  };

  const scan = (segments: readonly MarkerSegment[]): DecidedPiece[] =>
    segments.flatMap((segment) => {
      if (segment.kind === "text") {
        const { text, findings } = scanner.push(segment.text);
        return [pieceOf(text, findings, null)];
      }
      // A marker of ours is a wall: nothing that is found reaches across it.
      const before = endScanner();
      return [before, pieceOf(writeTokenMarker(segment.id), [], options.issued.get(segment.id)!)];
    });

  const endScanner = (): DecidedPiece => {
    const { text, findings } = scanner.end();
    scanner = openStreamScanner(options.compiled, options);
    return pieceOf(text, findings, null);
  };

  /** Fits a replacement into JSON text: inside a string it is escaped, elsewhere it becomes a string. */
  const fitted = (text: string): string => {
    if (options.content === "text") return text;
    return jsonState.inString ? escapeJson(text) : `"${escapeJson(text)}"`;
  };

  return {
    get length() {
      return timeline.length;
    },
    get decided() {
      return timeline.decided;
    },
    receive(text) {
      timeline.receive(text);
      return splitter === null ? scan([{ kind: "text", text }]) : scan(splitter.push(text));
    },
    flush() {
      const pieces = splitter === null ? [] : scan(splitter.end());
      return [...pieces, endScanner()];
    },
    settle(piece, replacements) {
      const all = piece.restored === null ? replacements : [{ start: 0, end: piece.text.length, text: piece.restored }];
      const placed: TextReplacement[] = [];
      let passed = 0;
      for (const { start, end, text } of all) {
        jsonState = advanceJsonText(jsonState, piece.text.slice(passed, start));
        // The letter behind a backslash belongs to the escape and not to the value.
        const from = jsonState.afterBackslash ? start + 1 : start;
        placed.push({ start: piece.start + from, end: piece.start + end, text: fitted(text) });
        passed = end;
      }
      jsonState = advanceJsonText(jsonState, piece.text.slice(passed));
      timeline.decide(piece.start + piece.text.length, placed);
    },
    take: timeline.take,
  };
}

function openSplitter({ issued, restoresIntoUrls }: GrowingTextOptions): MarkerSplitter {
  return createMarkerSplitter(new Set(issued.keys()), { intoUrls: restoresIntoUrls ?? false });
}
