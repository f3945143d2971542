import { RegExpParser } from "@eslint-community/regexpp";
import { parsePlainPattern } from "./parse-plain-pattern.ts";
import { type Alternative, isCharacterNode, type PatternElement, type PatternTree } from "./pattern-tree.ts";

/** The syntax tree of a pattern. Throws a `SyntaxError` when it is not one. */
export function parsePattern(source: string, flags: string): PatternTree {
  const tree = (/[uv]/.test(flags) ? null : parsePlainPattern(source)) ?? parseAnyPattern(source, flags);
  return SETS_IGNORE_CASE.test(source) ? { alternatives: markedAlternatives(tree.alternatives, false) } : tree;
}

/** The same by the parser that knows the whole syntax, which takes several times as long. */
export function parseAnyPattern(source: string, flags: string): PatternTree {
  return fullParser.parsePattern(source, 0, source.length, {
    unicode: flags.includes("u"),
    unicodeSets: flags.includes("v"),
  });
}

const fullParser = new RegExpParser({ ecmaVersion: 2025 });

const SETS_IGNORE_CASE = /\(\?[ms]?i/;

/** The same tree, in which each character says whether a group around it sets the flag i. */
function markedAlternatives(alternatives: readonly Alternative[], ignoreCase: boolean): Alternative[] {
  return alternatives.map(({ elements }) => ({ elements: elements.map((element) => marked(element, ignoreCase)) }));
}

function marked(element: PatternElement, ignoreCase: boolean): PatternElement {
  if (isCharacterNode(element)) return ignoreCase ? { ...element, ignoreCase } : element;
  switch (element.type) {
    case "Quantifier":
      return { ...element, element: marked(element.element, ignoreCase) };
    case "Group": {
      const [added, removed] = (element.modifiers?.raw ?? "").split("-");
      const inside = added?.includes("i") === true || (ignoreCase && removed?.includes("i") !== true);
      return { ...element, alternatives: markedAlternatives(element.alternatives, inside) };
    }
    case "CapturingGroup":
      return { ...element, alternatives: markedAlternatives(element.alternatives, ignoreCase) };
    case "Assertion":
      if (element.kind !== "lookahead" && element.kind !== "lookbehind") return element;
      return { ...element, alternatives: markedAlternatives(element.alternatives, ignoreCase) };
    default:
      return element;
  }
}
