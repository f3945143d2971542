import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { JoinSigns } from "./decoded-join-signs.ts";
import { joinedText } from "./decoded-joins.ts";

const utf8 = new TextEncoder();
const PLAIN = "only words and nothing but words stand here, of which none is";

describe("what may be put together", () => {
  const separators = [..."_\\|*:;~#+/,", ", ", " - ", " | ", "\n", "\r\n", "  ", "    ", "\t"];
  const around = fc.oneof(
    fc.constantFrom("", " ", "card ", "a, b: ", "\n", ". ", "가 ", "| "),
    fc.nat(60).map((length) => `${PLAIN.slice(0, length)} `),
  );
  const digits = (min: number, max: number) =>
    fc.array(fc.constantFrom(..."0123456789"), { minLength: min, maxLength: max }).map((all) => all.join(""));

  it("is told of groups of digits that an odd sign sets apart", () => {
    const groups = fc.array(digits(3, 5), { minLength: 3, maxLength: 4 });
    fc.assert(
      fc.property(around, groups, fc.constantFrom(...separators), around, (before, parts, separator, behind) =>
        assertTold(before + parts.join(separator) + behind),
      ),
    );
  });

  it("is told of single characters that a sign sets apart", () => {
    const characters = fc.array(fc.constantFrom(..."0123456789abXY"), { minLength: 9, maxLength: 30 });
    const signs = fc.constantFrom(..." *|~/-._", "  ", "   ", "***");
    fc.assert(
      fc.property(around, characters, signs, around, (before, all, sign, behind) =>
        assertTold(before + all.join(sign) + behind),
      ),
    );
  });

  it("is told of letters that look like digits", () => {
    const likes = fc.array(fc.constantFrom(..."0123456789", "Il", "oO", "1O1"), { minLength: 9, maxLength: 19 });
    fc.assert(
      fc.property(around, likes, around, (before, all, behind) => assertTold(`${before}4l1${all.join("")}4${behind}`)),
    );
  });

  for (const [name, text] of [
    ["a sentence", "Look: all of it will do, or so I hope; on 12.03.2024 at 10:30 there were 1,234 of them."],
    ["a log line", '{"ts":"2025-03-10T10:00:07.123Z","level":"info","requestId":"1f0a-9931","ms":132.4,"status":200}'],
    ["a row of a table", "12  1234  56789  345678  1234567  123  4567  89012"],
    ["code", "for (let i = 0; i < all.length; i++) { x[i] = y[i] * 1000 + 10; } // 10 of them"],
    ["an indented line", "        |         |        a"],
  ] as const) {
    it(`is not suspected in ${name}`, () => {
      assert.equal(mayHoldJoins(utf8.encode(text)), false);
    });
  }
});

function assertTold(text: string): void {
  const bytes = utf8.encode(text);
  assert.ok(joinedText(bytes).bytes.length === 0 || mayHoldJoins(bytes), JSON.stringify(text));
}

/** Whatever stands beside them. */
function mayHoldJoins(bytes: Uint8Array): boolean {
  const told = [0, 1, 2, 3].map((before) => {
    const within = new Uint8Array(bytes.length + 7).fill(0x22);
    within.set(bytes, before);
    return new JoinSigns(within).mayHoldJoins(before, before + bytes.length);
  });
  assert.equal(new Set(told).size, 1);
  assert.equal(new JoinSigns(bytes).mayHoldJoins(0, bytes.length), told[0]);
  return told[0]!;
}
