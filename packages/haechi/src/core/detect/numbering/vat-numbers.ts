import { mod11And10CheckDigit } from "../checksums/iso7064.ts";
import { passesLuhn } from "../checksums/luhn.ts";
import { weightedSum } from "../checksums/weighted-sum.ts";
import { isPpsNumber } from "./anglophone-numbers.ts";
import { isBsn } from "./bsn.ts";
import { hasDniLetter } from "./es-dni.ts";
import {
  isAfm,
  isCui,
  isHungarianTaxNumber,
  isLatvianCode,
  isNip,
  isOib,
  isPortugueseNif,
  isRodneCislo,
} from "./european-numbers.ts";
import { isCvrNumber, isOrganisasjonsnummer, isYtunnus } from "./nordic-numbers.ts";

/** True for a number of the VAT Information Exchange System, of Great Britain, Norway or Switzerland: structure and check digits. */
export function isVatNumber(match: string): boolean {
  const number = compactVatNumber(match);
  const body = number.slice(2);
  return hasVatStructure(match) && RULES[number.slice(0, 2)]!.checks(body);
}

/** True for the structure of such a number, whatever its check digits. */
export function hasVatStructure(match: string): boolean {
  const number = compactVatNumber(match);
  return RULES[number.slice(0, 2)]?.structure.test(number.slice(2)) ?? false;
}

function compactVatNumber(match: string): string {
  return match.replace(/[ .-]/g, "").toUpperCase();
}

interface VatRule {
  /** Of what stands behind the country. */
  readonly structure: RegExp;
  readonly checks: (body: string) => boolean;
}

const BRITISH: VatRule = { structure: /^\d{9}(?:\d{3})?$/, checks: isBritishVat };
const GREEK: VatRule = { structure: /^\d{9}$/, checks: isAfm };

// European Commission, "VIES: structure of VAT identification numbers".
const RULES: Readonly<Record<string, VatRule>> = {
  AT: { structure: /^U\d{8}$/, checks: isAustrianVat },
  BE: { structure: /^[01]\d{9}$/, checks: (body) => 97 - (Number(body.slice(0, 8)) % 97) === Number(body.slice(8)) },
  BG: { structure: /^\d{9,10}$/, checks: isBulgarianVat },
  CY: { structure: /^[0-59]\d{7}[A-Z]$/, checks: isCypriotVat },
  CZ: { structure: /^\d{8,10}$/, checks: isCzechVat },
  DE: { structure: /^[1-9]\d{8}$/, checks: (body) => mod11And10CheckDigit(body.slice(0, 8)) === Number(body[8]) },
  DK: { structure: /^[1-9]\d{7}$/, checks: isCvrNumber },
  EE: { structure: /^\d{9}$/, checks: (body) => weightedSum(body, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0 },
  EL: GREEK,
  GR: GREEK,
  ES: { structure: /^(?:[A-Z]\d{7}[A-Z\d]|\d{8}[A-Z])$/, checks: isSpanishNif },
  FI: { structure: /^\d{8}$/, checks: isYtunnus },
  FR: { structure: /^[A-HJ-NP-Z\d]{2}\d{9}$/, checks: isFrenchVat },
  GB: BRITISH,
  XI: BRITISH,
  HR: { structure: /^\d{11}$/, checks: isOib },
  HU: { structure: /^\d{8}$/, checks: isHungarianTaxNumber },
  IE: { structure: /^(?:\d{7}[A-W][A-I]?|[7-9][A-Z]\d{5}[A-W])$/, checks: isIrishVat },
  IT: { structure: /^\d{11}$/, checks: (body) => Number(body) > 0 && passesLuhn(body) },
  LT: { structure: /^(?:\d{9}|\d{12})$/, checks: isLithuanianVat },
  LU: {
    structure: /^\d{8}$/,
    checks: (body) => Number(body) > 0 && Number(body.slice(0, 6)) % 89 === Number(body.slice(6)),
  },
  LV: { structure: /^\d{11}$/, checks: isLatvianVat },
  MT: { structure: /^[1-9]\d{7}$/, checks: isMalteseVat },
  NL: { structure: /^\d{9}B\d{2}$/, checks: isDutchVat },
  NO: { structure: /^[89]\d{8}(?:MVA)?$/, checks: isOrganisasjonsnummer },
  PL: { structure: /^\d{10}$/, checks: isNip },
  PT: { structure: /^\d{9}$/, checks: isPortugueseNif },
  RO: { structure: /^[1-9]\d{5,9}$/, checks: isCui },
  SE: { structure: /^\d{10}(?:0[1-9]|[1-8]\d|9[0-4])$/, checks: (body) => passesLuhn(body.slice(0, 10)) },
  SI: { structure: /^[1-9]\d{7}$/, checks: isSlovenianVat },
  SK: { structure: /^[1-9]\d[2-47-9]\d{7}$/, checks: (body) => Number(body) % 11 === 0 },
  CH: { structure: /^E\d{9}(?:MWST|TVA|IVA|TPV)?$/, checks: isSwissUid },
};

function isAustrianVat(body: string): boolean {
  const sum = [...body.slice(1, 8)].reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + Math.floor(value / 10) + (value % 10);
  }, 4);
  return (10 - (sum % 10)) % 10 === Number(body[8]);
}

