import assert from "node:assert/strict";
import { test } from "node:test";
import { stdnum } from "stdnum";
import { ONE_LETTER, testAgreement } from "./agreement.oracle.ts";
import * as numbers from "./asian-and-african-numbers.ts";

testAgreement("isGstin", numbers.isGstin, stdnum.IN?.gstin, /^2[0-7]AAP[PCF][A-Z][1-9]\d{3}[A-Z]1Z[A-Z]$/, {
  last: ONE_LETTER,
});
testAgreement("isVirtualAadhaar", numbers.isVirtualAadhaar, stdnum.IN?.vid, /^[2-9]\d{15}$/);
testAgreement("isIsraeliId", numbers.isIsraeliId, stdnum.IL?.idnr, /^[1-9]\d{8}$/);

test("accepts published examples, and none with another digit", () => {
  const examples: readonly (readonly [(match: string) => boolean, string, string])[] = [
    [numbers.isIranianCode, "0084575948", "0084575949"],
    [numbers.isSriLankanNic, "911042754V", "913992754V"],
    [numbers.isSriLankanNic, "197419202757", "197400002757"],
    [numbers.isEmiratesId, "784-1984-1234567-1", "784-1884-1234567-1"],
    [numbers.isEgyptianId, "29501023201952", "29513023201952"],
  ];
  for (const [validator, right, wrong] of examples) {
    assert.ok(validator(right), right);
    assert.ok(!validator(wrong), wrong);
  }
});
