import { mod97 } from "../checksums/mod97.ts";
import { weightedSum } from "../checksums/weighted-sum.ts";
import { digitsOf } from "./digits-of.ts";

/** An account number: 7 to 17 digits that are no date and no repetition of one digit. */
export function isAccountNumber(match: string): boolean {
  const digits = digitsOf(match);
  if (digits.length < 7 || digits.length > 17 || /^(\d)\1+$/.test(digits)) return false;
  return !/^(?:19|20)\d{2}[-/. ]?(?:0[1-9]|1[0-2])[-/. ]?[0-3]\d(?:\d{6})?$/.test(match);
}

/** Mexican CLABE: bank, place, account and a check digit with the weights 3 7 1. */
export function isClabe(match: string): boolean {
  const digits = digitsOf(match);
  const weights = Array.from({ length: 17 }, (_, place) => [3, 7, 1][place % 3]!);
  // Each product counts modulo 10, which the sum modulo 10 does not change.
  return Number(digits.slice(0, 3)) > 0 && (10 - (weightedSum(digits, weights) % 10)) % 10 === Number(digits[17]);
}

/** Argentine CBU: a check digit behind bank and branch, and one behind the account. */
export function isCbu(match: string): boolean {
  const digits = digitsOf(match);
  const bank = weightedSum(digits, [7, 1, 3, 9, 7, 1, 3, 1]);
  const account = weightedSum(digits.slice(8), [3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3, 1]);
  return Number(digits) > 0 && bank % 10 === 0 && account % 10 === 0;
}

/** Polish account number (NRB): the IBAN without its country. */
export function isNrb(match: string): boolean {
  const digits = digitsOf(match);
  return mod97(`${digits.slice(2)}PL${digits.slice(0, 2)}`) === 1;
}

/** Czech and Slovak account: prefix and number, each modulo 11, and the code of the bank. */
export function isCzechAccount(match: string): boolean {
  const [account = ""] = match.split("/");
  return account
    .split("-")
    .every((part) => weightedSum(part.padStart(10, "0"), [6, 3, 7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0);
}
