/** A token as its pieces, in order. */
export type Form = readonly Piece[];

export type Piece =
  /** One of these texts. */
  | { readonly kind: "text"; readonly texts: readonly string[] }
  /** So many characters of a class; `characters` is what stands between the brackets of a pattern. */
  | { readonly kind: "class"; readonly characters: string; readonly min: number; readonly max: number };

/**
 * Reads a form. `{base62:36}` and `{hex:20-40}` are so many characters of a class
 * (one of `CLASSES`, or its own: `{[a-f_]:4}`), `{uuid}` is a UUID, `(live|test|)`
 * is one of these texts, and all else is itself.
 */
export function parseForm(source: string): Form {
  return [...source.matchAll(PIECE)].flatMap(([text, , own, name, min, max, choice]) => {
    if (text === "{uuid}") return UUID;
    if (choice !== undefined) return [{ kind: "text", texts: choice.split("|") }];
    if (min === undefined) return [{ kind: "text", texts: [text] }];
    const characters = own ?? CLASSES[name as keyof typeof CLASSES];
    return [{ kind: "class", characters, min: Number(min), max: Number(max ?? min) }];
  });
}

const PIECE = /\{((?:\[([^\]]+)\]|(\w+))(?::(\d+)(?:-(\d+))?)?)\}|\(([^()]*)\)|[^{(]+/g;

const CLASSES = {
  digit: "\\d",
  hex: "\\da-f",
  /** Hexadecimal digits in either case. */
  Hex: "\\da-fA-F",
  lower: "\\da-z",
  upper: "\\dA-Z",
  base62: "\\dA-Za-z",
  /** RFC 4648 §4 and §5, without padding. */
  base64: "\\dA-Za-z+/",
  base64url: "\\w-",
  word: "\\w",
} as const;

const UUID: Form = [8, 4, 4, 4, 12].flatMap((length, index) => {
  const digits = { kind: "class", characters: CLASSES.Hex, min: length, max: length } as const;
  return index === 0 ? [digits] : [{ kind: "text", texts: ["-"] } as const, digits];
});

/**
 * The source of a pattern for the form, with the edge behind it: no character more of
 * its last class, nor of a word. Punctuation of prose may follow, and is never the end.
 */
export function formSource(form: Form): string {
  const last = form.at(-1)!;
  const characters = last.kind === "class" ? last.characters : "";
  const more = characters.replace(PUNCTUATION, "");
  const end = more === characters ? "" : "(?<![.,*!' ])";
  return `${form.map(pieceSource).join("")}${end}(?![\\w${more}])`;
}

const PUNCTUATION = /[.,*!' ]/g;

function pieceSource(piece: Piece): string {
  if (piece.kind === "class") {
    const { characters, min, max } = piece;
    return `[${characters}]{${min === max ? min : `${min},${max}`}}`;
  }
  const texts = piece.texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  return texts.length === 1 ? texts[0]! : `(?:${texts.join("|")})`;
}

export function formLengthMax(form: Form): number {
  return form.reduce((sum, piece) => sum + lengthMax(piece), 0);
}

function lengthMax(piece: Piece): number {
  return piece.kind === "class" ? piece.max : Math.max(...piece.texts.map((text) => text.length));
}

/** All texts that the form may open with before its first class. */
export function leadingTexts(form: Form): readonly string[] {
  let texts = [""];
  for (const piece of form) {
    if (piece.kind === "class") break;
    texts = texts.flatMap((text) => piece.texts.map((next) => text + next));
  }
  return texts;
}
