import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { BEGINS_SPELLING, maySpellAt, spellingPlaces } from "./spelling-places.ts";

const utf8 = new TextEncoder();
const PARTS = [
  ..."a4@=%&<>*`~;#x\\b\b\x1b\n\x7f ",
  "=EF=BC=94",
  "=c3=a9",
  "=4",
  "0=",
  "%C3%A9",
  "&#64;",
  "&amp;",
  "<b>",
  "\r\n",
];

describe("the places where something may be spelled", () => {
  it("are some wherever a look at every byte finds one, and none elsewhere", () => {
    const ascii = fc.oneof(
      fc.array(fc.constantFrom(...PARTS), { maxLength: 30 }).map((all) => all.join("")),
      asciiString(),
    );
    fc.assert(
      fc.property(ascii, fc.boolean(), (text, literal) => {
        // JSON has other controls as escapes only.
        const bytes = utf8.encode(literal ? text : text.replace(/(?!\x7f)\p{Cc}/gu, ""));
        const places = [...bytes.keys()].filter(
          (at) => BEGINS_SPELLING[bytes[at]!] !== 0 && maySpellAt(bytes, at, 0, bytes.length),
        );
        const found = [...spellingPlaces(bytes, literal)];
        assert.equal(found.length === 0, places.length === 0);
        assert.ok(found.every((place) => places.includes(place)));
      }),
      { numRuns: 5000 },
    );
  });

  it("are the same at any place of a large document", () => {
    const placesBehind = (plain: number, spelled: string) => {
      const bytes = utf8.encode(`${"x".repeat(plain)}${spelled}${"x".repeat(40)}`);
      return [...spellingPlaces(bytes, false)].map((place) => place - plain);
    };
    for (const spelled of ["%40", "=40=41", "1=\r\n2", "&#64;", "a<b>x</b>", "a**b", "a\\bc", "a\x7fc"]) {
      const places = placesBehind(100, spelled);
      assert.notEqual(places.length, 0);
      for (let before = -2; before <= spelled.length + 2; before++) {
        assert.deepEqual(placesBehind((1 << 20) - before, spelled), places, `${spelled} ${before}`);
      }
    }
  });
});

function asciiString(): fc.Arbitrary<string> {
  return fc.array(fc.nat(127), { maxLength: 60 }).map((codes) => String.fromCharCode(...codes));
}
