import assert from "node:assert/strict";
import { test } from "node:test";
import { stdnum } from "stdnum";
import { testAgreement } from "./agreement.oracle.ts";
import * as latin from "./latin-american-numbers.ts";

testAgreement("isCpf", latin.isCpf, stdnum.BR?.cpf, /^[1-9]\d{10}$/);
testAgreement("isCnpj", latin.isCnpj, stdnum.BR?.cnpj, /^[1-9]\d{7}0001\d{2}$/);
testAgreement("isCuit", latin.isCuit, stdnum.AR?.cuit, /^2[0347][1-9]\d{8}$/);
testAgreement("isRut", latin.isRut, stdnum.CL?.rut, /^[1-9]\d{7}\d$/);
testAgreement("isNit", latin.isNit, stdnum.CO?.nit, /^[1-9]\d{8}\d$/);
testAgreement("isPeruvianRuc", latin.isPeruvianRuc, stdnum.PE?.ruc, /^20\d{9}$/);
testAgreement("isEcuadorianCedula", latin.isEcuadorianCedula, stdnum.EC?.ci, /^1\d[0-5]\d{7}$/);
testAgreement("isUruguayanCedula", latin.isUruguayanCedula, stdnum.UY?.cedula, /^[1-9]\d{7}$/);
testAgreement("isUruguayanRut", latin.isUruguayanRut, stdnum.UY?.rut, /^21[1-9]\d{5}001\d$/, {
  last: [..."0123456789"],
});
testAgreement("isRif", latin.isRif, stdnum.VE?.rif, /^[VEJPG]\d{9}$/);
testAgreement("isDominicanCedula", latin.isDominicanCedula, stdnum.DO?.cedula, /^0[1-9]\d{9}$/, { orLooser: true });
testAgreement("isRnc", latin.isRnc, stdnum.DO?.rnc, /^1\d{8}$/, { orLooser: true });
testAgreement("isGuatemalanNit", latin.isGuatemalanNit, stdnum.GT?.nit, /^[1-9]\d{6}[\dK]$/, {
  last: [..."0123456789K"],
});
testAgreement(
  "isSalvadoranNit",
  latin.isSalvadoranNit,
  stdnum.SV?.nit,
  /^0[1-9][1-9]\d(?:0[1-9]|1\d|2[0-8])(?:0[1-9]|1[0-2])[4-9]\d\d{4}$/,
  { orLooser: true },
);
testAgreement("isCurp", latin.isCurp, stdnum.MX?.curp, /^[B-D]A[B-D][B-D][6-9]\d0[1-9][12][1-8]HDF[BCD]{3}0\d$/, {
  orLooser: true,
});

test("accepts the alphanumeric example of the Brazilian revenue, and none with another check digit", () => {
  assert.ok(latin.isCnpj("12.ABC.345/01DE-35"));
  assert.ok(!latin.isCnpj("12.ABC.345/01DE-36"));
});

test("accepts a published Paraguayan number, and none with another check digit", () => {
  assert.ok(latin.isParaguayanRuc("80028061-0"));
  assert.ok(!latin.isParaguayanRuc("80028061-1"));
});

test("accepts a Brazilian RG with points or with the check digit of São Paulo", () => {
  assert.ok(latin.isRg("12.345.678-9"));
  assert.ok(latin.isRg("246781312"));
  assert.ok(!latin.isRg("246781313"));
});

test("accepts a worked PIS number, and none with another check digit", () => {
  assert.ok(latin.isPis("120.56874.10-7"));
  assert.ok(!latin.isPis("120.56874.10-8"));
});
