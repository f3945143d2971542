import type { Detector } from "../../detector.ts";
import { hasNinoPrefix } from "../../numbering/nino.ts";
import { standingAlone } from "../../surroundings/edges.ts";
import { grouped } from "../../surroundings/grouped.ts";
import { inLongerValue } from "../../surroundings/surroundings.ts";

// National Insurance number (HMRC NIM39110): two letters, six digits, A to D;
// printed in pairs. Without a check digit, capitals are required inside a text.
export const ukNino: Detector = {
  id: "uk-nino",
  entityType: "uk_nino",
  confidence: 0.7,
  anchor: { kind: "digits", run: 2, lead: 4 },
  pattern: new RegExp(
    `${standingInCapitals()}|${standingInPairs()}|${standingAlone(form("[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z]", "[A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z]", "[A-Da-d]"))}`,
  ),
  accepts: (match) => hasNinoPrefix(match) && !/^[a-f]{2}\d{6}[a-d]$/.test(match),
  context: { rejects: inLongerValue, reach: 40 },
  samples: {
    finds: [
      { text: "AB123456C", why: "no separators" },
      { text: "AA 12 34 56 B", why: "print form" },
      { text: "AA 123456 B", why: "only the letters apart" },
      { text: "NI: AB-12-34-56-C.", match: "AB-12-34-56-C", why: "hyphens" },
      { text: "It is jg 10 37 59 a.", match: "jg 10 37 59 a", why: "lower case in print form" },
      { text: "hh 01 02 03 d", why: "lower case, the whole text" },
    ],
    ignores: [
      { text: "BG123456C", why: "an unused prefix" },
      { text: "AO123456C", why: "O as the second letter" },
      { text: "DA123456C", why: "D as the first letter" },
      { text: "AB123456E", why: "no suffix E" },
      { text: "see tw123456c", why: "lower case without a label" },
      { text: "bytes ab 12 34 56 c", why: "lower case that is hex as well, in pairs" },
      { text: "ab123456c", why: "lower case that is hex as well" },
      { text: "XAB123456C", why: "a piece of a longer word" },
      { text: "AB 12 34\n56 C", why: "a line break inside" },
    ],
  },
};

function standingInCapitals(): string {
  return `(?<![\\w-])(?<value>${form("[A-CEGHJ-PR-TW-Z]", "[A-CEGHJ-NPR-TW-Z]", "[A-D]")})(?![\\w-])`;
}

/** In small letters only in the printed form, and not as bytes in hexadecimal. */
function standingInPairs(): string {
  const prefix = "(?:[g-jk-pr-tw-z][a-ceghj-npr-tw-z]|[a-ce][ghj-npr-tw-z])";
  return `(?<![\\w-])(?<value>${grouped([prefix, "\\d{2}", "\\d{2}", "\\d{2}", "[a-d]"], [" "])})(?![\\w-])`;
}

function form(first: string, second: string, last: string): string {
  const pairs = grouped([first + second, "\\d{2}", "\\d{2}", "\\d{2}", last], ["", " ", "-", "."]);
  return `(?:${pairs}|${first}${second} (?:\\d{6}|\\d{3} \\d{3}) ?${last})`;
}
