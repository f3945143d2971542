import { BEYOND_ASCII, codesOf, hasCode } from "./code-set.ts";
import { parsePattern } from "./parse-pattern.ts";
import type { Alternative, CharacterNode, PatternElement } from "./pattern-tree.ts";

/** Numbers from 0 up to but not including the bound. */
export type Dice = (bound: number) => number;

/** Dice that fall the same for the same seed (xorshift, Marsaglia 2003). */
export function seededDice(seed: number): Dice {
  let state = seed | 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

/** A text that the pattern matches, but for what its look-around asks and its validator says. */
export function samplePattern(pattern: RegExp, dice: Dice): string {
  const flags = pattern.flags.replace(/[dgy]/g, "");
  return sampleAny(parsePattern(pattern.source, flags).alternatives, flags, dice);
}

function sampleAny(alternatives: readonly Alternative[], flags: string, dice: Dice): string {
  const { elements } = alternatives[dice(alternatives.length)]!;
  return elements.map((element) => sample(element, flags, dice)).join("");
}

function sample(element: PatternElement, flags: string, dice: Dice): string {
  switch (element.type) {
    case "Group":
    case "CapturingGroup":
      return sampleAny(element.alternatives, flags, dice);
    case "Quantifier": {
      const more = Math.min(element.max - element.min, [0, 1, 3, 20][dice(4)]!);
      const times = element.min + (more === 0 ? 0 : dice(more + 1));
      return Array.from({ length: times }, () => sample(element.element, flags, dice)).join("");
    }
    case "Assertion":
    case "Backreference":
      return "";
    case "Character": {
      const character = String.fromCodePoint(element.value);
      return flags.includes("i") && dice(3) === 0 ? character.toUpperCase() : character;
    }
    default:
      return sampleClass(element, flags, dice);
  }
}

const BEYOND = ["가", "é", "あ", "😀", "٣"];

function sampleClass(element: CharacterNode, flags: string, dice: Dice): string {
  const codes = codesOf(element, flags);
  const members = Array.from({ length: BEYOND_ASCII }, (_, code) => code).filter((code) => hasCode(codes, code));
  if (members.length > 0 && (!hasCode(codes, BEYOND_ASCII) || dice(4) > 0)) {
    return String.fromCharCode(members[dice(members.length)]!);
  }
  return BEYOND[dice(BEYOND.length)]!;
}
