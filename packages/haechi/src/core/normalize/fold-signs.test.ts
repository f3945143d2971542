import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type Characters, characterEnd, foldEntryAt } from "./characters.ts";
import { foldsInContext } from "./fold-rule.ts";
import { FoldSigns } from "./fold-signs.ts";
import { FOLD_ENTRIES } from "./fold-table.ts";
import { BEGINS_SPELLING } from "./spelling-places.ts";

const utf8 = new TextEncoder();

/** Letters of which none folds, of one to four bytes, and what folds among them. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'a7@ -.:="\\%<\n\x01\x7f'),
      fc.constantFrom(..."가힣쎄ꀀ中一丁あんむアミダ、「♥é", "👍", "𠀀"),
      fc.constantFrom(..."。ー・ㅡ〇\u3000\u302a\u3099゠㈠㎏，：！（５ｰ｡꜀ꓐⲀ…—”²·аⅣ", "𝟒", "\u{e0041}"),
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join("").toWellFormed());

/** The same bytes, at an odd place in memory or an even one. */
function bytesAt(offset: number, source: string): Uint8Array {
  const bytes = utf8.encode(source);
  const room = new Uint8Array(offset + bytes.length);
  room.set(bytes, offset);
  return room.subarray(offset);
}

describe("the signs of folding", () => {
  it("are all that folds where it stands, and nothing that never folds", () => {
    fc.assert(
      fc.property(text, fc.nat(3), fc.boolean(), (source, offset, spelled) => {
        const bytes = bytesAt(offset, source);
        const leaf: Characters = { bytes, start: 0, end: bytes.length, escaped: false };
        const signs = new FoldSigns(bytes, spelled);
        const told = new Set<number>();
        for (let at = signs.nextFrom(0); at < bytes.length; at = signs.nextFrom(characterEnd(leaf, at))) told.add(at);
        for (let at = 0; at < bytes.length; at = characterEnd(leaf, at)) {
          const isEver = isSpelling(bytes[at]!, spelled) || foldEntryAt(leaf, at) !== 0;
          if (isSpelling(bytes[at]!, spelled) || foldsAt(leaf, at)) assert.ok(told.has(at), `at ${at}`);
          if (!isEver) assert.ok(!told.has(at), `at ${at}`);
          told.delete(at);
        }
        assert.equal(told.size, 0);
      }),
      { numRuns: 5000 },
    );
  });

  it("are the same wherever one begins to ask", () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(40)), (source, asked) => {
        const bytes = utf8.encode(source);
        const signs = new FoldSigns(bytes, true);
        const leaf: Characters = { bytes, start: 0, end: bytes.length, escaped: false };
        for (const place of asked) {
          let from = Math.min(place, bytes.length);
          while ((bytes[from]! & 0xc0) === 0x80) from--;
          const next = signs.nextFrom(from);
          for (let at = from; at < next; at = characterEnd(leaf, at))
            assert.ok(!foldsAt(leaf, at), `${at} from ${from}`);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

function isSpelling(byte: number, spelled: boolean): boolean {
  return byte < 0x80 && (spelled ? BEGINS_SPELLING[byte] !== 0 : byte === 0x5c);
}

/** What depends on more than the characters beside it counts as folding. */
function foldsAt(leaf: Characters, at: number): boolean {
  const number = foldEntryAt(leaf, at);
  if (number === 0) return false;
  const { foldClass } = FOLD_ENTRIES[number]!;
  if (foldClass === "homoglyph" || foldClass === "invisible" || foldClass === "mark" || foldClass === "space")
    return true;
  return foldsInContext(foldClass, leaf, at, leaf, characterEnd(leaf, at));
}
