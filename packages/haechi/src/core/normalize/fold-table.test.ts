import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { FOLD_TABLE_FILE, renderFoldTable } from "../../../../../scripts/generate-fold-table.ts";
import { CONFUSABLES } from "./confusables.ts";
import { countsUp, parseFoldRuns, textInRun } from "./fold-class.ts";
import { FOLD_RUNS, UNICODE_VERSION } from "./fold-table.generated.ts";
import { entryOfCodePoint, FOLD_ENTRIES } from "./fold-table.ts";

const foldOf = (character: string) => FOLD_ENTRIES[entryOfCodePoint(character.codePointAt(0) ?? 0)];

describe("the fold table", () => {
  it("equals a fresh generation", (t) => {
    if (process.versions.unicode !== UNICODE_VERSION) {
      return t.skip(`generated from Unicode ${UNICODE_VERSION}, this runtime has ${process.versions.unicode}`);
    }
    assert.equal(readFileSync(FOLD_TABLE_FILE, "utf8"), renderFoldTable());
  });

  it("folds nothing to more bytes than it had", () => {
    for (let codePoint = 0x80; codePoint <= 0x10ffff; codePoint++) {
      const number = entryOfCodePoint(codePoint);
      if (number === 0) continue;
      const utf8Length = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      assert.ok(FOLD_ENTRIES[number]!.text.length <= utf8Length, codePoint.toString(16));
    }
  });

  it("folds to ASCII only", () => {
    for (const { text } of FOLD_ENTRIES) assert.match(text, /^[ -~]*$/);
  });

  it("reads every decimal digit of Unicode as its value", () => {
    let run = 0;
    for (let codePoint = 0x80; codePoint <= 0x10ffff; codePoint++) {
      const character = String.fromCodePoint(codePoint);
      if (!/\p{Nd}/u.test(character)) {
        run = 0;
        continue;
      }
      const entry = foldOf(character);
      // A newer Unicode than that of the table may know more digits.
      if (entry?.foldClass === "strong") assert.equal(entry.text, String(run % 10), codePoint.toString(16));
      else assert.notEqual(process.versions.unicode, UNICODE_VERSION);
      run++;
    }
  });

  it("reads compatibility forms of letters, digits, at sign and underscore as what they are", () => {
    for (const [form, plain] of [
      ["Ａ", "A"],
      ["ｚ", "z"],
      ["９", "9"],
      ["＠", "@"],
      ["﹫", "@"],
      ["＿", "_"],
      ["𝟒", "4"],
      ["𝓀", "k"],
      ["ⓢ", "s"],
      ["⑳", "20"],
      ["⑷", "4"],
      ["⒋", "4"],
      ["❹", "4"],
      ["⁴", "4"],
      ["₄", "4"],
      ["٤", "4"],
      ["४", "4"],
      ["🄄", "3"],
      ["🅺", "K"],
      ["ﬁ", "fi"],
      ["㎏", "kg"],
      ["Ⅶ", "VII"],
    ] as const) {
      assert.deepEqual([foldOf(form)?.foldClass, foldOf(form)?.text], ["strong", plain], form);
    }
  });

  it("leaves ordinary letters of other scripts alone", () => {
    for (const character of "éßñ가힣あアー漢字яжшλπشकไ、「」？！，…€→🎉👍🏽🇰🇷") {
      const entry = foldOf(character);
      assert.ok(entry === FOLD_ENTRIES[0] || entry?.foldClass === "betweenDigits", character);
    }
  });

  it("has each code point once", () => {
    const seen = new Set<number>();
    for (const runs of [...Object.values(FOLD_RUNS), ...Object.values(CONFUSABLES)]) {
      for (const { first, last } of parseFoldRuns(runs)) {
        for (let codePoint = first; codePoint <= last; codePoint++) {
          assert.ok(!seen.has(codePoint), codePoint.toString(16));
          seen.add(codePoint);
        }
      }
    }
  });
});

describe("parseFoldRuns", () => {
  it("reads single code points, runs and texts", () => {
    assert.deepEqual(parseFoldRuns("ad ff10+9=0 fe66== 2010+3=-"), [
      { first: 0xad, last: 0xad, text: "" },
      { first: 0xff10, last: 0xff19, text: "0" },
      { first: 0xfe66, last: 0xfe66, text: "=" },
      { first: 0x2010, last: 0x2013, text: "-" },
    ]);
  });

  it("counts letters and digits up along a run, and nothing else", () => {
    const [digits, dashes] = parseFoldRuns("ff10+9=0 2010+3=-");
    assert.ok(digits !== undefined && dashes !== undefined);
    assert.equal(textInRun(digits, 0xff17), "7");
    assert.ok(!countsUp(dashes));
    assert.equal(textInRun(dashes, 0x2012), "-");
  });
});
