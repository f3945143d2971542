import assert from "node:assert/strict";
import { test } from "node:test";
import { isHaechiError } from "../errors.ts";
import { validateLabels } from "./labels.ts";

const allowed = ["team", "env"];

test("allowed labels are copied, in their order", () => {
  const labels = { env: "prod", team: "x".repeat(64) };
  const checked = validateLabels(labels, allowed);
  assert.deepEqual(checked, labels);
  assert.notEqual(checked, labels);
  assert.deepEqual(Object.keys(checked), ["env", "team"]);
});

test("absent labels are none", () => {
  assert.deepEqual(validateLabels(undefined, allowed), {});
  assert.deepEqual(validateLabels(null, allowed), {});
});

test("characters are code points", () => {
  assert.deepEqual(validateLabels({ team: "😀".repeat(64) }, allowed), { team: "😀".repeat(64) });
});

test("other keys, other types and other lengths are refused without quoting them", () => {
  const odd = "minji@example.com";
  for (const labels of [
    { [odd]: "x" },
    JSON.parse('{"__proto__":"x"}'),
    { team: "" },
    { team: odd.repeat(4) },
    { team: "😀".repeat(65) },
    { team: 5 },
    { team: null },
    { team: [odd] },
    [odd],
    odd,
    5,
  ]) {
    assert.throws(
      () => validateLabels(labels, allowed),
      (error) => isHaechiError(error, "PROVIDER_INVALID") && !error.message.includes(odd),
    );
  }
});
