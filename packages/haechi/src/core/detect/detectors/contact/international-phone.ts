import type { Detector } from "../../detector.ts";
import { internationalNumber, JOINT } from "../../numbering/calling-code.ts";
import { EXTENSION } from "../../numbering/phone-extension.ts";

/** Numbers of Ukraine whose 0 is counted to the area and not to the calling code, 380. */
const UKRAINIAN = "38 ?\\(0\\d{2}\\) ?\\d{3}(?:[ -]?\\d{2}){2}";

// ITU-T E.164: `+`, a country calling code and a national number.
export const internationalPhone: Detector = {
  id: "e164-phone",
  entityType: "phone",
  confidence: 0.8,
  anchor: { kind: "digits", run: 2, lead: 7 },
  pattern: new RegExp(
    `(?<![\\w+])\\+ ?\\(?(?:${internationalNumber(`${JOINT}?`)}|${UKRAINIAN})${EXTENSION}(?!\\w)`,
    "i",
  ),
  accepts: (match) => /^.{1,7}\d\d/.test(match) && !FIGURE.test(match),
  samples: {
    finds: [
      { text: "+14155552671", why: "no separators" },
      { text: "+49 30 1234567", why: "blanks" },
      { text: "+82-2-544-2064", why: "hyphens, a Korean landline" },
      { text: "+44 (0)20 7946 0958", why: "the trunk prefix shown" },
      { text: "+44 020 7946 0958", why: "the trunk prefix kept by mistake" },
      { text: "+1 (415) 555-2671", why: "the area code in parentheses" },
      { text: "(+49) 30 1234567", match: "+49) 30 1234567", why: "the calling code in parentheses" },
      { text: "+33 6 12 34 56 78,", match: "+33 6 12 34 56 78", why: "pairs" },
      { text: "+7 495 123-45-67", why: "mixed separators" },
      { text: "+1 (212) 850-1368 ext. 12", why: "an extension" },
      { text: "tel:+1-201-555-0123;ext=42", match: "+1-201-555-0123;ext=42", why: "a URI (RFC 3966)" },
      { text: "+1 415 555 2671 200 items", match: "+1 415 555 2671", why: "figures behind it" },
      { text: "+39 02 3661 8300", why: "an Italian number, whose 0 is a part of it" },
      { text: "+38 (067) 123-45-67", why: "a Ukrainian number" },
      { text: "+54 9 11 8765 4321", why: "an Argentine mobile number" },
    ],
    ignores: [
      { text: "14155552671", why: "without the +" },
      { text: "Date.now() + 31536000000", why: "a sum" },
      { text: "+64464932", why: "a line of a diff" },
      { text: "a+14155552671", why: "a piece of a word" },
      { text: "+123 456", why: "too short" },
      { text: "@@ -12,7 +12,9 @@", why: "a diff" },
      { text: "+9991234567890", why: "no such country" },
      { text: "+49 30\n1234567", why: "a line break inside" },
      { text: "+141555526711", why: "too long for its country" },
    ],
  },
};

/** An undivided run behind a blank, or a short one: the rest of a sum, a line of a diff. */
const FIGURE = /^\+(?: \d+|\d{1,8})$/;
