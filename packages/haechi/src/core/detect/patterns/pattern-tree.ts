/**
 * A regular expression as a tree. Nodes have the names and members that regexpp gives
 * them, so that a tree may come from its parser too.
 */
export interface PatternTree {
  readonly alternatives: readonly Alternative[];
}

export interface Alternative {
  readonly elements: readonly PatternElement[];
}

export type PatternElement = CharacterNode | GroupNode | QuantifierNode | AssertionNode | BackreferenceNode;

/** A node that takes exactly one character. */
export type CharacterNode = SingleCharacter | CharacterSet | CharacterClass | ExpressionCharacterClass;

export interface SingleCharacter extends MayIgnoreCase {
  readonly type: "Character";
  readonly value: number;
  readonly raw: string;
}

/** A node may stand in a group that sets the flag i, as (?i:a) does. */
export interface MayIgnoreCase {
  readonly ignoreCase?: boolean;
}

export interface CharacterSet extends MayIgnoreCase {
  readonly type: "CharacterSet";
  readonly kind: "any" | "digit" | "space" | "word" | "property";
  readonly negate?: boolean;
  readonly raw: string;
}

export interface CharacterClass extends MayIgnoreCase {
  readonly type: "CharacterClass";
  readonly negate: boolean;
  readonly elements: readonly ClassElement[];
  readonly raw: string;
}

/** A class with the operators of the flag v. */
export interface ExpressionCharacterClass extends MayIgnoreCase {
  readonly type: "ExpressionCharacterClass";
  readonly raw: string;
}

export type ClassElement =
  | CharacterNode
  | { readonly type: "CharacterClassRange"; readonly min: SingleCharacter; readonly max: SingleCharacter }
  | { readonly type: "ClassStringDisjunction" };

export type GroupNode =
  | { readonly type: "Group"; readonly modifiers: Modifiers | null; readonly alternatives: readonly Alternative[] }
  | { readonly type: "CapturingGroup"; readonly name: string | null; readonly alternatives: readonly Alternative[] };

export interface Modifiers {
  readonly raw: string;
}

export interface QuantifierNode {
  readonly type: "Quantifier";
  readonly min: number;
  /** Infinity when there is no upper bound. */
  readonly max: number;
  readonly greedy: boolean;
  readonly element: PatternElement;
  readonly raw: string;
}

export type AssertionNode =
  | { readonly type: "Assertion"; readonly kind: "start" | "end" | "word"; readonly raw: string }
  | LookAround<"lookahead">
  | LookAround<"lookbehind">;

export interface LookAround<Kind extends "lookahead" | "lookbehind"> {
  readonly type: "Assertion";
  readonly kind: Kind;
  readonly negate: boolean;
  readonly alternatives: readonly Alternative[];
  readonly raw: string;
}

export interface BackreferenceNode {
  readonly type: "Backreference";
  readonly raw: string;
}

const CHARACTER_TYPES: ReadonlySet<string> = new Set<CharacterNode["type"]>([
  "Character",
  "CharacterSet",
  "CharacterClass",
  "ExpressionCharacterClass",
]);

export function isCharacterNode(element: PatternElement): element is CharacterNode {
  return CHARACTER_TYPES.has(element.type);
}
