import assert from "node:assert/strict";
import { test } from "node:test";
import { isHaechiError } from "../errors.ts";
import type { Identity } from "../identity/identity.ts";
import type { PolicySource } from "./compile-policy.ts";
import { choosePolicy, compilePolicyProfiles, everyPolicy } from "./policy-profiles.ts";

const base: PolicySource = {
  presets: ["llm-redact"],
  defaultAction: "redact",
  actions: { card: "block", us_ssn: "mask" },
  allowUnsafeOverrides: false,
  privacyProfile: null,
  modelAllowlist: ["small"],
  requestsPerMinute: 60,
};

const profiles = {
  strict: { presets: ["strict-block"] },
  research: { actions: { us_ssn: "tokenize" }, modelAllowlist: [], requestsPerMinute: 5 },
  ops: { actions: { email: "encrypt" } },
};

const binding = {
  byScope: { "ai:ops": "ops", "ai:strict": "strict" },
  byLabel: { "team=research": "research", "env=prod": "strict" },
  default: "strict",
};

function identity(scopes: readonly string[], labels: Readonly<Record<string, string>>): Identity {
  return { id: "x", type: "service", subjectHash: null, issuerHash: null, provider: "bearer", scopes, labels };
}

const compiled = compilePolicyProfiles(base, profiles, binding);

function profileOf(scopes: readonly string[], labels: Readonly<Record<string, string>>) {
  return choosePolicy(compiled, identity(scopes, labels)).profile;
}

test("a scope wins over a label, and a label over the default profile", () => {
  assert.equal(profileOf(["ai:ops"], { team: "research" }), "ops");
  assert.equal(profileOf(["ai:unknown"], { team: "research" }), "research");
  assert.equal(profileOf([], { team: "sales" }), "strict");
  assert.equal(profileOf([], {}), "strict");
});

test("the first scope in the order of the identity wins", () => {
  assert.equal(profileOf(["ai:strict", "ai:ops"], {}), "strict");
  assert.equal(profileOf(["ai:ops", "ai:strict"], {}), "ops");
});

test("the first label in the order of the identity wins", () => {
  assert.equal(profileOf([], { env: "prod", team: "research" }), "strict");
  assert.equal(profileOf([], { team: "research", env: "prod" }), "research");
});

test("names that every object has match nothing", () => {
  assert.equal(profileOf(["constructor", "__proto__"], {}), "strict");
});

test("the base policy applies without an identity", () => {
  assert.equal(choosePolicy(compiled, null), compiled.base);
  assert.equal(compiled.base.profile, null);
});

test("the base policy applies to everyone when there are no profiles", () => {
  const none = compilePolicyProfiles(base, null, null);
  assert.equal(choosePolicy(none, identity(["ai:ops"], {})), none.base);
});

test("presets of a profile replace those of the base, and its actions are merged over", () => {
  const strict = choosePolicy(compiled, identity(["ai:strict"], {}));
  assert.deepEqual(Object.fromEntries(strict.actions), { card: "block", us_ssn: "mask" });
  assert.equal(strict.defaultAction, "block");
  const ops = choosePolicy(compiled, identity(["ai:ops"], {}));
  assert.deepEqual(Object.fromEntries(ops.actions), { email: "encrypt", phone: "mask", card: "block", us_ssn: "mask" });
});

test("model allow-list and rate are inherited unless the profile sets them", () => {
  const ops = choosePolicy(compiled, identity(["ai:ops"], {}));
  assert.deepEqual(ops.modelAllowlist, new Set(["small"]));
  assert.equal(ops.requestsPerMinute, 60);
  const research = choosePolicy(compiled, identity([], { team: "research" }));
  assert.equal(research.modelAllowlist, null);
  assert.equal(research.requestsPerMinute, 5);
});

test("a profile cannot leave a base that refuses external upstreams", () => {
  const local = compilePolicyProfiles({ ...base, presets: ["local-only"] }, profiles, binding);
  assert.ok(everyPolicy(local).every((policy) => !policy.allowsExternalUpstream));
});

test("every policy that a caller can get is listed once", () => {
  assert.deepEqual(
    everyPolicy(compiled).map((policy) => policy.profile),
    [null, "ops", "strict", "research"],
  );
});

test("a profile that weakens its presets is refused", () => {
  assert.throws(
    () => compilePolicyProfiles(base, { ...profiles, weak: { actions: { email: "allow" } } }, binding),
    (error) => isHaechiError(error, "POLICY_WEAKENED"),
  );
});

test("profiles and a binding need each other, and the binding names declared profiles", () => {
  for (const [someProfiles, someBinding] of [
    [profiles, null],
    [null, binding],
    [profiles, { default: "absent" }],
    [profiles, { byScope: { s: "absent" }, default: "ops" }],
    [profiles, { byLabel: { "k=v": "absent" }, default: "ops" }],
    [profiles, { default: "constructor" }],
  ] as const) {
    assert.throws(
      () => compilePolicyProfiles(base, someProfiles, someBinding),
      (error) => isHaechiError(error, "POLICY_INVALID"),
    );
  }
});
