import { passesLuhn } from "../checksums/luhn.ts";
import { passesVerhoeff } from "../checksums/verhoeff.ts";
import { weightedSum } from "../checksums/weighted-sum.ts";
import { digitsOf } from "./digits-of.ts";
import { isShortDate } from "./two-digit-year.ts";

/** Indian PAN: the fourth letter says the kind of holder; no serial number is 0. */
export function isPan(match: string): boolean {
  return !match.includes("0000");
}

/** Indian GSTIN: state, PAN, number of the registration, Z, check character modulo 36. */
export function isGstin(match: string): boolean {
  const state = Number(match.slice(0, 2));
  const sum = [...match.slice(0, 14).toUpperCase()].reduce((total, character, place) => {
    const product = Number.parseInt(character, 36) * (place % 2 === 0 ? 1 : 2);
    return total + Math.floor(product / 36) + (product % 36);
  }, 0);
  const check = ((36 - (sum % 36)) % 36).toString(36).toUpperCase();
  return ((state >= 1 && state <= 38) || state === 97 || state === 99) && check === match[14]!.toUpperCase();
}

/** Indian virtual Aadhaar number (VID): sixteen digits that pass Verhoeff. */
export function isVirtualAadhaar(match: string): boolean {
  const digits = digitsOf(match);
  return /^[2-9]/.test(digits) && passesVerhoeff(digits);
}

/** Pakistani CNIC: province, place, family, person; the last digit says the sex. */
export function isCnic(match: string): boolean {
  return /^[1-8]/.test(match) && Number(digitsOf(match)) % 1e7 !== 0;
}

/** Sri Lankan NIC: year and day of birth, 500 higher for women, serial number; nine digits and a letter, or twelve digits. */
export function isSriLankanNic(match: string): boolean {
  const digits = digitsOf(match);
  const year = digits.length === 12 ? Number(digits.slice(0, 4)) : 1900 + Number(digits.slice(0, 2));
  const day = Number(digits.length === 12 ? digits.slice(4, 7) : digits.slice(2, 5)) % 500;
  return year >= 1900 && year < 2030 && day >= 1 && day <= 366;
}

/** Israeli identity number: nine digits that pass Luhn. */
export function isIsraeliId(match: string): boolean {
  const digits = digitsOf(match);
  return Number(digits) > 0 && passesLuhn(digits);
}

/** Identity number of Saudi Arabia: 1 for citizens, 2 for residents, Luhn. */
export function isSaudiId(match: string): boolean {
  return /^[12]/.test(match) && passesLuhn(match);
}

/** Emirates ID: 784, year of birth. Printed examples do not keep its check digit, so the shape decides. */
export function isEmiratesId(match: string): boolean {
  return /^784(?:19[2-9]\d|20[0-4]\d)/.test(digitsOf(match));
}

/** Egyptian identity number: century, date of birth, governorate, serial number. */
export function isEgyptianId(match: string): boolean {
  const place = Number(match.slice(7, 9));
  const isPlace = (place >= 1 && place <= 4) || (place >= 11 && place <= 35) || place === 88;
  return isPlace && isShortDate(match.slice(1), "YYMMDD");
}

/** Kuwaiti civil number: century, date of birth, serial number, modulus 11. */
export function isKuwaitiId(match: string): boolean {
  const check = 11 - (weightedSum(match, [2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11);
  return /^[23]/.test(match) && isShortDate(match.slice(1), "YYMMDD") && check === Number(match[11]);
}

/** Iranian national code: modulus 11. */
export function isIranianCode(match: string): boolean {
  const digits = digitsOf(match);
  const remainder = weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return !/^(\d)\1+$/.test(digits) && (remainder < 2 ? remainder : 11 - remainder) === Number(digits[9]);
}
