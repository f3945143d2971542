import { characterEnd, codePointAt } from "./characters.ts";
import { type NormalizedText, over, UNSEEN, WrittenText } from "./written-text.ts";

/**
 * The text in the order in which one sees it where a right-to-left override (U+202E)
 * turns it round (UAX #9); null when there is none. What is turned round is one place in
 * the source: a hit in it takes all of it.
 */
export function reordered(text: NormalizedText): NormalizedText | null {
  const { bytes } = text;
  if (!holdsOverride(bytes, 0, bytes.length)) return null;
  const source = { bytes, start: 0, end: bytes.length, escaped: false };
  const written = new WrittenText(bytes.length);
  for (let at = 0; at < bytes.length; ) {
    const past = characterEnd(source, at);
    const group = CLOSERS[codePointAt(source, at)] === undefined ? null : readGroup(source, at, 0);
    if (group === null || !holdsOverride(bytes, at, group.end)) {
      const copied = group?.end ?? past;
      written.copy(bytes, at, copied);
      at = copied;
      continue;
    }
    const codes = group.codes.length === 0 ? [UNSEEN] : group.codes;
    for (const code of codes) written.decode(code, at, group.end);
    at = group.end;
  }
  return over(written.result(), text);
}

/** True when a right-to-left override stands in the stretch of UTF-8. */
export function holdsOverride(bytes: Uint8Array, from: number, to: number): boolean {
  // The view ends with the stretch: a look at the rest of the text, for each of many stretches, would take the square of it.
  const stretch = bytes.subarray(from, to);
  for (let at = stretch.indexOf(0xae); at !== -1; at = stretch.indexOf(0xae, at + 1)) {
    if (at >= 2 && stretch[at - 1] === 0x80 && stretch[at - 2] === 0xe2) return true;
  }
  return false;
}

interface Group {
  /** In the order in which they are seen. */
  readonly codes: readonly number[];
  readonly end: number;
}

type Source = Parameters<typeof codePointAt>[0];

function readGroup(source: Source, start: number, depth: number): Group {
  const opener = codePointAt(source, start);
  const closer = CLOSERS[opener];
  const items: (readonly number[])[] = [];
  let at = characterEnd(source, start);
  while (at < source.end) {
    const code = codePointAt(source, at);
    if (code === LINE_FEED) break;
    if (CLOSERS[code] !== undefined && depth < DEPTH_MAX) {
      const group = readGroup(source, at, depth + 1);
      items.push(group.codes);
      at = group.end;
      continue;
    }
    at = characterEnd(source, at);
    if (code === closer) break;
    if (code !== POP_EMBEDDING && code !== POP_ISOLATE) items.push([code]);
  }
  return { codes: (opener === RIGHT_TO_LEFT_OVERRIDE ? items.reverse() : items).flat(), end: at };
}

const RIGHT_TO_LEFT_OVERRIDE = 0x202e;
const POP_EMBEDDING = 0x202c;
const POP_ISOLATE = 0x2069;
const LINE_FEED = 0x0a;
// UAX #9 BD2 has 125, which nobody needs who does not hide something.
const DEPTH_MAX = 100;

/** By what opens an embedding, an override or an isolate: what closes it. */
const CLOSERS: Readonly<Record<number, number>> = {
  8234: POP_EMBEDDING,
  8235: POP_EMBEDDING,
  8237: POP_EMBEDDING,
  8238: POP_EMBEDDING,
  8294: POP_ISOLATE,
  8295: POP_ISOLATE,
  8296: POP_ISOLATE,
};
