import fc from "fast-check";
import type { LeafKind, PathStep } from "./json-document.ts";

/** A JSON text with random spacing and escapes, and what is known of it because we wrote it. */
export interface SpelledJson {
  readonly text: string;
  readonly node: JsonNode;
  /** In document order. */
  readonly leaves: readonly SpelledLeaf[];
}

export interface SpelledLeaf {
  readonly kind: LeafKind;
  readonly text: string;
  readonly path: readonly PathStep[];
}

/** A JSON value that keeps what a JavaScript value loses: the digits of numbers, the order and repetition of keys. */
export type JsonNode =
  | { readonly is: "string" | "number"; readonly text: string }
  | { readonly is: "literal"; readonly text: "true" | "false" | "null" }
  | { readonly is: "array"; readonly items: readonly JsonNode[] }
  | { readonly is: "object"; readonly members: readonly (readonly [string, JsonNode])[] };

/** Any UTF-16, lone surrogates too, with the characters that matter to JSON made frequent. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'abcXYZ019 "\\/\b\f\n\r\t{}[]:,\u007f\u0000é한\ufeff\ud83d\ude00'),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.integer({ min: 0x1_0000, max: 0x10_ffff }).map((point) => String.fromCodePoint(point)),
      fc.constant("a plain run of text "),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

const anyKey = fc.oneof(fc.constantFrom("a", "b", "model", ""), anyText);

const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 22 });

const anyNumber = fc
  .tuple(
    fc.constantFrom("", "-"),
    fc.oneof(fc.constant("0"), fc.tuple(fc.constantFrom(..."123456789"), fc.option(digits, { nil: "" }))),
    fc.option(digits, { nil: null }),
    fc.option(fc.tuple(fc.constantFrom("e", "E", "e+", "E-"), digits), { nil: null }),
  )
  .map(
    ([sign, whole, fraction, exponent]) =>
      `${sign}${[whole].flat().join("")}${fraction === null ? "" : `.${fraction}`}${exponent?.join("") ?? ""}`,
  );

const anyNode: fc.Arbitrary<JsonNode> = fc.letrec<{ node: JsonNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    anyText.map((text): JsonNode => ({ is: "string", text })),
    anyNumber.map((text): JsonNode => ({ is: "number", text })),
    fc
      .constantFrom("true" as const, "false" as const, "null" as const)
      .map((text): JsonNode => ({ is: "literal", text })),
    fc.array(tie("node"), { maxLength: 4 }).map((items): JsonNode => ({ is: "array", items })),
    fc.array(fc.tuple(anyKey, tie("node")), { maxLength: 4 }).map((members): JsonNode => ({ is: "object", members })),
  ),
})).node;

/** The same node spelled twice, each time in its own way. */
export const twiceSpelledJson: fc.Arbitrary<readonly [SpelledJson, SpelledJson]> = fc
  .tuple(anyNode, fc.infiniteStream(fc.nat(99)))
  .map(([node, dice]) => [spell(node, dice), spell(node, dice)]);

export const spelledJson: fc.Arbitrary<SpelledJson> = fc
  .tuple(anyNode, fc.infiniteStream(fc.nat(99)))
  .map(([node, dice]) => spell(node, dice));

function spell(node: JsonNode, dice: Iterator<number>): SpelledJson {
  const leaves: SpelledLeaf[] = [];
  const roll = () => dice.next().value ?? 0;
  const space = () => (roll() < 20 ? [" ", "\n", "\r\n\t", "     "][roll() % 4]! : "");
  const write = (value: JsonNode, path: readonly PathStep[]): string => space() + bare(value, path) + space();

  function bare(value: JsonNode, path: readonly PathStep[]): string {
    switch (value.is) {
      case "literal":
        return value.text;
      case "number":
        leaves.push({ kind: "number", text: value.text, path });
        return value.text;
      case "string":
        leaves.push({ kind: "value", text: value.text, path });
        return `"${spellText(value.text, roll)}"`;
      case "array":
        return `[${value.items.map((item, i) => write(item, [...path, i])).join(",") || space()}]`;
      case "object":
        return `{${value.members.map(([key, member]) => writeMember(key, member, [...path, key])).join(",") || space()}}`;
    }
  }

  function writeMember(key: string, member: JsonNode, path: readonly PathStep[]): string {
    leaves.push({ kind: "key", text: key, path });
    return `${space()}"${spellText(key, roll)}"${space()}:${write(member, path)}`;
  }

  return { text: write(node, []), node, leaves };
}

const SIMPLE_ESCAPES = new Map(Object.entries({ '"': '\\"', "\\": "\\\\", "/": "\\/", "\b": "\\b", "\f": "\\f" }))
  .set("\n", "\\n")
  .set("\r", "\\r")
  .set("\t", "\\t");

function spellText(text: string, roll: () => number): string {
  return [...text].map((character) => spellCharacter(character, roll)).join("");
}

function spellCharacter(character: string, roll: () => number): string {
  const simple = SIMPLE_ESCAPES.get(character);
  const mustEscape = character < " " || character === '"' || character === "\\" || !character.isWellFormed();
  if (simple !== undefined && (mustEscape || roll() < 30) && roll() < 80) return simple;
  if (!mustEscape && roll() < 85) return character;
  return [...Array(character.length).keys()].map((i) => unicodeEscape(character.charCodeAt(i), roll)).join("");
}

function unicodeEscape(unit: number, roll: () => number): string {
  const hex = unit.toString(16).padStart(4, "0");
  return `\\u${roll() < 50 ? hex : hex.toUpperCase()}`;
}
