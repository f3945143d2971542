import type { Detector } from "../../detector.ts";
import { grouped } from "../../grouped.ts";
import { hasNirKey } from "../../numbering/nir.ts";

// Numéro d'inscription au répertoire (INSEE): sex, year, month (20 and above when
// unknown), department, commune, order, key; printed 1 2 2 2 3 3 2.
const SEX = "[1-478]";
const YEAR = "\\d{2}";
const MONTH = "(?:0[1-9]|1[0-2]|[2-9]\\d)";
const DEPARTMENT = "(?:\\d{2}|2[AB])";

export const frNir: Detector = {
  id: "fr-nir",
  entityType: "fr_nir",
  confidence: 0.9,
  anchor: { kind: "digits", run: 3, lead: 11 },
  pattern: new RegExp(
    `(?<![\\w.-])(?:${SEX}${YEAR}${MONTH}${DEPARTMENT}\\d{6}[ -]?\\d{2}|${grouped(
      [SEX, YEAR, MONTH, DEPARTMENT, "\\d{3}", "\\d{3}", "\\d{2}"],
      [" ", "-", "."],
    )})(?![\\w-])`,
    "i",
  ),
  accepts: hasNirKey,
  samples: {
    finds: [
      { text: "184127645108946", why: "no separators" },
      { text: "1 84 12 76 451 089 46", why: "print form" },
      { text: "1841276451089 46", why: "the key apart" },
      { text: "285052A00432102", why: "southern Corsica" },
      { text: "NIR 170012b12345652.", match: "170012b12345652", why: "northern Corsica, lower case" },
    ],
    ignores: [
      { text: "184127645108947", why: "the key is wrong" },
      { text: "184137645108946", why: "month 13" },
      { text: "1841276451089461", why: "too long" },
      { text: "x184127645108946", why: "a piece of a longer word" },
      { text: "1 84 12 76-451 089 46", why: "the separator changes" },
    ],
  },
};
