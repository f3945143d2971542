import { mod11And2CheckCharacter } from "../checksums/iso7064-mod11-2.ts";
import { passesLuhn } from "../checksums/luhn.ts";
import { weightedSum } from "../checksums/weighted-sum.ts";
import { isCalendarDate } from "./calendar-date.ts";
import { digitsOf } from "./digits-of.ts";
import { isShortDate } from "./two-digit-year.ts";

/** Korean business registration number (사업자등록번호), 3-2-5. Offices count from 101, kinds of business from 01. */
export function isKrBusinessNumber(match: string): boolean {
  const digits = digitsOf(match);
  if (Number(digits.slice(0, 3)) < 101 || digits.slice(3, 5) === "00" || digits.slice(5, 9) === "0000") return false;
  const sum = weightedSum(digits, [1, 3, 7, 1, 3, 7, 1, 3, 5, 1]) + Math.floor((Number(digits[8]) * 5) / 10);
  return sum % 10 === 0;
}

/** Korean corporation registration number (법인등록번호), 6-7. */
export function isKrCorporationNumber(match: string): boolean {
  const digits = digitsOf(match);
  return digits !== "0".repeat(13) && weightedSum(digits, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]) % 10 === 0;
}

/** Korean bank account: 10 to 14 digits that are neither a telephone number nor a date with a time. */
export function isKrAccountNumber(match: string): boolean {
  const digits = digitsOf(match);
  if (digits.length < 10 || digits.length > 14 || /^(\d)\1+$/.test(digits)) return false;
  const looksLikePhone =
    /^0(?:1[016789]|2|[3-6]\d|70|80|50\d)[- ]\d{3,4}[- ]\d{4}$/.test(match) || /^01[016789]\d{7,8}$/.test(match);
  const looksLikeDate = /^(?:19|20)\d{2}(?:-(?:0\d|1[0-2])-|(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[0-2]\d[0-5]\d)/.test(
    match,
  );
  const looksLikeRegistration = /^\d{3}-\d{2}-\d{5}$|^\d{6}-[0-9]\d{6}$/.test(match);
  return !looksLikePhone && !looksLikeDate && !looksLikeRegistration;
}

/** Japanese corporate number (法人番号): the check digit is the first of thirteen. */
export function isJpCorporateNumber(match: string): boolean {
  const digits = digitsOf(match);
  const sum = weightedSum(digits.slice(1), [2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]);
  return Number(digits[0]) === 9 - (sum % 9);
}

/** Chinese resident identity number (GB 11643): place, date of birth, serial number, ISO 7064 MOD 11-2; before 1999 without the last. */
export function isChineseResidentNumber(match: string): boolean {
  if (!CHINESE_PROVINCES.has(match.slice(0, 2))) return false;
  if (match.length === 15) return isShortDate(match.slice(6), "YYMMDD");
  const [year, month, day] = [match.slice(6, 10), match.slice(10, 12), match.slice(12, 14)].map(Number);
  return (
    year! >= 1880 &&
    year! < 2050 &&
    isCalendarDate(year!, month!, day!) &&
    mod11And2CheckCharacter(match.slice(0, 17)) === match[17]!.toUpperCase()
  );
}

// The first two digits of GB/T 2260; 83 is that of residents from Taiwan.
const CHINESE_PROVINCES = new Set(
  "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91".split(
    " ",
  ),
);

/** Chinese unified social credit code (GB 32100): 18 characters, modulus 31 over the powers of 3. */
export function isChineseCreditCode(match: string): boolean {
  let weight = 1;
  let sum = 0;
  for (const character of match.slice(0, 17)) {
    sum += weight * CREDIT_CODE_CHARACTERS.indexOf(character);
    weight = (weight * 3) % 31;
  }
  return CREDIT_CODE_CHARACTERS[(31 - (sum % 31)) % 31] === match[17];
}

const CREDIT_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** Taiwanese national identification and resident certificate numbers: the letter counts as two digits. */
export function isTaiwanIdNumber(match: string): boolean {
  const letters = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
  const upper = match.toUpperCase();
  const place = letters.indexOf(upper[0]!) + 10;
  // The older resident certificate has a letter in the place of the sex; its last digit counts.
  const second = /[A-D]/.test(upper[1]!) ? (letters.indexOf(upper[1]!) + 10) % 10 : upper[1]!;
  return weightedSum(`${place}${second}${upper.slice(2)}`, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 === 0;
}

/** Taiwanese unified business number: the digit sums of the products; where the seventh digit is 7, they may miss by one. */
export function isTaiwanBusinessNumber(match: string): boolean {
  const sum = [1, 2, 1, 2, 1, 2, 4, 1].reduce((total, weight, place) => {
    const product = weight * Number(match[place]);
    return total + Math.floor(product / 10) + (product % 10);
  }, 0);
  return Number(match) > 0 && (sum % 5 === 0 || (match[6] === "7" && (sum + 1) % 5 === 0));
}

/** Hong Kong identity card: one or two letters, six digits, a check character modulo 11. */
export function isHongKongId(match: string): boolean {
  const compact = match.replace(/[^A-Za-z\d]/g, "").toUpperCase();
  const characters = compact.length === 8 ? ` ${compact}` : compact;
  let sum = 0;
  for (const [place, character] of [...characters].entries()) {
    // A blank counts 36, the letters follow the digits; X as the check character is 10.
    const value = character === " " ? 36 : place === 8 && character === "A" ? 10 : Number.parseInt(character, 36);
    sum += (9 - place) * value;
  }
  return sum % 11 === 0;
}

/** Malaysian MyKad: date of birth, place of birth, serial number. */
export function isMyKad(match: string): boolean {
  const digits = digitsOf(match);
  const place = Number(digits.slice(6, 8));
  const isPlace = place > 0 && place < 100 && ![17, 18, 19, 20, 69, 70, 73, 80, 81, 94, 95, 96, 97].includes(place);
  return isShortDate(digits, "YYMMDD") && isPlace;
}

/** Thai national identification number. */
export function isThaiId(match: string): boolean {
  const digits = digitsOf(match);
  const sum = weightedSum(digits, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  return digits[0] !== "0" && (11 - (sum % 11)) % 10 === Number(digits[12]);
}

/** Indonesian NIK: province, two finer places, date of birth (day 40 higher for women), serial number. */
export function isIndonesianNik(match: string): boolean {
  const digits = digitsOf(match);
  const province = Number(digits.slice(0, 2));
  const day = Number(digits.slice(6, 8)) % 40;
  const isPlace = province >= 11 && province <= 97 && !digits.startsWith("00", 2) && !digits.startsWith("00", 4);
  return isPlace && !digits.endsWith("0000") && isShortDate(String(day).padStart(2, "0") + digits.slice(8), "DDMMYY");
}

/** Indonesian NPWP of fifteen digits: the first nine end in their Luhn digit. */
export function isIndonesianNpwp(match: string): boolean {
  return passesLuhn(digitsOf(match).slice(0, 9));
}

/** Vietnamese citizen number of twelve digits: province, century and sex, year of birth. */
export function isVietnameseCitizenNumber(match: string): boolean {
  const digits = digitsOf(match);
  if (digits.length === 9) return true;
  const province = Number(digits.slice(0, 3));
  return province >= 1 && province <= 96 && /^...[0-3]/.test(digits);
}

/** Vietnamese tax code (MST): ten digits, three more for a branch. */
export function isVietnameseTaxCode(match: string): boolean {
  const digits = digitsOf(match);
  return 10 - (weightedSum(digits, [31, 29, 23, 19, 17, 13, 7, 5, 3]) % 11) === Number(digits[9]);
}
