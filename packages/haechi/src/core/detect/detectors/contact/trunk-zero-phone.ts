import type { Detector } from "../../detector.ts";
import { digitsOf } from "../../numbering/digits-of.ts";
import { EXTENSION } from "../../numbering/phone-extension.ts";
import { standing } from "../../surroundings/edges.ts";
import { amongFigures, anyOf, inHexDump, inPath, inTimestamp, inUuid } from "../../surroundings/surroundings.ts";

// National numbers of the many countries that dial a trunk prefix 0 before the area
// or mobile code, in groups as they are printed there.
const FORMS = [
  "0[1-9]\\d{0,3}(?: \\d{2,4}){2,4}",
  "0[1-9]\\d{0,3}(?:-\\d{2,4}){2,4}",
  "0[1-9]\\d{0,2}(?:\\.\\d{2,4}){2,4}",
  // An area code set off by another sign than the groups behind it.
  "0[1-9]\\d{0,3}(?:-| - )\\d{2,4}(?: \\d{2,4}){1,3}",
  "0[1-9]\\d{0,3} \\d{2,4}(?:-\\d{2,4}){1,3}",
  "0[1-9]\\d{0,2}/\\d{2,3}(?:[. ]\\d{2,3}){1,3}",
  "0[1-9]\\d{1,3} ?/ ?\\d{2,3}(?: \\d{2,3}){1,3}",
  // The groups of Japan, Turkey and Hungary.
  "0\\d{1,4}\\(\\d{1,4}\\)\\d{4}",
  "0 [2-5]\\d{2} \\d{3} \\d{2} \\d{2}",
  "06[ -]1[ -]\\d{3}[ -]\\d{4}",
  // India, and the toll-free numbers of France.
  "0[6-9]\\d{4} \\d{5}",
  "0 8\\d{2} \\d{2} \\d{2} \\d{2}",
  // A code and an undivided number.
  "0[1-9]\\d{0,3}(?:[ /]| / )\\d{5,9}(?:-\\d{1,4})?",
  "0[1-9]\\d{0,3}(?:-| - )\\d{6,8}",
];

export const trunkZeroPhone: Detector = {
  id: "trunk-zero-phone",
  entityType: "phone",
  confidence: 0.7,
  anchor: { kind: "digits", run: 2, lead: 3 },
  pattern: new RegExp(standing(`(?:${FORMS.join("|")})${EXTENSION}`), "i"),
  accepts: (match) => {
    const length = digitsOf(match).length;
    return length >= 9 && length <= 18 && !OTHER_NUMBER.test(match) && !SHORT_END.test(match);
  },
  context: { rejects: anyOf(inHexDump, inUuid, inPath, inTimestamp, inIdentifier, inBytes, amongFigures), reach: 40 },
  samples: {
    finds: [
      { text: "020 7946 0958", why: "London" },
      { text: "07911 123456", why: "a British mobile number" },
      { text: "01 42 68 53 00", why: "Paris" },
      { text: "06.12.34.56.78", why: "a French mobile number" },
      { text: "030/1234567", why: "Berlin" },
      { text: "030 / 123 45 67", why: "a slash between blanks, as in German letters" },
      { text: "0171/234 56 78", why: "a German mobile number behind a slash" },
      { text: "0221 / 737610-2", why: "the extension behind a hyphen, as German offices have it" },
      { text: "081234 56789", why: "an Indian mobile number" },
      { text: "0171 1234567", why: "a German mobile number" },
      { text: "03-1234-5678", why: "Tokyo" },
      { text: "0120-123-456", why: "toll-free in Japan" },
      { text: "0412 345 678", why: "an Australian mobile number" },
      { text: "06-12345678", why: "a Dutch mobile number" },
      { text: "08-123 456 78", why: "Stockholm" },
      { text: "044 668 18 00", why: "Zürich" },
      { text: "03-331 6005.", match: "03-331 6005", why: "Christchurch, at the end of a sentence" },
      { text: "0812-3456-7890", why: "an Indonesian mobile number" },
      { text: "0161 496 0000 ext 12", why: "an extension" },
    ],
    ignores: [
      { text: "0105-08-31", why: "a date" },
      { text: "01-02-2024 12:30", why: "a date and a time" },
      { text: "078-05-1120", why: "a social security number" },
      { text: "046 454 286", why: "nine digits in threes" },
      { text: "0123 4567 8901", why: "twelve digits in fours" },
      { text: "06-184755-866851-3", why: "the identity of a device" },
      { text: "02 01 01 00 00 00 00 00 00 00", why: "bytes in hexadecimal" },
      { text: "<Buffer 01 02 03 04 05>", why: "bytes" },
      { text: "010.020.030.040", why: "an address with leading zeros" },
      { text: "097-3103-74", why: "a short group at the end" },
      { text: "doi:10.1000/017.0927.298", why: "an identifier of a document" },
      { text: "0.02.544.2064", why: "a version" },
      { text: "025442064", why: "no separators" },
    ],
  },
};

/** Social security numbers and the like (3-2-4), threes, fours unless of Indonesian mobile codes, days first. */
const OTHER_NUMBER =
  /^(?:\d{3}[ .-]\d\d[ .-]\d{4}|\d{3}(?:[ .-]\d{3}){2,3}|0(?!8)\d{3}[ .-]\d{4}[ .-]\d{4}|\d\d[ .-]\d\d[ .-](?:19|20)\d\d.*)$/;

/** Two digits behind a group of four, as in numbers of articles. */
const SHORT_END = /\d{4}[ .-]\d\d$/;

/** Behind a number and a slash, as in a DOI. */
function inIdentifier(before: string): boolean {
  return /\d\/$/.test(before);
}

/** Behind what calls it bytes. */
function inBytes(before: string): boolean {
  return /(?:buffer|bytes|hex|octets)\W{0,3}$/i.test(before);
}
