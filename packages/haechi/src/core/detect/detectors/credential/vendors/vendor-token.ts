import type { Anchor, ContextWords, Detector } from "../../../detector.ts";
import { lazily } from "../../../lazily.ts";
import { isNoAssignment } from "../../../secrets/assignment.ts";
import { namesAnotherThing, REACH_BEFORE } from "./another-thing.ts";
import { isPlaceholder, looksRandom, looksRandomThroughout } from "./randomness.ts";
import { type Form, formLengthMax, formSource, leadingTexts, type Piece, parseForm } from "./token-form.ts";
import { tokenSamples } from "./token-samples.ts";

/** One credential of one vendor: a row of a table. */
export interface TokenRow {
  readonly id: string;
  /**
   * What it looks like, in the notation of `parseForm`: `gsk_{base62:52}`. Of
   * several, the longer before those that are their beginnings.
   */
  readonly form: string | readonly string[];
  /** `secret` when absent. */
  readonly type?: "api_key" | "secret";
  /** 0.95 when absent, 0.9 for a form that needs the vendor's name. */
  readonly confidence?: number;
  /**
   * The form tells nothing by itself: one of these names must stand before it on
   * the line, with an assignment or a word such as "key" between them.
   */
  readonly near?: readonly string[];
  /** The form opens like ordinary names do: a long piece of it has to look random. */
  readonly random?: true;
  /** In place of the test for placeholders and randomness. */
  readonly accepts?: (match: string) => boolean;
  readonly samples?: Partial<Detector["samples"]>;
}

/** The row as a detector. Few texts hold any of the hundreds of forms, so one is read when somebody asks for its pattern. */
export function token(row: TokenRow): Detector {
  const sources = [row.form].flat();
  const forms = lazily(() => sources.map(parseForm));
  const pattern = lazily(() => (row.near === undefined ? standing(forms()) : named(forms(), row.near)));
  return {
    id: row.id,
    entityType: row.type ?? "secret",
    confidence: row.confidence ?? (row.near === undefined ? 0.95 : 0.9),
    anchor: row.near === undefined ? anchorOf(sources, forms) : anchorOfNames(row.near, forms),
    get pattern() {
      return pattern();
    },
    context: row.near === undefined ? OUTSIDE_WORDS : OF_NO_OTHER_THING,
    accepts: row.accepts ?? acceptsOf(row),
    get samples() {
      const { finds, ignores } = tokenSamples(forms(), row.near?.[0]);
      return {
        finds: [...finds, ...(row.samples?.finds ?? [])],
        ignores: [...ignores, ...(row.samples?.ignores ?? [])],
      };
    },
  };
}

function acceptsOf({ near, random }: TokenRow): (match: string) => boolean {
  if (near !== undefined) return (match) => looksRandomThroughout(match) && !isPlaceholder(match);
  if (random) return (match) => looksRandom(match) && !isPlaceholder(match);
  return (match) => !isPlaceholder(match);
}

/** A form that is known by what it holds. */
function standing(forms: readonly Form[]): RegExp {
  const sources = forms.map((form) => `${edgeBefore(form)}${formSource(form)}`);
  return new RegExp(sources.length === 1 ? sources[0]! : `(?:${sources.join("|")})`);
}

/** The word characters, but for those that may end an escape: `\n`, `\r`, `\t`, `%20`, `%3D` and the like. */
const OF_WORD = "1345689EG-Z_eg-mo-qsu-z";
const ESCAPE = /(?:\\[nrt]|%[2-7][\da-fA-F])$/;

function isInsideWord(before: string): boolean {
  return /\w$/.test(before) && !ESCAPE.test(before);
}

const OUTSIDE_WORDS: ContextWords = { rejects: isInsideWord, reach: 3 };

function edgeBefore([first]: Form): string {
  const punctuation = first!.kind === "text" ? "" : first!.characters.replace(/\\w|\\d|\w-\w|\w/g, "");
  return `(?<![${OF_WORD}${punctuation}])`;
}

/** The texts that open the forms, or else the longest text or the digits inside. */
function anchorOf(sources: readonly string[], forms: () => readonly Form[]): Anchor {
  if (!sources.every(opensWithText)) return anchorOfForms(forms());
  const literals = lazily(() => [...new Set(sources.map(openingText))]);
  return {
    kind: "literal",
    get literals() {
      return literals();
    },
  };
}

/** True of most forms: one text and then a class, so they need not be read for what opens them. */
function opensWithText(source: string): boolean {
  const text = openingText(source);
  return !text.includes("(") && UNESCAPED.test(text);
}

function openingText(source: string): string {
  return source.slice(0, Math.max(0, source.indexOf("{")));
}

