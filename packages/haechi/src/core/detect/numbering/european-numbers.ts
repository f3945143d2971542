import { mod11And10CheckDigit } from "../checksums/iso7064.ts";
import { passesLuhn } from "../checksums/luhn.ts";
import { passesVerhoeff } from "../checksums/verhoeff.ts";
import { weightedSum } from "../checksums/weighted-sum.ts";
import { isCalendarDate } from "./calendar-date.ts";
import { digitsOf } from "./digits-of.ts";
import { isShortDate } from "./two-digit-year.ts";

/** Polish PESEL: the century of birth is added to the month in twenties. */
export function isPesel(match: string): boolean {
  const month = Number(match.slice(2, 4));
  const century = [1900, 2000, 2100, 2200, 1800][Math.floor(month / 20)]!;
  const isDate = isCalendarDate(century + Number(match.slice(0, 2)), month % 20, Number(match.slice(4, 6)));
  return isDate && weightedSum(match, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0;
}

/** Polish NIP. */
export function isNip(match: string): boolean {
  const digits = digitsOf(match);
  return Number(digits) > 0 && weightedSum(digits, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(digits[9]);
}

/** Polish REGON of nine or fourteen digits. */
export function isRegon(match: string): boolean {
  const nine = (weightedSum(match, [8, 9, 2, 3, 4, 5, 6, 7]) % 11) % 10 === Number(match[8]);
  if (match.length === 9) return Number(match) > 0 && nine;
  return nine && (weightedSum(match, [2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11) % 10 === Number(match[13]);
}

/** Polish identity card: three letters, a check digit, five digits. */
export function isPolishIdCard(match: string): boolean {
  const compact = match.replace(/[ -]/g, "").toUpperCase();
  const sum = [...compact].reduce(
    (total, character, place) => total + Number.parseInt(character, 36) * [7, 3, 1, 9, 7, 3, 1, 7, 3][place]!,
    0,
  );
  return sum % 10 === 0;
}

/** Czech and Slovak birth number (rodné číslo): month 50 higher for women, 20 higher when the day was full; nine digits before 1954. */
export function isRodneCislo(match: string): boolean {
  const digits = digitsOf(match);
  const twoDigits = Number(digits.slice(0, 2));
  const year = twoDigits < 54 && digits.length === 10 ? 2000 + twoDigits : 1900 + twoDigits;
  // Full days are known since a law of 2004.
  const monthOfSex = Number(digits.slice(2, 4)) % 50;
  const month = year >= 2004 && monthOfSex > 20 ? monthOfSex - 20 : monthOfSex;
  if (!isCalendarDate(year, month, Number(digits.slice(4, 6)))) return false;
  // Until 1985 a remainder of 10 was written as 0.
  return digits.length === 9 || (Number(digits.slice(0, 9)) % 11) % 10 === Number(digits[9]);
}

/** Hungarian tax number of a firm: 8-1-2. */
export function isHungarianTaxNumber(match: string): boolean {
  const digits = digitsOf(match);
  return digits[0] !== "0" && weightedSum(digits, [9, 7, 3, 1, 9, 7, 3, 1]) % 10 === 0;
}

/** Hungarian tax identification sign of a person (adóazonosító jel). */
export function isHungarianTaxSign(match: string): boolean {
  return weightedSum(match, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 === Number(match[9]);
}

/** Hungarian social security number (TAJ). */
export function isTaj(match: string): boolean {
  const digits = digitsOf(match);
  return Number(digits) > 0 && weightedSum(digits, [3, 7, 3, 7, 3, 7, 3, 7]) % 10 === Number(digits[8]);
}

/** Romanian personal code (CNP): sex and century, date, county, serial number. */
export function isCnp(match: string): boolean {
  const county = Number(match.slice(7, 9));
  const isCounty = (county >= 1 && county <= 48) || county === 51 || county === 52 || county === 70 || county === 80;
  const check = weightedSum(match, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
  return isCounty && isShortDate(match.slice(1), "YYMMDD") && (check === 10 ? 1 : check) === Number(match[12]);
}

/** Romanian fiscal code (CUI) of up to ten digits. */
export function isCui(match: string): boolean {
  const digits = digitsOf(match).padStart(10, "0");
  return ((weightedSum(digits, [7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10) % 11) % 10 === Number(digits[9]);
}

/** Bulgarian EGN: months are 20 higher before 1900 and 40 higher since 2000. */
export function isEgn(match: string): boolean {
  const month = Number(match.slice(2, 4));
  const century = [1900, 1800, 2000][Math.floor(month / 20)] ?? 0;
  const isDate = isCalendarDate(century + Number(match.slice(0, 2)), month % 20, Number(match.slice(4, 6)));
  return isDate && (weightedSum(match, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === Number(match[9]);
}

/** Croatian OIB: ISO 7064 MOD 11,10. */
export function isOib(match: string): boolean {
  return mod11And10CheckDigit(match.slice(0, 10)) === Number(match[10]);
}

/** The JMBG of the states of former Yugoslavia, EMŠO in Slovenia: date with a year of three digits, region, serial number. */
export function isJmbg(match: string): boolean {
  const year = Number(match.slice(4, 7));
  const isDate = isCalendarDate(
    year + (year < 800 ? 2000 : 1000),
    Number(match.slice(2, 4)),
    Number(match.slice(0, 2)),
  );
  const check = 11 - (weightedSum(match, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11);
  return isDate && (check > 9 ? 0 : check) === Number(match[12]);
}

/** Serbian tax number (PIB). */
export function isPib(match: string): boolean {
  return mod11And10CheckDigit(match.slice(0, 8)) === Number(match[8]);
}

/** Estonian and Lithuanian personal code: sex and century, date, serial number. */
export function isBalticCode(match: string): boolean {
  const first = weightedSum(match, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
  const check = first === 10 ? weightedSum(match, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 : first;
  return /^[1-8]/.test(match) && isShortDate(match.slice(1), "YYMMDD") && check % 10 === Number(match[10]);
}

/** Latvian personal code; since 2017 it opens with 32 and holds no date. */
export function isLatvianCode(match: string): boolean {
  const digits = digitsOf(match);
  if (digits.startsWith("32")) return true;
  const check = (1101 - weightedSum(digits, [1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11;
  return isShortDate(digits, "DDMMYY") && check % 10 === Number(digits[10]);
}

/** Spanish tax number of a firm (CIF): the check character is a digit or its letter, for some kinds of firm only the letter. */
export function isCif(match: string): boolean {
  const compact = match.replace(/[.\- ]/g, "").toUpperCase();
  let sum = 0;
  for (let place = 1; place <= 7; place++) {
    const digit = Number(compact[place]);
    const counted = place % 2 === 0 ? digit : 2 * digit;
    sum += counted > 9 ? counted - 9 : counted;
  }
  const check = (10 - (sum % 10)) % 10;
  const isDigit = compact[8] === String(check) && !/^[NPQRSW]/.test(compact);
  return isDigit || compact[8] === "JABCDEFGHI"[check];
}

/** Greek tax number (AFM). */
export function isAfm(match: string): boolean {
  const digits = digitsOf(match);
  return Number(digits) > 0 && (weightedSum(digits, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === Number(digits[8]);
}

/** Greek social security number (AMKA): date, serial number, Luhn. */
export function isAmka(match: string): boolean {
  return isShortDate(match, "DDMMYY") && passesLuhn(match);
}

/** Portuguese tax number (NIF, NIPC). */
export function isPortugueseNif(match: string): boolean {
  const digits = digitsOf(match);
  const check = 11 - (weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return /^[1-35689]|^4[57]|^7[0-9]/.test(digits) && (check % 11) % 10 === Number(digits[8]);
}

/** Portuguese citizen card: eight digits, check digit, two characters of the version, check digit; Luhn over digits and letters. */
export function isCartaoDeCidadao(match: string): boolean {
  const compact = match.replace(/[ -]/g, "").toUpperCase();
  const sum = [...compact].reduce((total, character, place) => {
    const value = Number.parseInt(character, 36) * (place % 2 === 0 ? 2 : 1);
    return total + (place % 2 === 0 && value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Belgian national number: date, serial number, and 97 less the remainder; since 2000 with a 2 before it. BIS numbers have a month 20 or 40 higher. */
export function isBelgianNumber(match: string): boolean {
  const digits = digitsOf(match);
  const body = digits.slice(0, 9);
  const check = Number(digits.slice(9));
  const month = Number(digits.slice(2, 4)) % 20;
  const [year, day] = [Number(digits.slice(0, 2)), Number(digits.slice(4, 6))];
  // Unknown parts of a date of birth are 0.
  const isDate = month <= 12 && day <= 31;
  const fits = (century: string) => 97 - (Number(century + body) % 97) === check;
  return isDate && Number(digits.slice(6, 9)) > 0 && (fits("") || (fits("2") && year < 60));
}

/** Number on the German health card: a letter, which counts as two digits, eight digits, a check digit. */
export function isGermanHealthNumber(match: string): boolean {
  const compact = match.replaceAll(" ", "").toUpperCase();
  const digits = String(compact.charCodeAt(0) - 64).padStart(2, "0") + compact.slice(1);
  return sumOfCrossSums(digits, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10 === Number(digits[10]);
}

/** Number of the German pension insurance: area, date of birth, letter, serial number, check digit; the letter counts as two digits. */
export function isGermanInsuranceNumber(match: string): boolean {
  const compact = match.replaceAll(" ", "");
  const letter = String(compact.charCodeAt(8) - 64).padStart(2, "0");
  const digits = compact.slice(0, 8) + letter + compact.slice(9);
  const sum = sumOfCrossSums(digits, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]);
  return isShortDate(digits.slice(2), "DDMMYY") && sum % 10 === Number(digits[12]);
}

/** Of each product of a digit and its weight, the sum of its digits. */
function sumOfCrossSums(digits: string, weights: readonly number[]): number {
  return weights.reduce((total, weight, place) => {
    const product = weight * Number(digits[place]);
    return total + Math.floor(product / 10) + (product % 10);
  }, 0);
}

/** Austrian insurance number: serial number, check digit, date; a thirteenth month makes room. */
export function isAustrianInsuranceNumber(match: string): boolean {
  const digits = digitsOf(match);
  const [day, month] = [Number(digits.slice(4, 6)), Number(digits.slice(6, 8))];
  const isDate = day >= 1 && day <= 31 && month >= 1 && month <= 15;
  return isDate && digits[0] !== "0" && weightedSum(digits, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === Number(digits[3]);
}

/** Swiss insurance number (AHV): an EAN-13 that opens with 756. */
export function isAhvNumber(match: string): boolean {
  const digits = digitsOf(match);
  return digits.startsWith("756") && weightedSum(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0;
}

/** Luxembourgish matricule: date, serial number, a Luhn and a Verhoeff digit over the same eleven. */
export function isMatricule(match: string): boolean {
  const isDate = isCalendarDate(Number(match.slice(0, 4)), Number(match.slice(4, 6)), Number(match.slice(6, 8)));
  return isDate && passesLuhn(match.slice(0, 12)) && passesVerhoeff(match.slice(0, 11) + match[12]);
}

/** Turkish identity number: both last digits are checks. */
export function isTurkishId(match: string): boolean {
  const digits = digitsOf(match);
  const odd = weightedSum(digits, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
  const even = weightedSum(digits, [0, 1, 0, 1, 0, 1, 0, 1]);
  const tenth = (((odd * 7 - even) % 10) + 10) % 10;
  return digits[0] !== "0" && tenth === Number(digits[9]) && (odd + even + tenth) % 10 === Number(digits[10]);
}

/** Turkish tax number (VKN). */
export function isVkn(match: string): boolean {
  const sum = [...match.slice(0, 9)].reduce((total, digit, place) => {
    const moved = (Number(digit) + 9 - place) % 10;
    return total + (moved === 0 ? 0 : (moved * 2 ** (9 - place)) % 9 || 9);
  }, 0);
  return (10 - (sum % 10)) % 10 === Number(match[9]);
}

/** Russian INN of ten or twelve digits. */
export function isInn(match: string): boolean {
  const check = (weights: readonly number[]) => (weightedSum(match, weights) % 11) % 10;
  if (match.length === 10) {
    return Number(match) > 0 && check([2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(match[9]);
  }
  return (
    Number(match) > 0 &&
    check([7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(match[10]) &&
    check([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(match[11])
  );
}

/** Russian pension insurance number (SNILS): the last two digits are the weighted sum modulo 101. */
export function isSnils(match: string): boolean {
  const digits = digitsOf(match);
  const check = (weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100;
  return Number(digits) > 0 && check === Number(digits.slice(9));
}

/** Russian state registration number, of a firm (OGRN) or of a sole trader. */
export function isOgrn(match: string): boolean {
  return Number((BigInt(match.slice(0, -1)) % (match.length === 13 ? 11n : 13n)) % 10n) === Number(match.at(-1));
}

/** Ukrainian tax number of a person (RNTRC): days since 1900, serial number. */
export function isRntrc(match: string): boolean {
  const sum = weightedSum(match, [-1, 5, 7, 9, 4, 6, 10, 5, 7]) % 11;
  return Number(match) > 0 && ((sum + 11) % 11) % 10 === Number(match[9]);
}

/** Kazakh individual number (IIN): date, century and sex, serial number. */
export function isIin(match: string): boolean {
  const first = weightedSum(match, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11;
  const check = first === 10 ? weightedSum(match, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11 : first;
  return isShortDate(match, "YYMMDD") && /^.{6}[0-6]/.test(match) && check === Number(match[11]);
}
