import assert from "node:assert/strict";
import { test } from "node:test";
import { stdnum, type Validator } from "stdnum";
import { ONE_LETTER, testAgreement } from "./agreement.oracle.ts";
import { hasVatStructure, isVatNumber } from "./vat-numbers.ts";

const orLooser = { orLooser: true };
const countries: readonly (readonly [string, Validator | undefined, RegExp, Parameters<typeof testAgreement>[4]?])[] = [
  ["AT", stdnum.AT?.uid, /^U[1-9]\d{7}$/],
  ["BE", stdnum.BE?.vat, /^0[1-9]\d{8}$/],
  ["BG", stdnum.BG?.vat, /^[1-9]\d{8}$/, orLooser],
  ["CY", stdnum.CY?.vat, /^[3-5]\d{7}A$/, { last: ONE_LETTER.slice(0, 26) }],
  ["CZ", stdnum.CZ?.dic, /^[1-8]\d{7}$/],
  ["DE", stdnum.DE?.vat, /^[1-9]\d{8}$/],
  ["EE", stdnum.EE?.kmkr, /^[1-9]\d{8}$/],
  ["EL", stdnum.GR?.vat, /^[1-9]\d{8}$/],
  ["ES", stdnum.ES?.cif, /^[ABEH]\d{8}$/, orLooser],
  ["FI", stdnum.FI?.alv, /^[1-9]\d{7}$/],
  ["GB", stdnum.GB?.vat, /^[1-9]\d{8}$/, orLooser],
  ["IT", stdnum.IT?.iva, /^0[1-9]\d{5}00[1-9]\d$/, orLooser],
  ["LT", stdnum.LT?.pvm, /^[1-9]\d{6}1\d$/, orLooser],
  ["LU", stdnum.LU?.tva, /^[1-9]\d{7}$/],
  ["LV", stdnum.LV?.pvn, /^[4-9]\d{10}$/],
  ["MT", stdnum.MT?.vat, /^[1-9]\d{7}$/, orLooser],
  ["RO", stdnum.RO?.cui, /^[1-9]\d{7}$/],
  ["SK", stdnum.SK?.dph, /^[1-9]\d[2-4]\d{7}$/, orLooser],
  ["CH", stdnum.CH?.uid, /^E[1-9]\d{8}$/],
];

for (const [country, theirs, shape, options] of countries) {
  const prefixed = theirs && {
    ...theirs,
    validate: (body: string) => theirs.validate(country === "CH" ? `CH${body}` : body),
  };
  testAgreement(`isVatNumber of ${country}`, (body) => isVatNumber(country + body), prefixed, shape, options);
}

test("accepts published examples in their printed forms, and none with another digit", () => {
  const examples = [
    ["FR 40 303 265 045", "FR 41 303 265 045"],
    ["GB 980 7806 84", "GB 980 7806 85"],
    ["NL123456782B90", "NL123456783B90"],
    ["IE8D79739I", "IE8D79739J"],
    ["ES B-58378431", "ES B-58378432"],
    ["SE556188840401", "SE556188840501"],
    ["BE 0428.759.497", "BE 0428.759.498"],
    ["NO 988 077 917 MVA", "NO 988 077 918 MVA"],
    ["SI50223054", "SI50223055"],
    ["CHE-100.155.212 MWST", "CHE-100.155.213 MWST"],
  ] as const;
  for (const [right, wrong] of examples) {
    assert.ok(isVatNumber(right), right);
    assert.ok(!isVatNumber(wrong), wrong);
    assert.ok(hasVatStructure(wrong), wrong);
  }
  assert.ok(!hasVatStructure("US123456789"));
});
