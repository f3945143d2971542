import { stdnum } from "stdnum";
import { testAgreement } from "./agreement.oracle.ts";
import {
  isChineseCreditCode,
  isChineseResidentNumber,
  isHongKongId,
  isIndonesianNpwp,
  isJpCorporateNumber,
  isKrBusinessNumber,
  isTaiwanBusinessNumber,
  isTaiwanIdNumber,
  isThaiId,
  isVietnameseTaxCode,
} from "./east-asian-numbers.ts";

testAgreement("isKrBusinessNumber", isKrBusinessNumber, stdnum.KR?.brn, /^[1-9]\d[1-9]-[1-9]\d-\d{5}$/);
testAgreement("isJpCorporateNumber", isJpCorporateNumber, stdnum.JP?.cn, /^[1-9]\d{12}$/);
testAgreement("isChineseResidentNumber", isChineseResidentNumber, stdnum.CN?.ric, /^11010119[4-9]\d0[1-9][12]\d\d{4}$/);
testAgreement("isChineseCreditCode", isChineseCreditCode, stdnum.CN?.uscc, /^91110000[\dA-H]{8}\d{2}$/, {
  orLooser: true,
});
testAgreement("isTaiwanIdNumber", isTaiwanIdNumber, stdnum.TW?.natid, /^[A-Z][12]\d{8}$/);
testAgreement("isTaiwanBusinessNumber", isTaiwanBusinessNumber, stdnum.TW?.ubn, /^[1-9]\d{7}$/, { orLooser: true });
testAgreement("isHongKongId", isHongKongId, stdnum.HK?.hkid, /^[A-NP-Z]\d{7}$/);
testAgreement("isThaiId", isThaiId, stdnum.TH?.idnr, /^[1-8]\d{12}$/);
testAgreement("isIndonesianNpwp", isIndonesianNpwp, stdnum.ID?.npwp, /^0[1-9]\d{7}[1-9]\d{2}000$/, {
  last: ["000"],
  orLooser: true,
});
testAgreement("isVietnameseTaxCode", isVietnameseTaxCode, stdnum.VN?.mst, /^0[1-9]\d{8}$/);
