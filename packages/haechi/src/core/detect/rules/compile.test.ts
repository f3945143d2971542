import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isHaechiError } from "../../errors.ts";
import type { Anchor, Detector } from "../detector.ts";
import type { EntityType } from "../entity-type.ts";
import { builtInDetectors } from "../registry.ts";
import { checkRule } from "./check-rule.ts";
import { checkAndCompile } from "./compile.ts";

describe("compiling detectors", () => {
  it("takes all the built-in ones", () => {
    for (const detector of builtInDetectors) assert.doesNotThrow(() => checkRule(detector), detector.id);
  });

  const digits: Anchor = { kind: "digits", run: 4 };
  const keyed: Anchor = { kind: "keyed", names: ["pin code"], reach: 20, memberValue: /\d{4}/ };
  for (const [why, detector] of Object.entries({
    "a quantifier without an upper bound": rule(/\d{4,}/, digits),
    "a match of more than 8192 characters": rule(/\d{4}x{8189}/, digits),
    "a back-reference": rule(/\d{4}(-)\1\d{4}/, digits),
    "a look-ahead of two characters": rule(/\d{4}(?!\.\d)/, digits),
    "a look-behind of two characters": rule(/(?<!\d\.)\d{4}/, digits),
    "a pattern that may match nothing": rule(/\d{0,4}/, digits),
    "an anchor of no literals": rule(/abc/, { kind: "literal", literals: [] }),
    "a literal of one character": rule(/a\d{4}/, { kind: "literal", literals: ["a"] }),
    "a literal that JSON may escape throughout": rule(/\/\/\d{4}/, { kind: "literal", literals: ["//"] }),
    "a run of no digits": rule(/\d{4}/, { kind: "digits", run: 0 }),
    "a member value without an upper bound": rule(/(?<=pin code: )\d{4}/, { ...keyed, memberValue: /\d+/ }),
  })) {
    it(`refuses ${why}, and names the rule`, () => {
      assert.throws(
        () => checkAndCompile([detector]),
        (error) => isHaechiError(error, "CONFIG_INVALID") && (error as Error).message.includes("rule sample"),
      );
    });
  }

  it("lets a keyed rule look far behind", () => {
    assert.doesNotThrow(() => checkAndCompile([rule(/(?<=pin code[: ]{1,5})\d{4}/, keyed)]));
  });
});

function rule(pattern: RegExp, anchor: Anchor): Detector<EntityType> {
  return { id: "sample", entityType: "pin", confidence: 0.5, anchor, pattern, samples: { finds: [], ignores: [] } };
}
