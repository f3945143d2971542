import { passesLuhn } from "../checksums/luhn.ts";
import { weightedSum } from "../checksums/weighted-sum.ts";
import { digitsOf } from "./digits-of.ts";
import { isShortDate } from "./two-digit-year.ts";

/** Brazilian CPF: two check digits modulo 11. */
export function isCpf(match: string): boolean {
  const digits = digitsOf(match);
  if (/^(\d)\1+$/.test(digits)) return false;
  const first = checkModulo11(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]);
  const second = checkModulo11(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  return first === Number(digits[9]) && second === Number(digits[10]);
}

/** Brazilian CNPJ; since 2026 its first twelve characters may be letters, which count by their ASCII code less 48. */
export function isCnpj(match: string): boolean {
  const compact = match.replace(/[^A-Za-z\d]/g, "").toUpperCase();
  if (/^(.)\1+$/.test(compact)) return false;
  const check = (weights: readonly number[]) => {
    const sum = weights.reduce((total, weight, place) => total + weight * (compact.charCodeAt(place) - 48), 0);
    return sum % 11 < 2 ? 0 : 11 - (sum % 11);
  };
  return (
    check([5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(compact[12]) &&
    check([6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(compact[13])
  );
}

/** Brazilian PIS/PASEP. */
export function isPis(match: string): boolean {
  const digits = digitsOf(match);
  return Number(digits) > 0 && checkModulo11(digits, [3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(digits[10]);
}

/** Brazilian RG: in print its points or its state say so; without them, the check digit of São Paulo does. */
export function isRg(match: string): boolean {
  if (/^[A-Z]|\./.test(match)) return true;
  const compact = match.replace("-", "").toUpperCase();
  const sum = weightedSum(compact.slice(0, 8), [2, 3, 4, 5, 6, 7, 8, 9]);
  return "0123456789X"[(11 - (sum % 11)) % 11] === compact[8];
}

/** Mexican CURP: name, date of birth, sex, state, consonants, a digit or letter of the century, check digit. */
export function isCurp(match: string): boolean {
  const upper = match.toUpperCase();
  const sum = [...upper.slice(0, 17)].reduce(
    (total, character, place) => total + CURP_CHARACTERS.indexOf(character) * (18 - place),
    0,
  );
  return isShortDate(upper.slice(4), "YYMMDD") && (10 - (sum % 10)) % 10 === Number(upper[17]);
}

const CURP_CHARACTERS = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";

/** Mexican RFC: three letters of a firm or four of a person, a date, three characters. Test numbers fail its check, so only the date counts. */
export function isRfc(match: string): boolean {
  const compact = match.replace(/[ -]/g, "");
  return isShortDate(compact.slice(compact.length - 9), "YYMMDD");
}

/** Argentine CUIT and CUIL: kind of person, number, check digit. */
export function isCuit(match: string): boolean {
  const digits = digitsOf(match);
  const check = 11 - (weightedSum(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11);
  return /^(?:2[0-7]|3[034]|5[015])/.test(digits) && (check === 10 ? 9 : check % 11) === Number(digits[10]);
}

/** Chilean RUT and RUN: modulus 11 with K for 10. */
export function isRut(match: string): boolean {
  const compact = match.replace(/[.\- ]/g, "").toUpperCase();
  const sum = [...compact.slice(0, -1)]
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * ((place % 6) + 2), 0);
  return Number(compact.slice(0, -1)) > 0 && "0123456789K"[(11 - (sum % 11)) % 11] === compact.at(-1);
}

/** Colombian NIT: primes as weights from the right. */
export function isNit(match: string): boolean {
  const digits = digitsOf(match);
  const body = [...digits.slice(0, -1)].reverse().join("");
  const sum = weightedSum(body, [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71]) % 11;
  return (sum < 2 ? sum : 11 - sum) === Number(digits.at(-1));
}

/** Peruvian RUC: kind of payer, number, check digit. */
export function isPeruvianRuc(match: string): boolean {
  const check = 11 - (weightedSum(match, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11);
  return /^(?:10|15|16|17|20)/.test(match) && check % 10 === Number(match[10]);
}

/** Ecuadorian cédula: province, a third digit below 6, Luhn. */
export function isEcuadorianCedula(match: string): boolean {
  const digits = digitsOf(match);
  const province = Number(digits.slice(0, 2));
  return ((province >= 1 && province <= 24) || province === 30) && /^..[0-5]/.test(digits) && passesLuhn(digits);
}

/** Ecuadorian RUC of a person: the cédula and the number of the office. Those of firms end in 001 too. */
export function isEcuadorianRuc(match: string): boolean {
  const province = Number(match.slice(0, 2));
  if ((province < 1 || province > 24) && province !== 30) return false;
  return /^..[69]/.test(match) || isEcuadorianCedula(match.slice(0, 10));
}

/** Uruguayan cédula de identidad. */
export function isUruguayanCedula(match: string): boolean {
  const digits = digitsOf(match).padStart(8, "0");
  return Number(digits) > 0 && weightedSum(digits, [2, 9, 8, 7, 6, 3, 4, 1]) % 10 === 0;
}

/** Uruguayan RUT of twelve digits. */
export function isUruguayanRut(match: string): boolean {
  const check = 11 - (weightedSum(match, [4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return /^(?:0[1-9]|1\d|2[0-2])/.test(match) && check % 11 === Number(match[11]);
}

/** Venezuelan RIF: the letter of the kind of person counts too. */
export function isRif(match: string): boolean {
  const digits = digitsOf(match);
  const kind = { V: 4, E: 8, J: 12, C: 12, P: 16, G: 20 }[match[0]!.toUpperCase()] ?? 0;
  const check = 11 - ((kind + weightedSum(digits, [3, 2, 7, 6, 5, 4, 3, 2])) % 11);
  return (check > 9 ? 0 : check) === Number(digits[8]);
}

/** Dominican cédula: Luhn over eleven digits. */
export function isDominicanCedula(match: string): boolean {
  const digits = digitsOf(match);
  return Number(digits) > 0 && passesLuhn(digits);
}

/** Dominican RNC. */
export function isRnc(match: string): boolean {
  const digits = digitsOf(match);
  const remainder = weightedSum(digits, [7, 9, 8, 6, 5, 4, 3, 2]) % 11;
  return ((10 - remainder + 9) % 9) + 1 === Number(digits[8]);
}

/** Guatemalan NIT: weights from 2 up, from the right, with K for 10. */
export function isGuatemalanNit(match: string): boolean {
  const compact = match.replace("-", "").toUpperCase();
  const sum = [...compact.slice(0, -1)]
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place + 2), 0);
  return Number.parseInt(compact, 10) > 0 && "0123456789K"[(11 - (sum % 11)) % 11] === compact.at(-1);
}

/** Salvadoran NIT: municipality, day of birth or foundation, serial number, check digit. Which weights older serials have, sources tell differently. */
export function isSalvadoranNit(match: string): boolean {
  const digits = digitsOf(match);
  const old = weightedSum(digits, [14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  const current = 11 - (weightedSum(digits, [2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11);
  const checks = [old % 10, current % 10, (current % 11) % 10];
  return isShortDate(digits.slice(4), "DDMMYY") && checks.includes(Number(digits[13]));
}

/** Paraguayan RUC: weights from 2 up, from the right. */
export function isParaguayanRuc(match: string): boolean {
  const digits = digitsOf(match);
  const sum = [...digits.slice(0, -1)]
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place + 2), 0);
  return ((11 - (sum % 11)) % 11) % 10 === Number(digits.at(-1));
}

function checkModulo11(digits: string, weights: readonly number[]): number {
  return ((weightedSum(digits, weights) * 10) % 11) % 10;
}
