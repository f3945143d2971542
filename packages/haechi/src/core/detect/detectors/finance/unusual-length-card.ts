import { passesLuhn } from "../../checksums/luhn.ts";
import type { Detector } from "../../detector.ts";
import { standing } from "../../edges.ts";
import { hasCardIssuer } from "../../numbering/card-issuer.ts";
import { otherNumberWords } from "../../numbering/other-numbers.ts";
import { amongFigures, anyOf, inTechnicalNumber } from "../../surroundings.ts";

// Card numbers of 13 and of 17 to 19 digits without separators: few cards have them,
// and article numbers, ids of databases and hashes of 64 bits do.
export const unusualLengthCard: Detector = {
  id: "card-unusual-length",
  entityType: "card",
  confidence: 0.7,
  anchor: { kind: "digits", run: 13, lead: 1 },
  pattern: new RegExp(standing("(?:\\d{13}|\\d{17,19})")),
  accepts: (match) => passesLuhn(match) && hasCardIssuer(match),
  context: {
    forbids: [...otherNumberWords, "id", "ids", "uid", "guid", "hash", "seed", "key", "block", "status", "time", "ns"],
    rejects: anyOf(inTechnicalNumber, amongFigures),
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
      { text: "1514038750000", why: "a millisecond timestamp" },
    ],
  },
};
