import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isHaechiError } from "../errors.ts";
import { ACTION_STRENGTH, ACTIONS, type Action } from "./action.ts";
import { compilePolicy, type PolicySource, weakenedActions } from "./compile-policy.ts";
import { decide } from "./decide.ts";
import { JURISDICTIONS } from "./jurisdictions/registry.ts";
import { PRESETS } from "./presets/registry.ts";

const bare: PolicySource = {
  presets: [],
  defaultAction: "redact",
  actions: {},
  allowUnsafeOverrides: false,
  privacyProfile: null,
  modelAllowlist: null,
  requestsPerMinute: null,
};

function compile(changes: Partial<PolicySource>) {
  return compilePolicy({ ...bare, ...changes }, null);
}

function actionOf(entityType: string, changes: Partial<PolicySource>): Action {
  return decide({ entityType, ruleId: "rule" }, compile(changes)).action;
}

function refusedWith(code: "POLICY_INVALID" | "POLICY_WEAKENED", ...mentions: string[]) {
  return (error: unknown) => {
    assert.ok(isHaechiError(error, code));
    for (const mention of mentions) assert.ok(error.message.includes(mention), `${error.message} lacks ${mention}`);
    return true;
  };
}

test("the default configuration compiles", () => {
  const policy = compile({ presets: ["korean-pii", "secrets-only", "llm-redact"], actions: { card: "block" } });
  assert.deepEqual(Object.fromEntries(policy.actions), {
    kr_rrn: "block",
    phone: "mask",
    email: "redact",
    api_key: "block",
    secret: "block",
    card: "block",
  });
  assert.equal(policy.defaultAction, "redact");
  assert.equal(policy.profile, null);
  assert.equal(policy.allowsExternalUpstream, true);
});

test("every preset compiles alone and gives what it lists", () => {
  for (const [name, preset] of PRESETS) {
    const policy = compile({ presets: [name] });
    assert.deepEqual(Object.fromEntries(policy.actions), preset.actions, name);
    assert.equal(policy.defaultAction, preset.defaultAction ?? "redact", name);
  }
});

test("strict-block stops every type that nothing maps", () => {
  assert.equal(actionOf("us_ssn", { presets: ["strict-block"] }), "block");
  assert.equal(actionOf("a_custom_type", { presets: ["strict-block"] }), "block");
});

test("the last preset with a default action replaces the configured one", () => {
  assert.equal(compile({ presets: ["llm-redact", "strict-block"] }).defaultAction, "block");
  assert.equal(compile({ presets: ["llm-redact"], defaultAction: "mask" }).defaultAction, "redact");
  assert.equal(compile({ presets: ["llm-redact"], defaultAction: "allow" }).defaultAction, "redact");
  assert.equal(compile({ presets: ["korean-pii"], defaultAction: "allow" }).defaultAction, "allow");
});

test("a preset does not weaken a default action", () => {
  assert.equal(compile({ presets: ["llm-redact"], defaultAction: "block" }).defaultAction, "block");
  assert.equal(compile({ presets: ["strict-block", "llm-redact"] }).defaultAction, "block");
});

test("an equal or stronger action replaces the one of a preset", () => {
  assert.equal(actionOf("email", { presets: ["llm-redact"], actions: { email: "mask" } }), "mask");
  assert.equal(actionOf("email", { presets: ["llm-redact"], actions: { email: "tokenize" } }), "tokenize");
  assert.equal(actionOf("email", { presets: ["local-inference"], actions: { email: "encrypt" } }), "encrypt");
  assert.equal(actionOf("email", { presets: ["llm-redact", "local-inference"] }), "tokenize");
});

test("a weaker action is refused, naming type, source and both actions", () => {
  assert.throws(
    () => compile({ presets: ["korean-pii"], actions: { kr_rrn: "redact" } }),
    refusedWith("POLICY_WEAKENED", "kr_rrn", "korean-pii", "policy.actions", "redact", "block"),
  );
  assert.throws(
    () => compile({ presets: ["local-inference", "llm-redact"] }),
    refusedWith("POLICY_WEAKENED", "email", "local-inference", "llm-redact", "redact", "tokenize"),
  );
});

test("allowUnsafeOverrides makes a weaker action stand, and it is listed", () => {
  const source = { presets: ["korean-pii"], actions: { kr_rrn: "redact" }, allowUnsafeOverrides: true };
  assert.equal(actionOf("kr_rrn", source), "redact");
  assert.deepEqual(weakenedActions({ ...bare, ...source }), [
    { entityType: "kr_rrn", preset: "korean-pii", from: "block", to: "redact" },
  ]);
  assert.deepEqual(weakenedActions({ ...bare, presets: ["korean-pii"] }), []);
});

test("allowUnsafeOverrides does not let one preset weaken another", () => {
  assert.throws(
    () => compile({ presets: ["local-inference", "llm-redact"], allowUnsafeOverrides: true }),
    refusedWith("POLICY_WEAKENED"),
  );
});

