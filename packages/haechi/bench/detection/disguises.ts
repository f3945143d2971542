import { type LabelledCase, placed } from "./labelled-case.ts";
import { pick, seededBy } from "./random-text.ts";

/** Ways to write a value so that a reader still reads it and a plain pattern does not. */
const DISGUISES: Readonly<Record<string, (value: string) => string>> = {
  "zero-width spaces": (value) => [...value].join("\u200b"),
  "a zero-width joiner": (value) => `${value.slice(0, 3)}\u200d${value.slice(3)}`,
  "soft hyphens": (value) => value.replace(/(.{4})(?=.)/gu, "$1\u00ad"),
  "a byte order mark": (value) => `${value.slice(0, 5)}\ufeff${value.slice(5)}`,
  "full width": (value) => value.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  "full-width digits": (value) => value.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  "mathematical digits": (value) => value.replace(/\d/g, (digit) => String.fromCodePoint(0x1d7ce + Number(digit))),
  "Arabic-Indic digits": (value) => value.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
  "Devanagari digits": (value) => value.replace(/\d/g, (digit) => String.fromCharCode(0x966 + Number(digit))),
  "no-break spaces": (value) => value.replaceAll(" ", "\u00a0"),
  "narrow spaces": (value) => value.replaceAll(" ", "\u202f"),
  "en dashes": (value) => value.replaceAll("-", "–"),
  "non-breaking hyphens": (value) => value.replaceAll("-", "\u2011"),
  "minus signs": (value) => value.replaceAll("-", "−"),
  "combining marks": (value) => value.replace(/([A-Za-z0-9])/g, "$1\u0332"),
  "Cyrillic look-alikes": (value) => value.replace(/[aeopcxABEKMHOPCTX]/g, (letter) => CYRILLIC[letter] ?? letter),
  "HTML entities": (value) => value.replace(/[\d@]/g, (sign) => `&#${sign.charCodeAt(0)};`),
  "percent encoding": (value) => value.replace(/[^A-Za-z0-9]/g, (sign) => encodeURIComponent(sign)),
  "Unicode escapes": (value) =>
    value.replace(/[\d@]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`),
  base64: (value) => Buffer.from(value).toString("base64"),
  hexadecimal: (value) => Buffer.from(value).toString("hex"),
  "tag characters": (value) => [...value].join("\u{e0020}"),
  "right-to-left marks": (value) => `\u202d${value}\u202c`,
};

const CYRILLIC: Readonly<Record<string, string>> = {
  a: "а",
  e: "е",
  o: "о",
  p: "р",
  c: "с",
  x: "х",
  A: "А",
  B: "В",
  E: "Е",
  K: "К",
  M: "М",
  H: "Н",
  O: "О",
  P: "Р",
  C: "С",
  T: "Т",
  X: "Х",
};

/** Every disguise over values of which the plain form stands in some core case. */
export function disguisedCases(cases: readonly LabelledCase[]): LabelledCase[] {
  const random = seededBy("disguises");
  const plain = cases.filter(({ tier, gold, text }) => tier === "core" && gold.length === 1 && text.length < 300);
  return Object.entries(DISGUISES).flatMap(([name, disguise]) =>
    TYPES.flatMap((type) => {
      const ofType = plain.filter(({ gold, text }) => gold[0]!.type === type && !text.includes("\\"));
      return Array.from({ length: 4 }, () => pick(random, ofType)).flatMap((original) => {
        const { start, end } = original.gold[0]!;
        const value = original.text.slice(start, end);
        const written = disguise(value);
        if (written === value) return [];
        const surrounding = `${original.text.slice(0, start)}{}${original.text.slice(end)}`;
        if (surrounding.split("{}").length !== 2) return [];
        const { also, direction } = original;
        return [placed(type, written, surrounding, { group: `${name}: ${type}`, tier: "disguised", also, direction })];
      });
    }),
  );
}

const TYPES = [
  "card",
  "us_ssn",
  "kr_rrn",
  "iban",
  "phone",
  "email",
  "secret",
  "it_codice_fiscale",
  "tax_id",
  "injection",
] as const;
