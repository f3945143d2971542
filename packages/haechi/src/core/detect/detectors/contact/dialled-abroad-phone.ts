import type { Detector } from "../../detector.ts";
import { internationalNumber, JOINT } from "../../numbering/calling-code.ts";
import { EXTENSION } from "../../numbering/phone-extension.ts";
import { amongFigures, anyOf, inHexDump, inPath, inUuid } from "../../surroundings/surroundings.ts";

// An international number behind the prefix that is dialled for it: 00 in most
// countries (ITU-T E.123), 011 in North America, 0011 in Australia. Only in groups:
// a run that begins with zeros is any padded number.
export const dialledAbroadPhone: Detector = {
  id: "dialled-abroad-phone",
  entityType: "phone",
  confidence: 0.75,
  anchor: { kind: "digits", run: 2, lead: 1 },
  pattern: new RegExp(`(?<![\\w.+-])\\(?(?:00|011|0011)[ -]?${internationalNumber(JOINT)}${EXTENSION}(?![\\w-])`, "i"),
  // Bytes in hexadecimal come in pairs, code points and account
  // numbers in fours.
  accepts: (match) => !/^00(?: \d\d)+$/.test(match) && !/^0\d{3}(?:[ -]\d{4}){2}$|^0\d{3}(?: 0\d{3})+$/.test(match),
  context: { rejects: anyOf(inHexDump, inUuid, inPath, amongFigures), reach: 40 },
  samples: {
    finds: [
      { text: "001-581-896-0013x3890", why: "North America, an extension" },
      { text: "0049 30 1234567", why: "Germany" },
      { text: "011 44 20 7946 0958", why: "dialled in North America" },
    ],
    ignores: [
      { text: "0049301234567", why: "a run that begins with zeros" },
      { text: "00 31 32 33 34 35 36 37 38", why: "bytes in hexadecimal" },
      { text: "0065 0302 0304", why: "code points" },
      { text: "2024-001-581-896-0013", why: "a piece of a longer number" },
    ],
  },
};
