import { MARKER_END, readTokenMarker, TOKEN_MARKER_START, writeTokenMarker } from "../transform/marker.ts";
import type { RestoreOptions } from "./restore.ts";
import { standsInUrl, URL_CONTEXT_MAX } from "./url-context.ts";

/** A stretch of a growing text: text as it is, or the marker of an issued token. */
export type MarkerSegment =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "marker"; readonly id: string };

/** Finds the markers of issued tokens in a text that arrives in pieces. */
export interface MarkerSplitter {
  /** What is certain after this piece; the rest is held until the next. */
  push(text: string): readonly MarkerSegment[];
  /** What is still held, as text: no marker was completed. */
  end(): readonly MarkerSegment[];
}

/**
 * Splits a growing text at the markers of the given token ids. It holds back only
 * what could still become one of them, so the pieces in which the text arrives do
 * not show in what comes out.
 */
export function createMarkerSplitter(
  issuedIds: ReadonlySet<string>,
  { intoUrls }: RestoreOptions = { intoUrls: false },
): MarkerSplitter {
  const markers = [...issuedIds].map(writeTokenMarker).sort();
  let held = "";
  /** The end of what is not held any more. */
  let before = "";

  return {
    push(text) {
      const all = held + text;
      const segments: MarkerSegment[] = [];
      let from = 0;
      let holdFrom = all.length;
      for (let at = all.indexOf("["); at !== -1; ) {
        const bracket = nextBracket(all, at + 1);
        if (bracket === -1) {
          if (startsAny(markers, all.slice(at))) holdFrom = at;
          break;
        }
        if (all[bracket] === "[") {
          at = bracket;
          continue;
        }
        const id = markerId(all, at, bracket + 1);
        if (id !== null && issuedIds.has(id) && (intoUrls || !standsInUrl(before + all.slice(0, at)))) {
          if (at > from) segments.push({ kind: "text", text: all.slice(from, at) });
          segments.push({ kind: "marker", id });
          from = bracket + 1;
        }
        at = all.indexOf("[", bracket);
      }
      if (holdFrom > from) segments.push({ kind: "text", text: all.slice(from, holdFrom) });
      held = all.slice(holdFrom);
      before = (before + all.slice(0, holdFrom)).slice(-URL_CONTEXT_MAX);
      return segments;
    },
    end() {
      const text = held;
      held = "";
      return text === "" ? [] : [{ kind: "text", text }];
    },
  };
}

function nextBracket(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === MARKER_END || text[at] === "[") return at;
  }
  return -1;
}

function markerId(text: string, start: number, end: number): string | null {
  return text.startsWith(TOKEN_MARKER_START, start) ? readTokenMarker(text.slice(start, end)) : null;
}

/** True when one of the sorted texts starts with the prefix: only the first not below it can. */
function startsAny(sorted: readonly string[], prefix: string): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < prefix) low = middle + 1;
    else high = middle;
  }
  return sorted[low]?.startsWith(prefix) ?? false;
}
