import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Validator } from "stdnum";

/**
 * Registers a test that a validator agrees with that of stdnum on numbers of a shape,
 * each with every of the last characters, so that valid ones are among them. Where
 * stdnum demands more on purpose or by mistake, it need only accept what stdnum does.
 */
export function testAgreement(
  name: string,
  ours: (match: string) => boolean,
  theirs: Validator | undefined,
  shape: RegExp,
  { last = TWO_DIGITS, orLooser = false }: { readonly last?: readonly string[]; readonly orLooser?: boolean } = {},
): void {
  test(`${name} agrees with stdnum`, () => {
    assert.ok(theirs);
    let valid = 0;
    fc.assert(
      fc.property(fc.stringMatching(shape), (number) => {
        for (const ending of last) {
          const candidate = number.slice(0, number.length - ending.length) + ending;
          const expected: boolean = theirs.validate(candidate).isValid;
          if (expected || !orLooser) assert.equal(ours(candidate), expected, candidate);
          if (expected) valid++;
        }
      }),
      { numRuns: 150 },
    );
    assert.ok(valid > 0, "no valid number was among them");
  });
}

/** The last characters of numbers with two check digits, or with one. */
export const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));
export const ONE_LETTER = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"];
