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

/** Three backspaces stand around it with one byte between them each. */
function isBetweenAll(bytes: Uint8Array, at: number): boolean {
  const isPair = (place: number) =>
    bytes[place] === BACKSPACE && bytes[place + 1] !== BACKSPACE && bytes[place + 2] === BACKSPACE;
  return (isPair(at - 4) && isPair(at - 2)) || (isPair(at - 2) && isPair(at)) || (isPair(at) && isPair(at + 2));
}

const BACKSPACE = 0x08;
const SPACE = 0x20;
