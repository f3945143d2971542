import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ANY_TOOL, type ToolPolicy } from "./policy.ts";
import { judgeTool, restrictsTools, TOOL_NAME_LENGTH_MAX, writesOut } from "./tool-policy.ts";

function judge(name: string | null, lists: Partial<ToolPolicy>) {
  return judgeTool(name, { ...ANY_TOOL, ...lists });
}

test("a star is any text and a question mark any character, as in the expression that says the same", () => {
  const letters = fc.constantFrom("a", "b", ".", "*", "?");
  const patterns = fc.string({ unit: letters, minLength: 1, maxLength: 8 });
  const names = fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 10 });
  fc.assert(
    fc.property(patterns, names, (pattern, name) => {
      const source = pattern.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".");
      const expected = new RegExp(`^${source}$`).test(name) ? "allowed" : "unlisted";
      assert.equal(judge(name, { allow: [pattern] }), expected);
    }),
  );
});

test("a pattern of stars against a long name is decided as well", () => {
  const pattern = `${"*a".repeat(64)}b`;
  assert.equal(judge("a".repeat(TOOL_NAME_LENGTH_MAX), { allow: [pattern] }), "unlisted");
});

test("a denied name is denied in any letters, and whatever else names it", () => {
  const names = ["drop", "DROP", "ｄｒｏｐ", " drop\n", "dr\u200bop", "dr\u00adop", "drop\0", "drop\0s"];
  for (const name of names) assert.equal(judge(name, { deny: ["Drop"], ask: ["*"] }), "denied");
  assert.equal(judge("drops", { deny: ["drop"] }), "allowed");
  assert.equal(judge("PAY", { ask: ["pay"] }), "ask");
  assert.equal(judge("PAY", { allow: ["pay"] }), "unlisted");
});

test("a name that cannot be told, or is none, may be called only where every tool may", () => {
  for (const name of [null, "x".repeat(TOOL_NAME_LENGTH_MAX + 1)]) {
    assert.equal(judge(name, {}), "allowed");
    assert.equal(judge(name, { deny: ["y"] }), "unlisted");
  }
  assert.ok(!restrictsTools(ANY_TOOL));
  assert.ok(restrictsTools({ ...ANY_TOOL, allow: ["a*"] }));
});

test("a name is written out where it stands as it is, and not where a pattern means it", () => {
  assert.ok(writesOut("drop", { ...ANY_TOOL, deny: ["drop"] }));
  assert.ok(!writesOut("drop", { ...ANY_TOOL, deny: ["dr*"] }));
});
