import { stdnum } from "stdnum";
import { ONE_LETTER, TWO_DIGITS, testAgreement } from "./agreement.oracle.ts";
import {
  isCvrNumber,
  isFodselsnummer,
  isHenkilotunnus,
  isKennitala,
  isNorwegianAccount,
  isOrganisasjonsnummer,
  isPersonnummer,
  isYtunnus,
} from "./nordic-numbers.ts";

const past = "(?:[3-9]\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d))";
const pastDay = "(?:(?:0[1-9]|[12]\\d)(?:0[1-9]|1[0-2])[4-9]\\d)";

testAgreement("isPersonnummer", isPersonnummer, stdnum.SE?.personnummer, new RegExp(`^${past}-\\d{4}$`));
testAgreement("isHenkilotunnus", isHenkilotunnus, stdnum.FI?.hetu, new RegExp(`^${pastDay}-[1-8]\\d{2}X$`), {
  last: ONE_LETTER,
});
testAgreement("isYtunnus", isYtunnus, stdnum.FI?.ytunnus, /^[1-9]\d{7}$/);
testAgreement("isCvrNumber", isCvrNumber, stdnum.DK?.cvr, /^[1-9]\d{7}$/);
testAgreement("isFodselsnummer", isFodselsnummer, stdnum.NO?.fodselsnummer, new RegExp(`^${pastDay}[0-4]\\d{4}$`));
testAgreement("isOrganisasjonsnummer", isOrganisasjonsnummer, stdnum.NO?.orgnr, /^[89]\d{8}$/);
testAgreement("isNorwegianAccount", isNorwegianAccount, stdnum.NO?.kontonr, /^[1-9]\d{3}[1-9]\d{6}$/);
// The library takes any last digit, which says the century and is 8, 9 or 0.
testAgreement("isKennitala", isKennitala, stdnum.IS?.kennitala, new RegExp(`^${pastDay}[2-9]\\d{3}$`), {
  last: TWO_DIGITS.filter((ending) => /[089]$/.test(ending)),
});
