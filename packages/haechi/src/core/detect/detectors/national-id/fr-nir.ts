import type { Detector } from "../../detector.ts";
import { hasNirKey } from "../../numbering/nir.ts";
import { standing } from "../../surroundings/edges.ts";
import { grouped } from "../../surroundings/grouped.ts";
import { inLongerValue } from "../../surroundings/surroundings.ts";

// Numéro d'inscription au répertoire (INSEE): sex, year, month (20 and above when
// unknown), department, commune, order, key; printed 1 2 2 2 3 3 2, the key often
// set apart.
const SEX = "[1-478]";
const YEAR = "\\d{2}";
const MONTH = "(?:0[1-9]|1[0-2]|[2-9]\\d)";
const DEPARTMENT = "(?:\\d{2}|2[AB])";
const GROUPS = [SEX, YEAR, MONTH, DEPARTMENT, "\\d{3}", "\\d{3}"];

export const frNir: Detector = {
  id: "fr-nir",
  entityType: "fr_nir",
  confidence: 0.9,
  anchor: { kind: "digits", run: 3, lead: 12 },
  pattern: new RegExp(
    standing(`(?:${GROUPS.join(" ?")}(?: ?[-/]? ?)\\d{2}|${grouped([...GROUPS, "\\d{2}"], ["-", "."])})`),
    "i",
  ),
  accepts: hasNirKey,
  context: { rejects: inLongerValue, reach: 40 },
  samples: {
    finds: [
      { text: "184127645108946", why: "no separators" },
      { text: "1 84 12 76 451 089 46", why: "print form" },
      { text: "1-84-12-76-451-089-46", why: "hyphens" },
      { text: "1841276451089 46", why: "the key apart" },
      { text: "1 84 12 76 451 089 / 46", why: "the key behind a slash" },
      { text: "285052A00432102", why: "southern Corsica" },
      { text: "NIR 170012b12345652.", match: "170012b12345652", why: "northern Corsica, lower case" },
    ],
    ignores: [
      { text: "184127645108947", why: "the key is wrong" },
      { text: "184137645108946", why: "month 13" },
      { text: "1841276451089461", why: "too long" },
      { text: "x184127645108946", why: "a piece of a longer word" },
      { text: "1 84 12 76-451 089 46", why: "the separator changes" },
      { text: "0.184127645108946", why: "a decimal fraction" },
    ],
  },
};
