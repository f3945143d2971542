/** A replacement for a range of a growing text, in UTF-16 units from its beginning. */
export interface TextReplacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A growing text of which some is decided and some still held. Frames ask for
 * their own range back once it is decided: the replacement of a range that
 * spans frames stands in the frame where the range begins.
 */
export interface TextTimeline {
  /** Units received so far. */
  readonly length: number;
  /** Units of which every replacement is known. */
  readonly decided: number;
  receive(text: string): void;
  /** Says that everything before `end` is decided, with the replacements since the last call. */
  decide(end: number, replacements: readonly TextReplacement[]): void;
  /** The decided range with its replacements made, and whether there were any. Forgets what lies before `end`. */
  take(start: number, end: number): { readonly text: string; readonly changed: boolean };
}

export function createTextTimeline(): TextTimeline {
  let received = "";
  let offset = 0;
  let decided = 0;
  let replacements: TextReplacement[] = [];
  return {
    get length() {
      return offset + received.length;
    },
    get decided() {
      return decided;
    },
    receive(text) {
      received += text;
    },
    decide(end, more) {
      decided = end;
      if (more.length > 0) replacements.push(...more);
    },
    take(start, end) {
      let text = "";
      let copied = start;
      let changed = false;
      for (const replacement of replacements) {
        if (replacement.end <= start || replacement.start >= end) continue;
        changed = true;
        text += received.slice(copied - offset, Math.max(copied, replacement.start) - offset);
        if (replacement.start >= start) text += replacement.text;
        copied = Math.min(replacement.end, end);
      }
      text += received.slice(copied - offset, end - offset);
      received = received.slice(end - offset);
      offset = end;
      replacements = replacements.filter((replacement) => replacement.end > end);
      return { text, changed };
    },
  };
}
