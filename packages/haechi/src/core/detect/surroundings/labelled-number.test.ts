import assert from "node:assert/strict";
import { test } from "node:test";
import { describeDetector } from "../../../testing/describe-detector.ts";
import { detect } from "../detect.ts";
import { compileDetectors } from "../rules/compile.ts";
import { numberDetectors } from "./labelled-number.ts";

const made = numberDetectors([
  {
    id: "zz-number",
    entityType: "national_id",
    labels: ["número fiscal", "nf"],
    telling: "\\d{4}/\\d{4}",
    alone: "\\d{8}",
    labelled: "\\d{4}[ /]?\\d{4}",
    accepts: (match) => match.endsWith("7"),
    examples: { telling: ["1234/5677"], alone: ["12345677"], labelled: ["12345677"], wrong: ["1234/5678"] },
  },
]);
const detectors = compileDetectors(made);
const find = (text: string, key?: string) =>
  detect(text, { detectors, ...(key && { key }) }).map(({ value, ruleId }) => `${ruleId} ${value}`);

for (const detector of made) describeDetector(detector);

test("finds a form that counts alone as the whole text, and in a text only by its label", () => {
  assert.deepEqual(find("12345677"), ["zz-number 12345677"]);
  assert.deepEqual(find("of 12345677 bytes"), []);
  assert.deepEqual(find("of 1234 5677 bytes"), []);
});

test("knows a label in its spellings, before and behind the number and as the key", () => {
  for (const label of ["Número fiscal", "numero fiscal", "numero_fiscal", "numeroFiscal", "NUMERO-FISCAL", "NF"]) {
    assert.deepEqual(find(`a ${label}: 1234 5677, b`), ["zz-number-labelled 1234 5677"], label);
    assert.deepEqual(find("on 1234 5677, b", label), ["zz-number-labelled 1234 5677"], label);
  }
  assert.deepEqual(find("1234 5677 is my nf"), ["zz-number-labelled 1234 5677"]);
});

test("finds a common form in running text, and not among the figures of a table", () => {
  const [common] = numberDetectors([
    {
      id: "zz-common",
      entityType: "national_id",
      labels: ["nf"],
      telling: "\\d{3}-\\d{2}-\\d{5}",
      isCommon: true,
      examples: { telling: ["123-45-67890"] },
    },
  ]);
  const isFound = (text: string) => detect(text, { detectors: compileDetectors([common!]) }).length > 0;
  assert.ok(isFound("please look at 123-45-67890 for me, or call 555-1234"));
  assert.ok(!isFound("871770054369\t529 133 642\t123-45-67890\t73-53296690-6\t364871761"));
});

test("finds nothing in what is technical", () => {
  for (const text of [
    "nf /var/lib/1234/5677/x",
    "nf 0.12345677",
    "nf v1.12345677",
    "nf sha256:12345677",
    "nf=ab12345677",
  ]) {
    assert.deepEqual(find(text), [], text);
  }
});
