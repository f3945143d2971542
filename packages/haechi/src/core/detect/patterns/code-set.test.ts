import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BEYOND_ASCII, codesOf, hasCode } from "./code-set.ts";
import { parsePattern } from "./parse-pattern.ts";
import { type CharacterNode, isCharacterNode } from "./pattern-tree.ts";

describe("the codes of a pattern node", () => {
  for (const flags of ["", "i", "s", "u", "iu", "v"]) {
    it(`are those that the regular expression engine takes, with flags "${flags}"`, () => {
      for (const source of SOURCES) {
        const single = new RegExp(`^(?:${source})$`, flags);
        const codes = codesOf(nodeOf(source, flags), flags);
        for (let code = 0; code < BEYOND_ASCII; code++) {
          assert.equal(hasCode(codes, code), single.test(String.fromCharCode(code)), `${source} takes ${code}`);
        }
      }
    });

    it(`hold "beyond ASCII" when one such character is taken, with flags "${flags}"`, () => {
      for (const source of SOURCES) {
        const single = new RegExp(`^(?:${source})$`, flags);
        const taken = BEYOND.some((character) => single.test(character));
        if (taken) assert.ok(hasCode(codesOf(nodeOf(source, flags), flags), BEYOND_ASCII), source);
      }
    });
  }
});

const SOURCES =
  String.raw`a Z 5 _ é [a-f] [^a-f] [X-c] [^K] [k] \d \D \w \W \s \S . [\w.%+\-] [^\s"'] [\D5] [é-ü] [^é] [\d가] \n [\\\]] S`.split(
    " ",
  );
const BEYOND = ["é", "É", "가", "\u00a0", "\u2028", "\u017f", "\u212a", "\u{1f600}"];

function nodeOf(source: string, flags: string): CharacterNode {
  const element = parsePattern(source, flags).alternatives[0]?.elements[0];
  assert.ok(element !== undefined && isCharacterNode(element), source);
  return element;
}
