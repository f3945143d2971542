import { mod97 } from "../checksums/mod97.ts";
import { lettersAndDigitsOf } from "./letters-and-digits-of.ts";

/** Length of every IBAN of a country, from the SWIFT IBAN registry. */
export function ibanLengths(): ReadonlyMap<string, number> {
  return LENGTHS;
}

/** Source of a pattern for an IBAN as it is printed: in one piece, or in groups of four. */
export function ibanPrinted(): string {
  return formsByLength((countries, length) => {
    const groups = Math.floor(length / 4);
    const rest = length % 4;
    const inFours = (separator: string) =>
      `(?:[${separator}][A-Z0-9]{4}){${groups}}${rest ? `[${separator}][A-Z0-9]{${rest}}` : ""}`;
    const printed = [" ", "-", ".", "/"].map(inFours);
    return `(?:${countries})(?:\\d{2}(?:[A-Z0-9]{${length}}|${printed.join("|")})| \\d{2}${inFours(" ")})`;
  });
}

/** Source of a pattern for an IBAN in any grouping, which inside a text is no more than words and figures. */
export function ibanInAnyGrouping(): string {
  return formsByLength((countries, length) => `(?:${countries})[ -]?\\d{2}(?:[ .-]?[A-Z0-9]){${length}}`);
}

/** True when check digits (ISO 7064, from 02 to 98) and national structure are those of an IBAN; `text` as printed. */
export function isIban(text: string): boolean {
  const iban = lettersAndDigitsOf(text).replace(/^IBAN/, "");
  if (!/^..(?:0[2-9]|[1-8]\d|9[0-8])/.test(iban)) return false;
  return hasBbanStructure(iban) && mod97(iban.slice(4) + iban.slice(0, 4)) === 1;
}

// The national part (BBAN) in the notation of the registry: n digits, a capitals,
// c either. Territories of France use the French structure; the last two rows are
// countries that use IBANs without being in the registry.
const BBAN_STRUCTURES = `
  AD 8n12c   AE 19n     AL 8n16c   AT 16n     AX 14n     AZ 4a20c   BA 16n     BE 12n     BG 4a6n8c  BH 4a14c
  BI 23n     BR 23n1a1c BY 4c4n16c CH 5n12c   CR 18n     CY 8n16c   CZ 20n     DE 18n     DJ 23n     DK 14n
  DO 4c20n   EE 16n     EG 25n     ES 20n     FI 14n     FK 2a12n   FO 14n     FR 10n11c2n GB 4a14n  GE 2a16n
  GF 10n11c2n GI 4a15c  GL 14n     GP 10n11c2n GR 7n16c  GT 24c     HN 4a20n   HR 17n     HU 24n     IE 4a14n
  IL 19n     IQ 4a15n   IS 22n     IT 1a10n12c JO 4a4n18c KW 4a22c  KZ 3n13c   LB 4n20c   LC 4a24c   LI 5n12c
  LT 16n     LU 3n13c   LV 4a13c   LY 21n     MC 10n11c2n MD 20c    ME 18n     MF 10n11c2n MK 3n10c2n MN 16n
  MQ 10n11c2n MR 23n    MT 4a5n18c MU 4a19n3a NC 10n11c2n NI 4a20n  NL 4a10n   NO 11n     OM 3n16c   PF 10n11c2n
  PK 4a16c   PL 24n     PM 10n11c2n PS 4a21c  PT 21n     QA 4a21c   RE 10n11c2n RO 4a16c  RS 18n     RU 14n15c
  SA 2n18c   SC 4a20n3a SD 14n     SE 20n     SI 15n     SK 20n     SM 1a10n12c SO 19n    ST 21n     SV 4a20n
  TF 10n11c2n TL 19n    TN 20n     TR 5n17c   UA 6n19c   VA 18n     VG 4a16n   WF 10n11c2n XK 16n    YE 4a4n18c
  YT 10n11c2n
  AO 21n     BF 2c22n   BJ 2c22n   CF 23n     CG 23n     CI 2c22n   CM 23n     CV 21n     DZ 22n     GA 23n
  GQ 23n     GW 2c19n   IR 22n     KM 23n     MA 24n     MG 23n     ML 2c22n   MZ 21n     NE 2a22n   SN 2c22n   TD 23n   TG 2a22n
`;

const CHARACTERS: Readonly<Record<string, string>> = { n: "[0-9]", a: "[A-Z]", c: "[A-Z0-9]" };

const STRUCTURE_BY_COUNTRY = [...BBAN_STRUCTURES.matchAll(/([A-Z]{2}) ((?:\d+[nac])+)/g)].map(
  ([, country = "", structure = ""]) =>
    [
      country,
      [...structure.matchAll(/(\d+)([nac])/g)].map(([, count = "", kind = ""]) => ({ count: Number(count), kind })),
    ] as const,
);

const LENGTHS: ReadonlyMap<string, number> = new Map(
  STRUCTURE_BY_COUNTRY.map(([country, parts]) => [country, parts.reduce((sum, part) => sum + part.count, 4)]),
);

const STRUCTURES: ReadonlyMap<string, RegExp> = new Map(
  STRUCTURE_BY_COUNTRY.map(([country, parts]) => [
    country,
    new RegExp(`^${parts.map((part) => `${CHARACTERS[part.kind]}{${part.count}}`).join("")}$`),
  ]),
);

/** True when what follows the check digits has the structure its country lays down. */
function hasBbanStructure(iban: string): boolean {
  return STRUCTURES.get(iban.slice(0, 2))?.test(iban.slice(4)) ?? false;
}

/** `form` gives the pattern of the countries whose national part has a length. */
function formsByLength(form: (countries: string, length: number) => string): string {
  const countriesByLength = Map.groupBy(LENGTHS, ([, length]) => length - 4);
  const forms = [...countriesByLength].map(([length, of]) => form(of.map(([country]) => country).join("|"), length));
  return `(?:${forms.join("|")})`;
}
