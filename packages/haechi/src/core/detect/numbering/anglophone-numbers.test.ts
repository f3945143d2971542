import assert from "node:assert/strict";
import { test } from "node:test";
import { stdnum } from "stdnum";
import { ONE_LETTER, testAgreement } from "./agreement.oracle.ts";
import {
  isAbn,
  isAcn,
  isAustralianMedicare,
  isBritishColumbiaHealthNumber,
  isBritishDrivingLicence,
  isDeaNumber,
  isEin,
  isIrdNumber,
  isNhiNumber,
  isNhsNumber,
  isNpi,
  isPpsNumber,
  isRoutingNumber,
  isSin,
  isSouthAfricanId,
  isTfn,
  isUtr,
} from "./anglophone-numbers.ts";

testAgreement("isEin", isEin, stdnum.US?.ein, /^\d{2}-\d{7}$/);
testAgreement("isUtr", isUtr, stdnum.GB?.utr, /^[1-9]\d{9}$/);
testAgreement("isTfn", isTfn, stdnum.AU?.tfn, /^[1-9]\d{8}$/);
testAgreement("isAbn", isAbn, stdnum.AU?.abn, /^[1-9]\d{10}$/, { orLooser: true });
testAgreement("isAcn", isAcn, stdnum.AU?.acn, /^[1-9]\d{8}$/);
testAgreement("isSin", isSin, stdnum.CA?.sin, /^[1-79]\d{8}$/);
testAgreement("isBritishColumbiaHealthNumber", isBritishColumbiaHealthNumber, stdnum.CA?.bc_bhn, /^9\d{9}$/);
testAgreement("isIrdNumber", isIrdNumber, stdnum.NZ?.ird, /^[1-9]\d{7}$/);
testAgreement("isPpsNumber", isPpsNumber, stdnum.IE?.pps, /^\d{7}[A-W]$/, { last: ONE_LETTER });
testAgreement("isSouthAfricanId", isSouthAfricanId, stdnum.ZA?.idnr, /^[3-9]\d0[1-9][12]\d\d{4}0[89]\d$/);

test("accepts published and worked examples, and none with another check digit", () => {
  const examples: readonly (readonly [(match: string) => boolean, string, string])[] = [
    [isRoutingNumber, "021000021", "021000022"],
    [isNpi, "1234567893", "1234567894"],
    [isDeaNumber, "AB1234563", "AB1234564"],
    [isNhsNumber, "943 476 5919", "943 476 5918"],
    [isAustralianMedicare, "2123 45670 1", "2123 45671 1"],
    [isNhiNumber, "ZAC5361", "ZAC5362"],
    [isBritishDrivingLicence, "MORGA657054SM9IJ", "MORGA673054SM9IJ"],
  ];
  for (const [validator, right, wrong] of examples) {
    assert.ok(validator(right), right);
    assert.ok(!validator(wrong), wrong);
  }
});
