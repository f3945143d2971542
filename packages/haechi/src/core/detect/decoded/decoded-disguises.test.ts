import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { detect } from "../detect.ts";
import { BASE_VALUES, type BaseValue, DISGUISES, type Disguise } from "./decoded-disguises.oracle.ts";

describe("a disguised value", () => {
  for (const base of BASE_VALUES) {
    it(`is found plain: ${base.value}`, () => assert.equal(foundAt(base, base.value, false), base.value));
  }

  for (const disguise of DISGUISES) {
    it(`is found, and nothing else replaced, in spite of ${disguise.name}`, () => {
      const hidden = BASE_VALUES.map((base) => ({ base, written: disguise.apply(base.value) })).filter(
        ({ base, written }) => written !== base.value && isOwed(disguise, base),
      );
      const missed = hidden.filter(({ base, written }) => {
        const found = foundAt(base, written, disguise.expectation === "decoded");
        return found === null || !covers(found, written, base.value);
      });
      const few = Math.floor(hidden.length * MISSED_SHARE_MAX[disguise.expectation]);
      assert.ok(missed.length <= few, missed.map(({ written }) => JSON.stringify(written)).join("\n"));
    });
  }
});

/** Where characters stand apart that a value is written with itself, a few are lost. */
const MISSED_SHARE_MAX = { always: 0, checked: 0.4, decoded: 0 } as const;

function isOwed({ expectation }: Disguise, { checked, type }: BaseValue): boolean {
  return expectation === "always" || (expectation === "checked" ? checked : checked || type !== "phone");
}

/** What is found of the type where the value stands. */
function foundAt({ sentence, type }: BaseValue, written: string, decodeAndRescan: boolean): string | null {
  const text = sentence.replace("#", () => written);
  const middle = sentence.indexOf("#") + written.length / 2;
  const findings = detect(text, { decodeAndRescan }).filter((one) => one.type === type);
  return findings.find(({ start, end }) => start <= middle && end >= middle)?.value ?? null;
}

/** All of the value, and of what stands round it at most its own disguise. */
function covers(found: string, written: string, value: string): boolean {
  return written.includes(found) && (found.includes(value) || found.length * 2 >= written.length);
}
