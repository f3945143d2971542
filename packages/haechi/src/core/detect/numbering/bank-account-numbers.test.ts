import assert from "node:assert/strict";
import { test } from "node:test";
import { stdnum } from "stdnum";
import { testAgreement } from "./agreement.oracle.ts";
import { isAccountNumber, isCbu, isClabe, isCzechAccount, isNrb } from "./bank-account-numbers.ts";

testAgreement("isClabe", isClabe, stdnum.MX?.clabe, /^002010[1-9]\d{11}$/);
testAgreement("isCbu", isCbu, stdnum.AR?.cbu, /^2850590[1-9]\d{13}[1-9]$/, { orLooser: true });

test("accepts published examples, and none with another digit", () => {
  assert.ok(isNrb("61 1090 1014 0000 0712 1981 2874"));
  assert.ok(!isNrb("61 1090 1014 0000 0712 1981 2875"));
  assert.ok(isCzechAccount("19-2000145399/0800"));
  assert.ok(!isCzechAccount("19-2000145398/0800"));
});

test("takes neither a date nor one digit over and over for an account", () => {
  assert.ok(isAccountNumber("123456789"));
  assert.ok(!isAccountNumber("2024-01-31"));
  assert.ok(!isAccountNumber("20240131"));
  assert.ok(!isAccountNumber("00000000"));
});
