import assert from "node:assert/strict";
import { test } from "node:test";
import { stdnum } from "stdnum";
import { TWO_DIGITS, testAgreement } from "./agreement.oracle.ts";
import * as european from "./european-numbers.ts";

const past = "[3-9]\\d(?:0[1-9]|1[0-2])(?:0[1-9]|1\\d|2[0-8])";
const pastDay = "(?:0[1-9]|1\\d|2[0-8])(?:0[1-9]|1[0-2])[4-9]\\d";

testAgreement("isPesel", european.isPesel, stdnum.PL?.pesel, new RegExp(`^${past}\\d{5}$`));
testAgreement("isNip", european.isNip, stdnum.PL?.nip, /^[1-9]\d{9}$/);
testAgreement("isRegon", european.isRegon, stdnum.PL?.regon, /^[1-9]\d{8}$/);
testAgreement("isRodneCislo", european.isRodneCislo, stdnum.CZ?.rc, /^[6-9]\d[05][1-9](?:0[1-9]|1\d|2[0-8])\d{4}$/, {
  orLooser: true,
});
testAgreement("isHungarianTaxNumber", european.isHungarianTaxNumber, stdnum.HU?.anum, /^[1-9]\d{7}$/);
testAgreement("isCnp", european.isCnp, stdnum.RO?.cnp, new RegExp(`^[12]${past}[0-4][1-6]\\d{4}$`));
testAgreement("isCui", european.isCui, stdnum.RO?.cui, /^[1-9]\d{7,8}$/);
testAgreement("isEgn", european.isEgn, stdnum.BG?.egn, new RegExp(`^${past}\\d{4}$`));
testAgreement("isOib", european.isOib, stdnum.HR?.oib, /^[1-9]\d{10}$/);
testAgreement(
  "isJmbg",
  european.isJmbg,
  stdnum.RS?.jmbg,
  /^(?:0[1-9]|1\d|2[0-8])(?:0[1-9]|1[0-2])9[5-9]\d7[1-9]\d{4}$/,
);
testAgreement("isPib", european.isPib, stdnum.RS?.pib, /^[1-9]\d{8}$/, { orLooser: true });
testAgreement("isBalticCode", european.isBalticCode, stdnum.EE?.ik, new RegExp(`^[34]${past}\\d{4}$`));
testAgreement("isLatvianCode", european.isLatvianCode, stdnum.LV?.pvn, new RegExp(`^${pastDay}1\\d{4}$`), {
  orLooser: true,
});
testAgreement("isCif", european.isCif, stdnum.ES?.cif, /^[ABEH]\d{8}$/);
testAgreement(
  "isGermanInsuranceNumber",
  european.isGermanInsuranceNumber,
  stdnum.DE?.svnr,
  new RegExp(`^(?:1[0-9]|65)${pastDay}[A-Z]\\d{3}$`),
  { orLooser: true },
);
testAgreement("isAfm", european.isAfm, stdnum.GR?.vat, /^[1-9]\d{8}$/);
testAgreement("isAmka", european.isAmka, stdnum.GR?.amka, new RegExp(`^${pastDay}\\d{5}$`));
testAgreement("isPortugueseNif", european.isPortugueseNif, stdnum.PT?.nif, /^[1-3]\d{8}$/);
testAgreement("isCartaoDeCidadao", european.isCartaoDeCidadao, stdnum.PT?.cc, /^\d{9}[A-Z]{2}\d$/, {
  last: [..."0123456789"],
});
testAgreement("isBelgianNumber", european.isBelgianNumber, stdnum.BE?.nn, new RegExp(`^${past}[1-9]\\d{4}$`), {
  // The library also takes the checks 00, 98 and 99, which no remainder gives.
  last: TWO_DIGITS.slice(1, 98),
  orLooser: true,
});
testAgreement(
  "isAustrianInsuranceNumber",
  european.isAustrianInsuranceNumber,
  stdnum.AT?.vnr,
  new RegExp(`^[1-9]\\d{3}${pastDay}$`),
  { orLooser: true },
);
testAgreement("isAhvNumber", european.isAhvNumber, stdnum.CH?.ssn, /^756\d{10}$/);
testAgreement("isTurkishId", european.isTurkishId, stdnum.TR?.tckimlik, /^[1-9]\d{10}$/);
testAgreement("isVkn", european.isVkn, stdnum.TR?.vkn, /^[1-9]\d{9}$/);
testAgreement("isInn", european.isInn, stdnum.RU?.inn, /^[1-9]\d{9}(?:\d{2})?$/);
testAgreement("isRntrc", european.isRntrc, stdnum.UA?.rntrc, /^[1-9]\d{9}$/);

test("accepts published examples, and none with another check digit", () => {
  const examples: readonly (readonly [(match: string) => boolean, string, string])[] = [
    [european.isGermanInsuranceNumber, "15070649C103", "15070649C104"],
    [european.isGermanHealthNumber, "A123456780", "A123456781"],
    [european.isCif, "P2807900B", "P2807900C"],
    [european.isSnils, "112-233-445 95", "112-233-445 96"],
    [european.isOgrn, "1027700132195", "1027700132196"],
    [european.isMatricule, "1893120105732", "1893120105733"],
    [european.isTaj, "111 111 110", "111 111 111"],
    [european.isPolishIdCard, "ABA 300000", "ABA 300001"],
  ];
  for (const [validator, right, wrong] of examples) {
    assert.ok(validator(right), right);
    assert.ok(!validator(wrong), wrong);
  }
});
