import { passesLuhn } from "../../checksums/luhn.ts";
import type { Detector } from "../../detector.ts";
import { hasCardIssuer } from "../../numbering/card-issuer.ts";
import { digitsOf } from "../../numbering/digits-of.ts";
import { standing } from "../../surroundings/edges.ts";
import { anyOf, inIban, inLongerValue } from "../../surroundings/surroundings.ts";

// Groups of 4-4-4-4 (and three more), 4-4-4 and fewer, 4-4-5, 4-6-5 and 4-6-4.
const embossed = (by: string) =>
  `\\d{4}${by}(?:\\d{4}${by}(?:\\d{4}${by}(?:\\d{4}${by}\\d{3}|\\d{1,4})|\\d{5})|\\d{6}${by}\\d{4,5})`;
const FORMS = ["\\d{14,16}", ...["[ ]", "-", "[.]", "[/]", " - "].map(embossed), "\\d{6}[ -]\\d{13}"];

// ISO/IEC 7812-1: issuer range first, Luhn check digit last; 14 to 16 digits, or up
// to 19 as they are embossed.
export const paymentCard: Detector = {
  id: "card-like",
  entityType: "card",
  confidence: 0.75,
  anchor: { kind: "digits", run: 4, lead: 1 },
  pattern: new RegExp(standing(`(?:${FORMS.join("|")})`)),
  accepts: isCardNumber,
  context: { rejects: anyOf(inLongerValue, inIban), reach: 40 },
  samples: {
    finds: [
      { text: "4111 1111 1111 1111", why: "blanks" },
      { text: "4111-1111-1111-1111", why: "hyphens" },
      { text: "4111.1111.1111.1111", why: "dots" },
      { text: "5555555555554444", why: "no separators" },
      { text: "4222 2222 22222", why: "the thirteen digits of an old Visa card" },
      { text: "3782 822463 10005", why: "American Express" },
      { text: "3700 0000 0000 002", why: "American Express in fours" },
      { text: "3056-930902-5904", why: "Diners Club" },
      { text: "6011000990139424", why: "Discover" },
      { text: "3530111333300000", why: "JCB" },
      { text: "4111111111111111|12|27|123", match: "4111111111111111", why: "expiry and code beside it" },
      { text: "4111111111111111:12:27:123", match: "4111111111111111", why: "the same between colons" },
      { text: "paid 12 4111 1111 1111 1111 12/27", match: "4111 1111 1111 1111", why: "other figures beside it" },
    ],
    ignores: [
      { text: "4111 1111 1111 1112", why: "the check digit is wrong" },
      { text: "4111-****-****-1111", why: "a number that is masked" },
      { text: "1514038750000", why: "a millisecond timestamp" },
      { text: "081109 213353 2313", why: "time and process id of a log line" },
      { text: "blk_6979800421545566530", why: "a block id" },
      { text: "00000000-0000-0000-0000-000000000000", why: "the nil UUID" },
      { text: "9780306406157", why: "an ISBN" },
      { text: "0.4111111111111111", why: "a fraction" },
      { text: "sha1=ab/4111111111111111", why: "a piece of a digest" },
      { text: "SE85 5292 5965 6178 9788 2763", why: "the groups of an IBAN" },
      { text: "4111 1111\n1111 1111", why: "a line break inside" },
    ],
  },
};

function isCardNumber(match: string): boolean {
  const digits = digitsOf(match);
  return passesLuhn(digits) && hasCardIssuer(digits) && !/^(\d)\1*$/.test(digits);
}