function anchorOfForms(forms: readonly Form[]): Anchor {
  const anchors = forms.map(anchorOfForm);
  const lead = Math.max(...anchors.map((anchor) => anchor.lead));
  const run = Math.min(...anchors.map((anchor) => anchor.run));
  if (run < Number.POSITIVE_INFINITY) return { kind: "digits", run, lead };
  const literals = [...new Set(anchors.flatMap((anchor) => anchor.literals))];
  return lead === 0 ? { kind: "literal", literals } : { kind: "literal", literals, lead };
}

interface FormAnchor {
  readonly literals: readonly string[];
  /** Digits in a row, when the form holds no literal. */
  readonly run: number;
  readonly lead: number;
}

function literally(literals: readonly string[], lead: number): FormAnchor {
  return { literals, run: Number.POSITIVE_INFINITY, lead };
}

function anchorOfForm(form: Form): FormAnchor {
  const found = [literally(leadingTexts(form), 0)];
  for (const [index, piece] of form.entries()) {
    if (index > 0 && piece.kind === "text") {
      found.push(literally(leadingTexts(form.slice(index)), formLengthMax(form.slice(0, index))));
    }
  }
  const usable = found.find(({ literals }) => literals.every((literal) => UNESCAPED.test(literal)));
  if (usable !== undefined) return usable;
  const digits = form.findIndex((piece) => piece.kind === "class" && piece.characters === "\\d" && piece.min >= 5);
  return { literals: [], run: minOf(form[digits]), lead: formLengthMax(form.slice(0, digits)) };
}

/** Two characters that JSON always writes as they are. */
const UNESCAPED = /[^"\\/]{2}/;

function minOf(piece: Piece | undefined): number {
  return piece?.kind === "class" ? piece.min : Number.POSITIVE_INFINITY;
}

/** Characters between the name of the vendor and what introduces the value. */
const GAP = 40;
const BETWEEN = "[^\\w\\r\\n/@#.+-]";
/** An assignment, a quoted argument, or a word that says what follows. */
/** On the line behind: a block of YAML, an element, the value of a variable. */
const LINE_BEHIND =
  "[>|][+-]?\\r?\\n[ \\t]{1,30}|</(?:key|name)>\\s{1,30}<(?:string|value)>|" +
  "\\r?\\n[ \\t]{1,30}[\"']?(?:value|default)[\"']?[ \\t]{0,20}[:=]{1,2} ?\\\\?[\"']?";
const INTRODUCED = `(?:[=:>|]${BETWEEN}{0,6}|[(,{] {0,2}\\\\?["'\`]|${LINE_BEHIND}|(?<=\\b(?:ENV|setx) \\w{1,60}) {1,2}|(?:key|token|secret|password|passwd|pwd|auth|id)${BETWEEN}{1,6}(?:(?:is|was)${BETWEEN}{1,3})?)`;

/** The longest that introduces a value. */
const REACH_BEHIND = 80;

/** A form that is known by the name of its vendor only. */
function named(forms: readonly Form[], vendors: readonly string[]): RegExp {
  const name = nameOf(vendors.flatMap(spellings));
  return new RegExp(`(?<=(?i:${name}[^\\r\\n]{0,${GAP}}${INTRODUCED}))(?:${anyOf(forms)})`);
}

function anchorOfNames(vendors: readonly string[], forms: () => readonly Form[]): Anchor {
  const memberValue = lazily(() => new RegExp(anyOf(forms())));
  return {
    kind: "keyed",
    names: vendors.flatMap(spellings),
    reach: GAP + REACH_BEHIND,
    get memberValue() {
      return memberValue();
    },
  };
}

function anyOf(forms: readonly Form[]): string {
  return forms.map(formSource).join("|");
}

const OF_NO_OTHER_THING: ContextWords = {
  rejects: (before) => namesAnotherThing(before) || isNoAssignment(before),
  reach: REACH_BEFORE,
};

/** The source of a pattern for any of the names, where a word begins. */
export function nameOf(names: readonly string[]): string {
  return `(?:(?<![a-z])|(?-i:(?<=[a-z])(?=[A-Z])))(?:${names.map(bordered).join("|")})`;
}

/** A short name has to end where a word does: exa is not in example. */
function bordered(name: string): string {
  return name.length > SHORT_NAME ? name : `${name}(?:(?![a-z])|(?-i:(?<=[a-z\\d])(?=[A-Z])))`;
}

const SHORT_NAME = 4;

/** "new relic" as new relic, new_relic, new-relic and newrelic. */
function spellings(name: string): string[] {
  return name.includes(" ") ? [" ", "_", "-", ""].map((joint) => name.replaceAll(" ", joint)) : [name];
}
