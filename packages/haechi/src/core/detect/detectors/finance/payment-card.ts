import { passesLuhn } from "../../checksums/luhn.ts";
import type { Detector } from "../../detector.ts";
import { grouped } from "../../grouped.ts";
import { hasCardIssuer } from "../../numbering/card-issuer.ts";
import { digitsOf } from "../../numbering/digits-of.ts";

const SEPARATORS = [" ", "-", ".", "/"];

// ISO/IEC 7812-1: 13 to 19 digits, issuer range first, Luhn check digit last;
// embossed as 4-4-4-4 (and three more), 4-6-5 or 4-6-4.
export const paymentCard: Detector = {
  id: "card-like",
  entityType: "card",
  confidence: 0.75,
  anchor: { kind: "digits", run: 4 },
  pattern: new RegExp(
    `(?<![\\w.-])(?:\\d{13,19}|${[
      grouped(["\\d{4}", "\\d{4}", "\\d{4}", "\\d{4}", "\\d{3}"], SEPARATORS),
      grouped(["\\d{4}", "\\d{4}", "\\d{4}", "\\d{4}"], SEPARATORS),
      grouped(["\\d{4}", "\\d{6}", "\\d{4,5}"], SEPARATORS),
    ].join("|")})(?![\\w-])`,
  ),
  accepts: (match) => {
    const digits = digitsOf(match);
    return passesLuhn(digits) && hasCardIssuer(digits);
  },
  samples: {
    finds: [
      { text: "4111 1111 1111 1111", why: "blanks" },
      { text: "4111-1111-1111-1111", why: "hyphens" },
      { text: "4111.1111.1111.1111", why: "dots" },
      { text: "5555555555554444", why: "no separators" },
      { text: "4222222222222", why: "the thirteen digits of an old Visa card" },
      { text: "3782 822463 10005", why: "American Express" },
      { text: "3056-930902-5904", why: "Diners Club" },
      { text: "6011000990139424", why: "Discover" },
      { text: "3530111333300000", why: "JCB" },
      { text: "paid 12 4111 1111 1111 1111 12/27", match: "4111 1111 1111 1111", why: "other figures beside it" },
    ],
    ignores: [
      { text: "4111 1111 1111 1112", why: "the check digit is wrong" },
      { text: "1514038750000", why: "a millisecond timestamp" },
      { text: "081109 213353 2313", why: "time and process id of a log line" },
      { text: "blk_6979800421545566530", why: "a block id" },
      { text: "00000000-0000-0000-0000-000000000000", why: "the nil UUID" },
      { text: "9780306406157", why: "an ISBN" },
      { text: "0.4111111111111111", why: "a fraction" },
      { text: "4111 1111\n1111 1111", why: "a line break inside" },
    ],
  },
};
