import { passesLuhn } from "../../checksums/luhn.ts";
import type { Detector } from "../../detector.ts";
import { hasCardIssuer } from "../../numbering/card-issuer.ts";
import { otherNumberWords } from "../../numbering/other-numbers.ts";
import { standing } from "../../surroundings/edges.ts";
import { amongFigures, anyOf, inTechnicalNumber } from "../../surroundings/surroundings.ts";

// Card numbers of 13 and of 19 digits without separators: few cards have them, and
// article numbers, ids of databases and hashes of 64 bits do. Those of 17 and 18 need
// a label.
export const unusualLengthCard: Detector = {
  id: "card-unusual-length",
  entityType: "card",
  confidence: 0.7,
  anchor: { kind: "digits", run: 13, lead: 1 },
  pattern: new RegExp(standing("(?:\\d{13}|\\d{19})")),
  accepts: (match) => passesLuhn(match) && hasCardIssuer(match),
  context: {
    forbids: [...otherNumberWords, "id", "ids", "uid", "guid", "hash", "seed", "key", "block", "status", "time", "ns"],
    rejects: anyOf(inTechnicalNumber, amongFigures, amongLongNumbers),
    reach: 24,
  },
  samples: {
    finds: [
      { text: "4222222222222", why: "an old Visa card" },
      { text: "paid with 6205500000000000004.", match: "6205500000000000004", why: "UnionPay" },
      { text: "6799990100000000019", why: "Maestro" },
    ],
    ignores: [
      { text: "4222222222223", why: "the check digit is wrong" },
      { text: "user id 6205500000000000004", why: "called something else" },
      { text: "EAN 4222222222222", why: "an article number" },
      { text: "/status/6205500000000000004", why: "a path" },
      { text: "x = -4304087667751778808", why: "a negative number" },
      { text: "4234737173186232084, 5027558287275472836", why: "a list of 64-bit numbers" },
      { text: "1514038750000", why: "a millisecond timestamp" },
    ],
  },
};

/** A negative number, or one in a list of numbers of 64 bits. */
function amongLongNumbers(before: string, after: string): boolean {
  return /[-=:,;([\s]-$/.test(before) || /\d{17}[,;]?\s{0,4}$/.test(before) || /^[,;]?\s{0,4}-?\d{17}/.test(after);
}
