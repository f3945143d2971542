import assert from "node:assert/strict";
import { test } from "node:test";
import { isHaechiError } from "../errors.ts";
import { checkIdentity } from "./check-identity.ts";

const good = {
  id: "directory:0123456789abcdef",
  type: "user",
  subjectHash: "a".repeat(64),
  issuerHash: null,
  provider: "directory",
  scopes: ["chat"],
  labels: { team: "search" },
};

test("an identity is copied, without members and labels that nobody knows", () => {
  const given = { ...good, subject: "minji@example.com", labels: { team: "search", mail: "minji@example.com" } };
  const checked = checkIdentity(given, ["team"]);
  assert.deepEqual(checked, good);
  given.scopes.push("admin");
  assert.deepEqual(checked.scopes, ["chat"]);
  assert.deepEqual(checkIdentity({ ...good, labels: undefined }, ["team"]).labels, {});
});

test("what is no identity is refused without a word of it", () => {
  const odd = "minji@example.com";
  const others: unknown[] = [null, undefined, odd, [], [good], {}];
  for (const [member, values] of Object.entries({
    id: [undefined, "", odd, "x".repeat(129), 5, "a\nb"],
    type: [undefined, "admin", 5],
    subjectHash: [undefined, odd, "A".repeat(64), "a".repeat(63)],
    issuerHash: [undefined, odd],
    provider: [undefined, "", odd, "tel12345", "x".repeat(65)],
    scopes: [undefined, "chat", [""], ["a b"], [5], Array.from({ length: 65 }, (_, index) => `s${index}`)],
    labels: [{ team: "" }, { team: 5 }, { team: "x".repeat(65) }],
  })) {
    others.push(...values.map((value) => ({ ...good, [member]: value })));
  }
  for (const value of others) {
    assert.throws(
      () => checkIdentity(value, ["team"]),
      (error) => isHaechiError(error, "PROVIDER_INVALID") && !error.message.includes(odd),
      JSON.stringify(value),
    );
  }
});
