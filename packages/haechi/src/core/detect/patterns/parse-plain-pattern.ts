import type {
  Alternative,
  AssertionNode,
  CharacterClass,
  CharacterSet,
  ClassElement,
  GroupNode,
  PatternElement,
  PatternTree,
  SingleCharacter,
} from "./pattern-tree.ts";

/**
 * The syntax tree of a pattern without the flags u and v that is written in the part
 * of the syntax which nearly all rules keep to; null when it is not, or no pattern at
 * all. Hundreds of rules are read when a process starts, so this is kept cheap.
 */
export function parsePlainPattern(source: string): PatternTree | null {
  const parser = new PlainParser(source);
  const alternatives = parser.alternatives();
  return parser.hasReadAll ? { alternatives } : null;
}

class PlainParser {
  readonly #source: string;
  #at = 0;
  /** Something came that only the full parser knows. */
  #isBeyond = false;

  constructor(source: string) {
    this.#source = source;
  }

  get hasReadAll(): boolean {
    return !this.#isBeyond && this.#at === this.#source.length;
  }

  alternatives(): Alternative[] {
    const alternatives = [this.#alternative()];
    while (this.#take("|")) alternatives.push(this.#alternative());
    return alternatives;
  }

  #alternative(): Alternative {
    const elements: PatternElement[] = [];
    while (!this.#isBeyond && this.#at < this.#source.length) {
      const next = this.#source[this.#at]!;
      if (next === "|" || next === ")") break;
      elements.push(this.#quantified());
    }
    return { elements };
  }

  #quantified(): PatternElement {
    const start = this.#at;
    const element = this.#element();
    const bounds = this.#bounds();
    if (bounds === null) return element;
    if (element.type === "Assertion") return this.#beyond();
    const greedy = !this.#take("?");
    return { type: "Quantifier", ...bounds, greedy, element, raw: this.#source.slice(start, this.#at) };
  }

  #bounds(): { readonly min: number; readonly max: number } | null {
    if (this.#take("?")) return { min: 0, max: 1 };
    if (this.#take("*")) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.#take("+")) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (!this.#take("{")) return null;
    const min = this.#number();
    const max = !this.#take(",") ? min : this.#source[this.#at] === "}" ? Number.POSITIVE_INFINITY : this.#number();
    if (!this.#take("}") || !(min <= max)) this.#isBeyond = true;
    return { min, max };
  }

  #number(): number {
    const start = this.#at;
    while (isDigit(this.#source.charCodeAt(this.#at))) this.#at++;
    return start === this.#at ? Number.NaN : Number(this.#source.slice(start, this.#at));
  }

  #element(): PatternElement {
    const start = this.#at;
    const next = this.#source[this.#at++]!;
    switch (next) {
      case "(":
        return this.#group(start);
      case "[":
        return this.#class(start);
      case ".":
        return { type: "CharacterSet", kind: "any", raw: "." };
      case "^":
        return { type: "Assertion", kind: "start", raw: "^" };
      case "$":
        return { type: "Assertion", kind: "end", raw: "$" };
      case "\\":
        if (this.#take("b") || this.#take("B")) return { type: "Assertion", kind: "word", raw: this.#rawFrom(start) };
        return this.#escape(start);
      case "*":
      case "+":
      case "?":
      case "{":
      case "}":
      case "]":
        return this.#beyond();
      default:
        return { type: "Character", value: next.charCodeAt(0), raw: next };
    }
  }

  #group(start: number): PatternElement {
    if (!this.#take("?"))
      return this.#closed({ type: "CapturingGroup", name: null, alternatives: this.alternatives() });
    if (this.#take(":")) return this.#closed({ type: "Group", modifiers: null, alternatives: this.alternatives() });
    if (this.#take("=")) return this.#look(start, "lookahead", false);
    if (this.#take("!")) return this.#look(start, "lookahead", true);
    if (this.#take("<")) {
      if (this.#take("=")) return this.#look(start, "lookbehind", false);
      if (this.#take("!")) return this.#look(start, "lookbehind", true);
      const name = this.#until(GROUP_NAME, ">");
      return this.#closed({ type: "CapturingGroup", name, alternatives: this.alternatives() });
    }
    const modifiers = { raw: this.#until(MODIFIERS, ":") };
    return this.#closed({ type: "Group", modifiers, alternatives: this.alternatives() });
  }

  #closed(group: GroupNode): GroupNode {
    if (!this.#take(")")) this.#isBeyond = true;
    return group;
  }

  #look(start: number, kind: "lookahead" | "lookbehind", negate: boolean): AssertionNode {
    const alternatives = this.alternatives();
    if (!this.#take(")")) this.#isBeyond = true;
    return { type: "Assertion", kind, negate, alternatives, raw: this.#rawFrom(start) };
  }

  #class(start: number): CharacterClass {
    const negate = this.#take("^");
    const elements: ClassElement[] = [];
    while (!this.#take("]")) {
      if (this.#isBeyond || this.#at >= this.#source.length) return this.#beyondIn({ elements });
      const min = this.#classMember();
      const isRange = this.#source[this.#at] === "-" && this.#source[this.#at + 1] !== "]";
      if (!isRange) {
        elements.push(min);
        continue;
      }
      this.#at++;
      const max = this.#classMember();
      if (min.type !== "Character" || max.type !== "Character" || min.value > max.value) {
        return this.#beyondIn({ elements });
      }
      elements.push({ type: "CharacterClassRange", min, max });
    }
    return { type: "CharacterClass", negate, elements, raw: this.#rawFrom(start) };
  }

  #classMember(): SingleCharacter | CharacterSet {
    const start = this.#at;
    const next = this.#source[this.#at++];
    if (next === undefined) return this.#beyond();
    return next === "\\" ? this.#escape(start) : { type: "Character", value: next.charCodeAt(0), raw: next };
  }

  #escape(start: number): SingleCharacter | CharacterSet {
    const letter = this.#source[this.#at++];
    if (letter === undefined) return this.#beyond();
    const kind = SET_BY_LETTER[letter.toLowerCase()];
    if (kind !== undefined) {
      return { type: "CharacterSet", kind, negate: letter < "a", raw: this.#rawFrom(start) };
    }
    const value = CODE_BY_LETTER[letter] ?? this.#codeOfEscape(letter);
    return { type: "Character", value, raw: this.#rawFrom(start) };
  }

  /** A code in hexadecimal, or a sign that stands for itself. */
  #codeOfEscape(letter: string): number {
    const digits = letter === "x" ? 2 : letter === "u" ? 4 : 0;
    if (digits > 0) {
      const hex = this.#source.slice(this.#at, this.#at + digits);
      this.#at += digits;
      if (hex.length !== digits || !/^[\da-f]+$/i.test(hex)) this.#isBeyond = true;
      return Number.parseInt(hex, 16);
    }
    const isNull = letter === "0" && !isDigit(this.#source.charCodeAt(this.#at));
    if (/\w/.test(letter) && !isNull) this.#isBeyond = true;
    return isNull ? 0 : letter.charCodeAt(0);
  }

  /** What a sticky pattern matches here, when the sign stands behind it. */
  #until(pattern: RegExp, sign: string): string {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#source)?.[0] ?? "";
    this.#at += text.length;
    if (text === "" || !this.#take(sign)) this.#isBeyond = true;
    return text;
  }

  #take(sign: string): boolean {
    if (this.#source[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }

  #rawFrom(start: number): string {
    return this.#source.slice(start, this.#at);
  }

  #beyond(): SingleCharacter {
    this.#isBeyond = true;
    return { type: "Character", value: 0, raw: "" };
  }

  #beyondIn({ elements }: Pick<CharacterClass, "elements">): CharacterClass {
    this.#isBeyond = true;
    return { type: "CharacterClass", negate: false, elements, raw: "" };
  }
}

const SET_BY_LETTER: Readonly<Record<string, CharacterSet["kind"]>> = { d: "digit", s: "space", w: "word" };
const CODE_BY_LETTER: Readonly<Record<string, number>> = { f: 0x0c, n: 0x0a, r: 0x0d, t: 0x09, v: 0x0b };

const GROUP_NAME = /[A-Za-z_$][\w$]*/y;
const MODIFIERS = /[ims]{1,3}(?:-[ims]{0,3})?|-[ims]{1,3}/y;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
