import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isWrittenDate, WRITTEN_DATE } from "./written-date.ts";

const whole = new RegExp(`^(?:${WRITTEN_DATE})$`, "i");
const day = fc.date({
  min: new Date(Date.UTC(1900, 0, 1)),
  max: new Date(Date.UTC(2029, 11, 31)),
  noInvalidDate: true,
});

test("reads every day in every order of its parts", () => {
  fc.assert(
    fc.property(day, fc.boolean(), (date, padded) => {
      const [y, m, d] = date.toISOString().slice(0, 10).split("-") as [string, string, string];
      const [month, dom] = padded ? [m, d] : [String(Number(m)), String(Number(d))];
      const name = date.toLocaleDateString("en", { month: "long", timeZone: "UTC" });
      const forms = [
        ...["-", "/", "."].flatMap((sign) => [
          [y, month, dom].join(sign),
          [dom, month, y].join(sign),
          [month, dom, y].join(sign),
        ]),
        `${dom} ${name} ${y}`,
        `${name} ${dom}, ${y}`,
        `${dom}-${name.slice(0, 3)}-${y}`,
        `${y}년 ${month}월 ${dom}일`,
        `${y}年${month}月${dom}日`,
        `${y}${m}${d}`,
      ];
      for (const form of forms) {
        assert.match(form, whole);
        assert.ok(isWrittenDate(form), form);
      }
    }),
  );
});

test("reads months of other languages", () => {
  for (const text of [
    "3. März 1985",
    "14 juillet 1989",
    "5 de mayo de 1990",
    "1er août 1977",
    "12 мая 1960",
    "900131",
  ]) {
    assert.match(text, whole);
    assert.ok(isWrittenDate(text), text);
  }
});

test("refuses days that do not exist", () => {
  for (const text of ["1990-02-30", "31/31/1990", "19901301", "991301", "1850-01-01", "2024.10.32"]) {
    assert.ok(!isWrittenDate(text), text);
  }
});
