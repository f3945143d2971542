import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isCalendarDate } from "./calendar-date.ts";

test("agrees with the calendar of the language", () => {
  const part = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(fc.integer({ min: 1800, max: 2399 }), part, part, (year, month, day) => {
      const date = new Date(Date.UTC(year, month - 1, day));
      const same = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
      assert.equal(isCalendarDate(year, month, day), same);
    }),
    { numRuns: 1000 },
  );
});
