import { codePointAt, sequenceLength } from "./characters.ts";
import { type NormalizedText, over, UNSEEN, WrittenText } from "./written-text.ts";

/**
 * The text as a terminal shows it: a backspace takes the character before it away. Null
 * when it holds none. Backspaces between all the characters of a value would leave
 * nothing of it: there each only shows nothing.
 */
export function erased(text: NormalizedText): NormalizedText | null {
  const { bytes } = text;
  if (!bytes.includes(BACKSPACE)) return null;
  const characters: { code: number; from: number; to: number }[] = [];
  const source = { bytes, start: 0, end: bytes.length, escaped: false };
  for (let at = 0; at < bytes.length; ) {
    const from = at;
    const code = codePointAt(source, from);
    at += code < 0x80 ? 1 : sequenceLength(bytes[from]!);
    if (code !== BACKSPACE || isBetweenAll(bytes, from)) {
      characters.push({ code: code === BACKSPACE ? UNSEEN : code, from, to: at });
      continue;
    }
    let start = from;
    while (characters.at(-1)?.code === UNSEEN) start = characters.pop()!.from;
    const last = characters.at(-1);
    if (last !== undefined && last.code > SPACE) start = characters.pop()!.from;
    characters.push({ code: UNSEEN, from: start, to: at });
  }
  const written = new WrittenText(bytes.length);
  for (const { code, from, to } of characters) {
    if (code === UNSEEN) written.decode(code, from, to);
    else written.keep(code, from, to);
  }
  return over(written.result(), text);
}

/** Every second byte is a backspace, for a stretch around it. */
function isBetweenAll(bytes: Uint8Array, at: number): boolean {
  let from = at;
  while (from >= 2 && bytes[from - 2] === BACKSPACE && bytes[from - 1] !== BACKSPACE) from -= 2;
  let to = at;
  while (to + 2 < bytes.length && bytes[to + 2] === BACKSPACE && bytes[to + 1] !== BACKSPACE) to += 2;
  return to - from >= 4;
}

const BACKSPACE = 0x08;
const SPACE = 0x20;
