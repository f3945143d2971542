import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { ACTION_STRENGTH, ACTIONS } from "../../src/core/decide/action.ts";
import { compilePolicy, type PolicySource } from "../../src/core/decide/compile-policy.ts";
import { decide } from "../../src/core/decide/decide.ts";
import { JURISDICTIONS } from "../../src/core/decide/jurisdictions/registry.ts";
import { PRESETS } from "../../src/core/decide/presets/registry.ts";
import { ENTITY_TYPES } from "../../src/core/detect/entity-type.ts";
import { isHaechiError } from "../../src/core/errors.ts";

const source = fc.record({
  presets: fc.subarray([...PRESETS.keys()]),
  defaultAction: fc.constantFrom(...ACTIONS),
  actions: fc.dictionary(fc.constantFrom(...ENTITY_TYPES), fc.constantFrom(...ACTIONS), { maxKeys: 4 }),
  privacyProfile: fc.constantFrom(null, ...JURISDICTIONS.keys()),
});

const complete = (given: Partial<PolicySource>): PolicySource => ({
  presets: [],
  defaultAction: "redact",
  actions: {},
  allowUnsafeOverrides: false,
  privacyProfile: null,
  modelAllowlist: null,
  requestsPerMinute: null,
  ...given,
});

/** The strength of every decision under a policy; null when it is refused. */
function strengths(given: Partial<PolicySource>): Record<string, number> | null {
  try {
    const policy = compilePolicy(complete(given), null);
    return Object.fromEntries(
      ENTITY_TYPES.map((entityType) => [
        entityType,
        ACTION_STRENGTH[decide({ entityType, ruleId: "r" }, policy).action],
      ]),
    );
  } catch (error) {
    assert.ok(isHaechiError(error, "POLICY_WEAKENED"));
    return null;
  }
}

describe("a policy", () => {
  it("with an operator's actions is refused or at least as strong as its presets alone", () => {
    fc.assert(
      fc.property(source, (given) => {
        const own = strengths({ ...given, privacyProfile: null });
        const { actions: _, ...presetsOnly } = given;
        const presets = strengths({ ...presetsOnly, privacyProfile: null });
        if (own === null || presets === null) return;
        for (const type of Object.keys(given.actions)) {
          const preset = given.presets.some((name) => type in (PRESETS.get(name)?.actions ?? {}));
          if (preset) assert.ok(own[type]! >= presets[type]!, type);
        }
      }),
    );
  });

  it("is never weaker with a privacy profile than without", () => {
    fc.assert(
      fc.property(source, (given) => {
        const without = strengths({ ...given, privacyProfile: null });
        const withProfile = strengths(given);
        if (without === null) return;
        assert.ok(withProfile !== null, "a profile never makes a valid policy fail");
        for (const type of ENTITY_TYPES) assert.ok(withProfile[type]! >= without[type]!, type);
      }),
    );
  });
});
