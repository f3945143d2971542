import type { DetectorSamples } from "../../../detector.ts";
import { type Form, leadingTexts, type Piece } from "./token-form.ts";

/** What a detector of these forms must find and must not; behind the name of its vendor, when it needs one. */
export function tokenSamples(forms: readonly Form[], name: string | undefined): DetectorSamples {
  const introduced = (body: string) => (name === undefined ? body : `${name}_token = "${body}"`);
  const [first] = forms;
  return {
    finds: forms.flatMap((form, index) => {
      const body = sampleOf(form, "min");
      const longest = sampleOf(form, "max");
      return [
        { text: introduced(body), match: body, why: `form ${index + 1}, at its shortest` },
        ...(longest === body
          ? []
          : [{ text: introduced(longest), match: longest, why: `form ${index + 1}, at its longest` }]),
      ];
    }),
    ignores: [
      { text: introduced(placeholderOf(first!)), why: "a placeholder" },
      ...(name !== undefined
        ? [{ text: `value = "${sampleOf(first!, "min")}"`, why: "without the name of the vendor" }]
        : isOptional(first![0]!)
          ? []
          : [{ text: `x${sampleOf(first!, "min")}`, why: "a piece of a longer word" }]),
      ...(leadingTexts(first!).join("") === "" ? [] : [{ text: introduced(leadingTexts(first!)[0]!), why: "no body" }]),
    ],
  };
}

function isOptional(piece: Piece): boolean {
  return piece.kind === "text" && piece.texts.includes("");
}

/** A text of the form that looks random, and is the same every time. */
export function sampleOf(form: Form, length: "min" | "max"): string {
  let state = form.length + 7;
  const draw = (bound: number) => {
    // Park and Miller's minimal standard generator.
    state = (state * 48271) % 0x7fffffff;
    return state % bound;
  };
  return form
    .map((piece) => {
      if (piece.kind === "text") return piece.texts[0]!;
      const members = membersOf(piece);
      const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].map((kind) => members.filter((one) => kind.test(one)));
      // Punctuation only where nothing else can stand.
      const some = kinds.filter((kind, at) => kind.length > 0 && (at < 3 || kind.length === members.length));
      return Array.from({ length: piece[length] }, (_, at) => {
        const kind = some[at % some.length]!;
        return kind[draw(kind.length)]!;
      }).join("");
    })
    .join("");
}

/** The form as documents write it: x, or 0 where no x can stand. */
function placeholderOf(form: Form): string {
  return form
    .map((piece) => {
      if (piece.kind === "text") return piece.texts[0]!;
      const members = membersOf(piece);
      const filler = ["x", "X", "0", "A"].find((member) => members.includes(member)) ?? members[0]!;
      return filler.repeat(piece.min);
    })
    .join("");
}

function membersOf({ characters }: Extract<Piece, { kind: "class" }>): string[] {
  const member = new RegExp(`[${characters}]`);
  return Array.from({ length: 94 }, (_, code) => String.fromCharCode(code + 33)).filter((one) => member.test(one));
}
