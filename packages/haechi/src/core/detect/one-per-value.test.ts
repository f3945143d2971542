import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { onePerValue } from "./one-per-value.ts";

const found = (entityType: string, start: number, end: number, confidence = 0.9, ruleId = "rule", leaf = 0) => ({
  leaf,
  entityType,
  ruleId,
  confidence,
  start,
  end,
});

describe("one finding per value", () => {
  it("is that of the surest rule, over the widest span", () => {
    const findings = [found("card", 5, 9, 0.7, "labelled"), found("card", 0, 9, 0.6, "wide"), found("card", 5, 9, 0.8)];
    assert.deepEqual(onePerValue(findings), [found("card", 0, 9, 0.8)]);
  });

  it("is of the first rule where both are equally sure", () => {
    assert.deepEqual(onePerValue([found("card", 0, 9, 0.9, "first"), found("card", 0, 9)]), [
      found("card", 0, 9, 0.9, "first"),
    ]);
  });

  it("leaves other types, other leaves and values that only overlap alone", () => {
    const findings = [
      found("email", 0, 9),
      found("secret", 0, 5),
      found("email", 5, 12),
      found("email", 0, 9, 1, "r", 1),
    ];
    assert.deepEqual(onePerValue(findings), findings);
  });

  it("covers every character of every type that was found, as surely as before", () => {
    const finding = fc
      .tuple(fc.constantFrom("a", "b"), fc.nat(20), fc.integer({ min: 1, max: 9 }), fc.nat(10), fc.nat(1))
      .map(([type, start, length, confidence, leaf]) => found(type, start, start + length, confidence / 10, "r", leaf));
    fc.assert(
      fc.property(fc.array(finding), (findings) => {
        const values = onePerValue(findings);
        for (const { entityType, leaf, start, end, confidence } of findings) {
          assert.ok(
            values.some(
              (value) =>
                value.entityType === entityType &&
                value.leaf === leaf &&
                value.start <= start &&
                value.end >= end &&
                value.confidence >= confidence,
            ),
          );
        }
      }),
    );
  });
});
