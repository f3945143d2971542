import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { LiteralTrie } from "./literal-trie.ts";

describe("the trie of literals", () => {
  it("finds the literals that begin at a place, each in the case it asks for", () => {
    assert.deepEqual(readAll("see AKIA and the Token: x", 4), ["AKIA"]);
    assert.deepEqual(readAll("see akia and the Token: x", 4), []);
    assert.deepEqual(readAll("see AKIA and the Token: x", 17), ["token"]);
    assert.deepEqual(readAll("TOKENS", 0), ["token", "tokens"]);
    assert.deepEqual(readAll("ÉTÉ", 0), ["été"]);
  });

  it("is open while the text ends within a literal", () => {
    for (const text of ["", "A", "AKI", "to", "toke", "token", "é"]) assert.ok(isOpen(text), text);
    for (const text of ["x", "AKIA", "tox", "tokens", "token:"]) assert.ok(!isOpen(text), text);
  });

  it("says of any text what a look at every literal says", () => {
    const piece = fc.stringMatching(/^[abAB가é]{1,4}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, fc.boolean()), { minLength: 1, maxLength: 8 }), piece, (all, text) => {
        const trie = new LiteralTrie(all.map(([literal, ignoreCase]) => ({ literal, ignoreCase, owner: literal })));
        trie.read(text, 0);
        const found = all.filter(([literal, ignoreCase]) =>
          ignoreCase ? text.toLowerCase().startsWith(literal.toLowerCase()) : text.startsWith(literal),
        );
        assert.deepEqual(trie.found.toSorted(), found.map(([literal]) => literal).sort());
        const longer = all.filter(([literal]) => literal.length > text.length);
        assert.equal(
          trie.isOpen,
          longer.some(([literal]) => literal.toLowerCase().startsWith(text.toLowerCase())),
        );
      }),
      { numRuns: 500 },
    );
  });
});

const LITERALS = [
  { literal: "AKIA", ignoreCase: false, owner: "AKIA" },
  { literal: "token", ignoreCase: true, owner: "token" },
  { literal: "tokens", ignoreCase: true, owner: "tokens" },
  { literal: "été", ignoreCase: true, owner: "été" },
];
const trie = new LiteralTrie(LITERALS);

function readAll(text: string, index: number): string[] {
  trie.read(text, index);
  return [...trie.found];
}

function isOpen(text: string): boolean {
  trie.read(text, 0);
  return trie.isOpen;
}