test("unknown presets, actions and privacy profiles are refused without quoting them", () => {
  const odd = "s3cr3t-looking";
  for (const changes of [
    { presets: [odd] },
    { presets: ["__proto__"] },
    { actions: { email: odd } },
    { actions: { email: "constructor" } },
    { defaultAction: odd },
    { privacyProfile: odd },
    { requestsPerMinute: 0 },
    { requestsPerMinute: Number.NaN },
  ]) {
    assert.throws(
      () => compile(changes),
      (error) => {
        assert.ok(isHaechiError(error, "POLICY_INVALID"));
        assert.ok(!error.message.includes(odd));
        return true;
      },
    );
  }
});

test("injection is allowed unless it is set explicitly", () => {
  assert.equal(actionOf("injection", { presets: ["strict-block"] }), "allow");
  assert.equal(actionOf("injection", { actions: { injection: "block" } }), "block");
});

test("a type that nothing maps gets the default action", () => {
  assert.equal(actionOf("us_ssn", { presets: ["korean-pii"] }), "redact");
  assert.equal(actionOf("us_ssn", { defaultAction: "encrypt" }), "encrypt");
});

test("a decision names the rule", () => {
  assert.deepEqual(decide({ entityType: "email", ruleId: "email-basic" }, compile({})), {
    action: "redact",
    reason: "matched:email-basic",
  });
});

test("local-only refuses an external upstream", () => {
  assert.equal(compile({ presets: ["llm-redact", "local-only"] }).allowsExternalUpstream, false);
});

test("an empty model allow-list allows every model", () => {
  assert.equal(compile({ modelAllowlist: [] }).modelAllowlist, null);
  assert.deepEqual(compile({ modelAllowlist: ["a", "b"] }).modelAllowlist, new Set(["a", "b"]));
});

test("a privacy profile alone gives what it lists", () => {
  for (const [name, jurisdiction] of JURISDICTIONS) {
    assert.deepEqual(Object.fromEntries(compile({ privacyProfile: name }).actions), jurisdiction.actions, name);
  }
});

test("a privacy profile weaker than a preset starts, and the preset stays", () => {
  const source = { presets: ["local-inference"], privacyProfile: "kr-pipa" };
  assert.equal(actionOf("email", source), "tokenize");
  assert.equal(actionOf("card", source), "block");
});

test("a privacy profile never weakens an explicit block or a blocking default", () => {
  assert.equal(actionOf("email", { actions: { email: "block" }, privacyProfile: "eu-gdpr" }), "block");
  assert.equal(actionOf("email", { presets: ["strict-block"], privacyProfile: "eu-gdpr" }), "block");
});

test("a privacy profile strengthens the operator's own action before it is held against a preset", () => {
  const source = { presets: ["local-inference"], actions: { email: "redact" }, privacyProfile: "eu-gdpr" };
  assert.equal(actionOf("email", source), "tokenize");
  assert.equal(
    actionOf("kr_rrn", {
      presets: ["korean-pii"],
      actions: { kr_rrn: "allow" },
      allowUnsafeOverrides: true,
      privacyProfile: "kr-pipa",
    }),
    "block",
  );
});

const anyAction = fc.constantFrom(...ACTIONS);
const anyType = fc.constantFrom("email", "phone", "card", "secret", "kr_rrn", "nl_bsn", "us_ssn", "a_custom_type");
const anySource = fc.record({
  presets: fc.shuffledSubarray([...PRESETS.keys()]),
  defaultAction: anyAction,
  actions: fc.dictionary(anyType, anyAction),
});

test("whatever compiles is at least as strong as every preset and the privacy profile ask", () => {
  fc.assert(
    fc.property(anySource, fc.option(fc.constantFrom(...JURISDICTIONS.keys())), (source, privacyProfile) => {
      let policy: ReturnType<typeof compile>;
      try {
        policy = compile({ ...source, privacyProfile });
      } catch (error) {
        assert.ok(isHaechiError(error, "POLICY_WEAKENED"));
        return;
      }
      const asks = [...source.presets.map((name) => PRESETS.get(name)!.actions)];
      if (privacyProfile !== null) asks.push(JURISDICTIONS.get(privacyProfile)!.actions);
      for (const ask of asks) {
        for (const [entityType, action] of Object.entries(ask)) {
          const given = decide({ entityType, ruleId: "r" }, policy).action;
          assert.ok(ACTION_STRENGTH[given] >= ACTION_STRENGTH[action], entityType);
        }
      }
    }),
  );
});

test("adding a privacy profile never throws and never weakens any type", () => {
  fc.assert(
    fc.property(anySource, anyType, fc.constantFrom(...JURISDICTIONS.keys()), (source, type, privacyProfile) => {
      let before: Action;
      try {
        before = actionOf(type, source);
      } catch {
        return;
      }
      assert.ok(ACTION_STRENGTH[actionOf(type, { ...source, privacyProfile })] >= ACTION_STRENGTH[before]);
    }),
  );
});
