import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { createTextTimeline } from "./text-timeline.ts";

describe("text timeline", () => {
  it("gives the replaced text in any division into frames", () => {
    const replaced = fc.uniqueArray(fc.nat(20), { maxLength: 6 }).map((points) => points.sort((a, b) => a - b));
    fc.assert(
      fc.property(fc.string({ minLength: 21, maxLength: 21 }), replaced, fc.array(fc.nat(21)), (text, points, cuts) => {
        const timeline = createTextTimeline();
        timeline.receive(text);
        const replacements = [];
        let expected = "";
        let copied = 0;
        for (let index = 0; index + 1 < points.length; index += 2) {
          const [start, end] = [points[index]!, points[index + 1]!];
          replacements.push({ start, end, text: `<${index}>` });
          expected += `${text.slice(copied, start)}<${index}>`;
          copied = end;
        }
        expected += text.slice(copied);
        timeline.decide(text.length, replacements);
        let out = "";
        let from = 0;
        for (const cut of [...cuts.sort((a, b) => a - b), text.length]) {
          out += timeline.take(from, cut).text;
          from = cut;
        }
        assert.equal(out, expected);
      }),
    );
  });

  it("says that a range without a replacement is unchanged", () => {
    const timeline = createTextTimeline();
    timeline.receive("abcdef");
    timeline.decide(6, [{ start: 4, end: 5, text: "X" }]);
    assert.deepEqual(timeline.take(0, 3), { text: "abc", changed: false });
    assert.deepEqual(timeline.take(3, 6), { text: "dXf", changed: true });
  });
});
