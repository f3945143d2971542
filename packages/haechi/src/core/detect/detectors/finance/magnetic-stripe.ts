import { passesLuhn } from "../../checksums/luhn.ts";
import type { Detector } from "../../detector.ts";

// The card number on the tracks of a magnetic stripe (ISO/IEC 7813): between `%B`
// and the name on the first, before the expiry date and the service code on the
// second.
export const magneticStripe: Detector = {
  id: "card-magnetic-stripe",
  entityType: "card",
  confidence: 0.95,
  anchor: { kind: "digits", run: 12, lead: 2 },
  pattern: /(?:%B(?<value>\d{12,19})\^|(?<![\w.-])(?<value>\d{12,19})[=D]\d{7})/i,
  accepts: passesLuhn,
  samples: {
    finds: [
      { text: "%B4111111111111111^DOE/JANE^2712101", match: "4111111111111111", why: "the first track" },
      { text: ";4111111111111111=27121010000012345678?", match: "4111111111111111", why: "the second track" },
      { text: "4111111111111111D27121010000012345678F", match: "4111111111111111", why: "the second track of a chip" },
    ],
    ignores: [
      { text: "%B4111111111111112^DOE/JANE^2712101", why: "the check digit is wrong" },
      { text: "x=4111111111111111=y", why: "no expiry date" },
    ],
  },
};
