import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isHaechiError } from "../../errors.ts";
import { detect } from "../detect.ts";
import type { Direction } from "../finding.ts";
import { compileDetectors } from "./compile.ts";
import { type CustomRule, compileCustomRule } from "./custom-rule.ts";

describe("the options of an operator's rule", () => {
  it("anchor a pattern that begins with anything at its keywords", () => {
    const rule = { ...RULE, pattern: "[A-Z]{2,4}-PRJ-\\d{3}", keywords: ["prj"] };
    assert.equal(compileCustomRule(rule).kind, "anchored");
    assert.deepEqual(found(rule, "see AB-PRJ-123 and ABCD-PRJ-999"), ["AB-PRJ-123", "ABCD-PRJ-999"]);
    assert.deepEqual(found({ ...rule, pattern: "[A-Z]{2}-\\w{3}-\\d{3}" }, "AB-PRJ-123 AB-XYZ-123"), ["AB-PRJ-123"]);
  });

  for (const [validator, valid, invalid] of [
    ["luhn", "79927398713", "79927398714"],
    ["verhoeff", "2363", "2364"],
    ["mod97", "GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 33"],
    ["mod11-10", "07945", "07946"],
  ] as const) {
    it(`let a match count that passes ${validator}`, () => {
      const pattern = valid.replace(/\d/g, "\\d").replace(/[A-Z]/g, "[A-Z]");
      assert.deepEqual(found({ ...RULE, pattern, validator }, `${valid}, ${invalid}`), [valid]);
    });
  }

  for (const [matcher, pattern] of [
    ["an automaton over its beginning", "\\b\\d{6}\\b"],
    ["the linear matcher", "\\b\\d+\\b"],
  ] as const) {
    it(`ask for words around, whichever matcher runs it: ${matcher}`, () => {
      const rule = { ...RULE, pattern, context: { requires: ["badge"], forbids: ["old badge"], reach: 12 } };
      assert.deepEqual(found(rule, "badge 123456"), ["123456"]);
      assert.deepEqual(found(rule, "123456 is a number, and only far behind it stands badge"), []);
      assert.deepEqual(found(rule, "old badge 123456"), []);
    });
  }

  it("make a finding surer beside a word", () => {
    const rule = { ...RULE, pattern: "\\b\\d{6}\\b", confidence: 0.5, context: { raises: ["badge"] } };
    const [plain, raised] = ["it is 123456", "badge 123456"].map((text) => detected(rule, text)[0]!.confidence);
    assert.equal(plain, 0.5);
    assert.ok(raised! > plain!);
  });

  it("keep a rule to one direction", () => {
    const rule = { ...RULE, pattern: "EMP-\\d{6}", direction: "response" } as const;
    assert.deepEqual(found(rule, "EMP-123456", "request"), []);
    assert.deepEqual(found(rule, "EMP-123456", "response"), ["EMP-123456"]);
  });

  it("know no direction for a pattern without an upper bound", () => {
    const rule = { ...RULE, pattern: "EMP-\\d+", direction: "request" } as const;
    assert.throws(
      () => compileCustomRule(rule),
      (error) => isHaechiError(error, "CONFIG_INVALID"),
    );
  });
});

const RULE = { id: "own", type: "own_number" };

function detected(rule: CustomRule, text: string, direction: Direction = "request") {
  return detect(text, { direction, detectors: compileDetectors([], [compileCustomRule(rule)]) });
}

function found(rule: CustomRule, text: string, direction?: Direction): string[] {
  return detected(rule, text, direction).map(({ value }) => value);
}
