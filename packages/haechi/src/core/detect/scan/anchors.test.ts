import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type LiteralTable, literalArrays, literalTable } from "../tables/literal-table.ts";
import { NeedleList } from "../tables/needle-list.ts";
import { Anchors } from "./anchors.ts";
import type { PlaceList } from "./place-list.ts";

const FIRST = tableOf("the", "other", "ab", "here it is", "12-34");
const SECOND = tableOf("number", "he", "there", "id no", "é");

const piece = fc.constantFrom("the ", "other", "there", "a", "b", "number", "id no", "é", "here it is", ..."12-34, ");

describe("anchors", () => {
  it("are those of two tables in one go where digits stand everywhere, and of the first one elsewhere", () => {
    let together = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(20), (pieces, digits) => {
        const bytes = new TextEncoder().encode(pieces.join("") + "7".repeat(digits));
        const anchors = new Anchors<string>();
        anchors.open(bytes, FIRST);
        anchors.findAll([], () => SECOND);
        assert.deepEqual(placesOf(anchors.literals), placesAlone(bytes, FIRST));
        if (anchors.hasSecond) assert.deepEqual(placesOf(anchors.second), placesAlone(bytes, SECOND));
        if (anchors.hasSecond) together++;
      }),
      { numRuns: 2000 },
    );
    assert.ok(together > 100);
  });
});

function tableOf(...words: readonly string[]): LiteralTable<string> {
  const list = new NeedleList();
  for (const [owner, word] of words.entries()) list.addLiteral(owner, word, true);
  return literalTable(literalArrays(list), words);
}

function placesAlone(bytes: Uint8Array, table: LiteralTable<string>): unknown[] {
  const anchors = new Anchors<string>();
  anchors.open(bytes, table);
  anchors.findAll();
  return placesOf(anchors.literals);
}

function placesOf({ at, what, count }: PlaceList): unknown[] {
  return Array.from(at.subarray(0, count), (place, index) => `${place} ${what[index]}`).sort();
}
