import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createUnnamedTexts, type Sighting } from "./unnamed-texts.ts";

function sightings(texts: readonly string[], mayBegin: boolean): (Sighting["is"] | string)[] {
  const unnamed = createUnnamedTexts();
  return texts.map((text) => {
    const sighting = unnamed.see("delta", text, mayBegin);
    return sighting.is === "growing" ? `+${sighting.before}` : sighting.is;
  });
}

describe("a string that no pattern names", () => {
  it("grows from its second value on, and what it said first comes before", () => {
    assert.deepEqual(sightings(["Hel", "lo", "lo", " world"], false), ["new", "+Hel", "+", "+"]);
  });

  it("grows from its first value on where it may begin a text", () => {
    assert.deepEqual(sightings(["Hel", "lo"], true), ["+", "+"]);
  });

  it("is constant while it says the same", () => {
    assert.deepEqual(sightings(["resp_1", "resp_1", "resp_1"], false), ["new", "constant", "constant"]);
    assert.deepEqual(sightings(["resp_1", "resp_1", "resp_1"], true), ["+", "ended", "constant"]);
  });

  it("is restated when it is a clock, a number in a row, or grows by saying everything again", () => {
    for (const texts of [
      ["2026-11-22T11:04:46.385406455Z", "2026-11-22T11:04:47.1Z"],
      ["evt_00000001", "evt_00000002"],
      ["The quick brown", "The quick brown fox"],
    ]) {
      assert.deepEqual(sightings(texts, false), ["new", "restated"]);
    }
  });

  it("is told apart by its place", () => {
    const unnamed = createUnnamedTexts();
    unnamed.see("a", "Hel", false);
    assert.deepEqual(unnamed.see("b", "lo", false), { is: "new" });
  });

  it("is forgotten when too many others were seen since, and only so many grow", () => {
    const unnamed = createUnnamedTexts();
    unnamed.see("a", "one", false);
    for (let place = 0; place < 300; place++) unnamed.see(`${place}`, "one", false);
    assert.deepEqual(unnamed.see("a", "two", false), { is: "new" });
    const grown = Array.from({ length: 300 }, (_, place) => unnamed.see(`many${place}`, "one", true));
    assert.ok(grown.filter(({ is }) => is === "growing").length <= 32);
  });
});
