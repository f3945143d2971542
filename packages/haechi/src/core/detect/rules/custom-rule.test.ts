import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { textDocument } from "../../document/text-document.ts";
import { isHaechiError } from "../../errors.ts";
import { samplePattern, seededDice } from "../patterns/pattern-sampler.oracle.ts";
import { scanDocument } from "../scan/scan.ts";
import { compileDetectors } from "./compile.ts";
import { type CustomRule, compileCustomRule } from "./custom-rule.ts";

describe("an operator's rule", () => {
  it("is looked for by the literal that opens it", () => {
    assert.equal(compileCustomRule(rule("EMP-\\d{6}")).kind, "anchored");
    assert.equal(compileCustomRule(rule("\\b(?:EMP|CTR)-\\d{6}\\b")).kind, "anchored");
  });

  it("is tried at every place when nothing literal opens it", () => {
    assert.equal(compileCustomRule(rule("\\b[A-Z]{2}\\d{6}\\b")).kind, "unanchored");
  });

  it("is left to the linear matcher when it has no upper bound or too many ways to match", () => {
    assert.equal(compileCustomRule(rule("EMP-\\d+")).kind, "linear");
    assert.equal(compileCustomRule(rule("(?:a|aa){1,30}b")).kind, "linear");
    assert.equal(compileCustomRule(rule("[a-z]{1,99}[a-z]{1,99}[a-z]{1,99}!")).kind, "linear");
  });

  for (const [pattern, why] of Object.entries({
    "(a+)+b": "a repetition in a repetition",
    "(\\w*)*": "a repetition in a repetition",
    "(a)\\1": "a back-reference",
    "(?<x>a)\\k<x>": "a named back-reference",
    "(?<=secret )\\d{4}": "a look-behind longer than one character",
    "a(?=.{20})": "a look-ahead longer than one character",
    "(unclosed": "not a regular expression",
    [`a${"b".repeat(500)}`]: "longer than 500 characters",
  })) {
    it(`is refused for ${why}`, () => {
      assert.throws(() => compileCustomRule(rule(pattern)), refusal);
    });
  }

  it("is refused for an unknown flag", () => {
    assert.throws(() => compileCustomRule({ ...rule("a"), flags: "q" }), refusal);
  });

  it("finds what its pattern matches, whichever matcher runs it", () => {
    const patterns = [
      { pattern: "EMP-\\d{6}" },
      { pattern: "emp-\\d{6}", flags: "gi" },
      { pattern: "\\b[A-Z]{2}\\d{6}\\b" },
      { pattern: "EMP-\\d+" },
      { pattern: "(?:ab|a)+c?", flags: "i" },
      { pattern: "사번 ?\\d{4,6}" },
      { pattern: "\\p{Lu}{3}\\d{2}", flags: "u" },
      // Without the signs with which a character can be spelled otherwise: text of those is read twice.
      { pattern: "x[^a-z\\s%&=<*`~\\\\\\x00-\\x1f\\x7f]{2,4}y" },
    ];
    fc.assert(
      fc.property(fc.constantFrom(...patterns), fc.integer(), ({ pattern, flags = "g" }, seed) => {
        const dice = seededDice(seed);
        const expression = new RegExp(pattern, flags);
        const pieces = Array.from({ length: 5 }, () =>
          dice(2) === 0 ? samplePattern(expression, dice) : [" ", "EMP-", "word", "사번", "12", "\n"][dice(6)]!,
        );
        const text = pieces.join(["", " "][dice(2)]);
        const compiled = compileDetectors([], [compileCustomRule({ ...rule(pattern), flags })]);
        const utf8 = new TextEncoder();
        const found = scanDocument(textDocument(utf8.encode(text)), compiled, {
          direction: "request",
          scanNumbers: true,
          decodeAndRescan: false,
        });
        const all = [...text.matchAll(new RegExp(pattern, flags.includes("g") ? flags : `${flags}g`))];
        assert.deepEqual(
          found.map(({ start, end }) => [start, end]),
          all.map(({ index, 0: match }) => [
            utf8.encode(text.slice(0, index)).length,
            utf8.encode(text.slice(0, index + match.length)).length,
          ]),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("has the confidence it names, or 0.7", () => {
    const found = (custom: CustomRule) =>
      scanDocument(
        textDocument(new TextEncoder().encode("EMP-123456")),
        compileDetectors([], [compileCustomRule(custom)]),
        {
          direction: "response",
          scanNumbers: false,
          decodeAndRescan: false,
        },
      );
    assert.deepEqual(found(rule("EMP-\\d{6}")), [
      { leaf: 0, entityType: "employee_id", ruleId: "employee", confidence: 0.7, start: 0, end: 10 },
    ]);
    assert.equal(found({ ...rule("EMP-\\d+"), confidence: 0.4 })[0]?.confidence, 0.4);
  });
});

function rule(pattern: string): CustomRule {
  return { id: "employee", type: "employee_id", pattern };
}

function refusal(error: unknown): boolean {
  return isHaechiError(error, "CONFIG_INVALID") && error instanceof Error && error.message.includes("employee");
}
