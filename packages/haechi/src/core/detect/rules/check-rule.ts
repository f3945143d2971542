import { HaechiError } from "../../errors.ts";
import type { Anchor, Detector } from "../detector.ts";
import type { EntityType } from "../entity-type.ts";
import { parsePattern } from "../patterns/parse-pattern.ts";
import { type PatternShape, shapeOf } from "../patterns/pattern-shape.ts";
import { needlesFor } from "../tables/needles.ts";
import { matchingFlags } from "./rule.ts";

/** No pattern may match more than this many characters, so that no window over a text is larger. */
export const MATCH_LENGTH_MAX = 8192;

/** Throws `CONFIG_INVALID`, naming the rule, when it could run away, is not local or has no usable anchor. */
export function checkRule({ id, pattern, anchor }: Detector<EntityType>): void {
  const shape = shapeOfPattern(pattern);
  demandBounded(id, "pattern", shape);
  demand(shape.minLength > 0, id, "its pattern matches the empty text");
  demand(shape.ahead <= 1, id, "its pattern looks further ahead than one character");
  const behindMax = anchor.kind === "keyed" ? MATCH_LENGTH_MAX : 1;
  demand(shape.behind <= behindMax, id, "its pattern looks further behind than one character");
  checkAnchor(id, anchor);
}

/** Throws `CONFIG_INVALID`, naming the rule and the reason, unless the condition holds. */
export function demand(condition: boolean, id: string, reason: string): asserts condition {
  if (!condition) throw new HaechiError("CONFIG_INVALID", `rule ${id}: ${reason}`);
}

function checkAnchor(id: string, anchor: Anchor): void {
  switch (anchor.kind) {
    case "literal":
      checkLiterals(id, anchor.literals, anchor.ignoreCase === true);
      break;
    case "digits":
      demand(anchor.run > 0, id, "its anchor is a run of no digits");
      break;
    case "at-sign":
      break;
    case "keyed": {
      checkLiterals(id, anchor.names, true);
      const nameLengthMax = Math.max(...anchor.names.map((name) => name.length));
      demand(nameLengthMax + anchor.reach <= MATCH_LENGTH_MAX, id, "its anchor reaches too far");
      demandBounded(id, "member value", shapeOfPattern(anchor.memberValue));
      break;
    }
    default:
      anchor satisfies never;
  }
}

function checkLiterals(id: string, literals: readonly string[], ignoreCase: boolean): void {
  demand(literals.length > 0, id, "its anchor lists no literal");
  const canBeSeen = literals.every((literal) => needlesFor(literal, ignoreCase).length > 0);
  demand(canBeSeen, id, "a literal of its anchor has no two characters that JSON never escapes");
}

function shapeOfPattern(pattern: RegExp): PatternShape {
  const flags = matchingFlags(pattern);
  return shapeOf(parsePattern(pattern.source, flags), flags);
}

function demandBounded(id: string, what: string, shape: PatternShape): void {
  demand(!shape.hasBackreference, id, `its ${what} holds a back-reference`);
  demand(shape.maxLength !== Number.POSITIVE_INFINITY, id, `its ${what} holds a quantifier without an upper bound`);
  demand(!shape.hasStringClass, id, `its ${what} holds a class of strings`);
  demand(!shape.hasAddedFlag, id, `a group of its ${what} sets the flag m or s`);
  demand(shape.maxLength <= MATCH_LENGTH_MAX, id, `its ${what} matches more than ${MATCH_LENGTH_MAX} characters`);
}
