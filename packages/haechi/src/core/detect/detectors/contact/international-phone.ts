import type { Detector } from "../../detector.ts";
import { hasPlausibleLength } from "../../numbering/calling-code.ts";
import { digitsOf } from "../../numbering/digits-of.ts";

// ITU-T E.164: `+`, a country calling code and a national number, 15 digits at
// most. In print the groups stand apart by blanks, dots, hyphens, a slash or
// parentheses, and a trunk prefix may be shown as (0).
export const internationalPhone: Detector = {
  id: "e164-phone",
  entityType: "phone",
  confidence: 0.8,
  anchor: { kind: "digits", run: 2, lead: 4 },
  pattern:
    /(?<![\w+])\+(?:[1-9]\d{6,14}|1(?:[ .-]\(?|\()\d{3}(?:[ .-]|\)[ .-]?)\d{3}[ .-]\d{4}|(?:[17](?:[ .-]\(?|\()\d{2,12}|[1-9]\d{1,3})(?:(?:[ ./-]\(?|\(|\)[ ./-]?)\d{1,12}){1,6})(?!\w)/,
  accepts: (match) => hasPlausibleLength(digitsOf(match.replace("(0)", ""))),
  samples: {
    finds: [
      { text: "+14155552671", why: "no separators" },
      { text: "+49 30 1234567", why: "blanks" },
      { text: "+82-2-544-2064", why: "hyphens, a Korean landline" },
      { text: "+44 (0)20 7946 0958", why: "the trunk prefix shown" },
      { text: "+1 (415) 555-2671", why: "the area code in parentheses" },
      { text: "+33 6 12 34 56 78,", match: "+33 6 12 34 56 78", why: "pairs" },
      { text: "+7 495 123-45-67", why: "mixed separators" },
    ],
    ignores: [
      { text: "14155552671", why: "without the +" },
      { text: "a+14155552671", why: "a sum" },
      { text: "+123 456", why: "too short" },
      { text: "@@ -12,7 +12,9 @@", why: "a diff" },
      { text: "+9991234567890", why: "no such country" },
      { text: "+49 30\n1234567", why: "a line break inside" },
    ],
  },
};