/** Nine digits are a firm's; ten a person's or a foreigner's, which have checks of several kinds. */
function isBulgarianVat(body: string): boolean {
  if (body.length === 10) return true;
  const first = weightedSum(body, [1, 2, 3, 4, 5, 6, 7, 8]) % 11;
  const check = first === 10 ? weightedSum(body, [3, 4, 5, 6, 7, 8, 9, 10]) % 11 : first;
  return check % 10 === Number(body[8]);
}

function isCypriotVat(body: string): boolean {
  const sum = [...body.slice(0, 8)].reduce((total, digit, place) => {
    const value = place % 2 === 0 ? [1, 0, 5, 7, 9, 13, 15, 17, 19, 21][Number(digit)]! : Number(digit);
    return total + value;
  }, 0);
  return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[sum % 26] === body[8];
}

/** Eight digits are a firm's, nine and ten a person's birth number; nine with a leading 6 another person's. */
function isCzechVat(body: string): boolean {
  if (body.length > 8) return (body.length === 9 && body.startsWith("6")) || isRodneCislo(body);
  const check = (11 - (weightedSum(body, [8, 7, 6, 5, 4, 3, 2]) % 11)) % 10;
  return !body.startsWith("9") && check === Number(body[7]);
}

function isSpanishNif(body: string): boolean {
  if (/^(?:[XYZ]|\d)/.test(body)) return hasDniLetter(body);
  const sum = [...body.slice(1, 8)].reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + Math.floor(value / 10) + (value % 10);
  }, 0);
  const check = (10 - (sum % 10)) % 10;
  return /^[A-HJ-NP-SUVWKLM]/.test(body) && (body[8] === String(check) || body[8] === "JABCDEFGHI"[check]);
}

function isFrenchVat(body: string): boolean {
  const siren = body.slice(2);
  if (!passesLuhn(siren)) return false;
  return /\D/.test(body.slice(0, 2)) || (12 + 3 * (Number(siren) % 97)) % 97 === Number(body.slice(0, 2));
}

/** Modulus 97, since 2009 also with 55 more or less; numbers of government and health bodies have five digits and are left out. */
function isBritishVat(body: string): boolean {
  const total = weightedSum(body, [8, 7, 6, 5, 4, 3, 2]) + Number(body.slice(7, 9));
  return Number(body) > 0 && [0, 42, 55].includes(total % 97);
}

/** The older form has a character in the second place, which moves behind. */
function isIrishVat(body: string): boolean {
  return isPpsNumber(/^\d[A-Z]/.test(body) ? `0${body.slice(2, 7)}${body[0]}${body[7]}` : body);
}

function isLithuanianVat(body: string): boolean {
  const length = body.length - 1;
  const weightsFrom = (start: number) => Array.from({ length }, (_, place) => ((start - 1 + place) % 9) + 1);
  const first = weightedSum(body, weightsFrom(1)) % 11;
  const check = first === 10 ? weightedSum(body, weightsFrom(3)) % 11 : first;
  return check % 10 === Number(body.at(-1));
}

function isLatvianVat(body: string): boolean {
  if (/^[0-3]/.test(body)) return isLatvianCode(body);
  return weightedSum(body, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 === 3;
}

function isMalteseVat(body: string): boolean {
  return weightedSum(body, [3, 4, 6, 7, 8, 9, 10, 1]) % 37 === 0;
}

/** That of a sole trader since 2020 checks modulo 97 over all of it, that of a firm is its BSN or RSIN. */
function isDutchVat(body: string): boolean {
  if (isBsn(body.slice(0, 9))) return true;
  return BigInt(`2321${body.slice(0, 9)}11${body.slice(10)}`) % 97n === 1n;
}

function isSlovenianVat(body: string): boolean {
  const check = 11 - (weightedSum(body, [8, 7, 6, 5, 4, 3, 2]) % 11);
  return check !== 11 && check % 10 === Number(body[7]);
}

function isSwissUid(body: string): boolean {
  const check = 11 - (weightedSum(body.slice(1), [5, 4, 3, 2, 7, 6, 5, 4]) % 11);
  return check % 11 === Number(body[9]);
}
