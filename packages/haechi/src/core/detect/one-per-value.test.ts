import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { onePerValue } from "./one-per-value.ts";
import { builtInDetectors } from "./registry.ts";
import { GENERIC_SECRET_RULES } from "./secrets/generic-secrets.ts";

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

  it("is the vendor's where a key is found by its name as well, over what both cover", () => {
    const key = found("api_key", 5, 45, 0.9, "aws-access-key-id");
    const named = (start: number, end: number) => found("secret", start, end, 0.85, "quoted-secret");
    assert.deepEqual(onePerValue([key, named(5, 45)]), [key]);
    assert.deepEqual(onePerValue([key, named(5, 20)]), [key]);
    assert.deepEqual(onePerValue([named(4, 46), key]), [{ ...key, start: 4, end: 46 }]);
  });

  it("is not the key's where the name covers much more, lies elsewhere, or the secret has a form of its own", () => {
    const key = found("api_key", 5, 45, 0.9, "aws-access-key-id");
    for (const other of [
      found("secret", 5, 90, 0.85, "quoted-secret"),
      found("secret", 40, 60, 0.85, "quoted-secret"),
      found("secret", 5, 45, 0.85, "quoted-secret", 1),
      found("secret", 5, 45, 0.95, "openai-api-key"),
    ]) {
      assert.equal(onePerValue([key, other]).length, 2);
    }
  });

  it("knows the rules for secrets that go by names", () => {
    const ids = new Set(builtInDetectors.filter(({ entityType }) => entityType === "secret").map(({ id }) => id));
    assert.deepEqual(
      [...GENERIC_SECRET_RULES].filter((id) => !ids.has(id)),
      [],
    );
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
