import type { Detector } from "../../detector.ts";
import { inTechnicalNumber } from "../../surroundings/surroundings.ts";
import { PHONE_LABELS } from "./phone-labels.ts";

// A bare run of digits beside a word for phone numbers, or a number of JSON whose
// key is one.
export const labelledPhoneRun: Detector = {
  id: "labelled-phone-run",
  entityType: "phone",
  confidence: 0.6,
  anchor: { kind: "digits", run: 9 },
  pattern: /(?<![\w.+-])\d{9,13}(?![\w-])/,
  // Ten or thirteen digits from 13… on are seconds or milliseconds since 1970.
  accepts: (match) => !/^1[3-9]\d{8}(?:\d{3})?$/.test(match),
  context: {
    requires: [...PHONE_LABELS, "dial", "contactNumber", "contact_number"],
    rejects: inTechnicalNumber,
    reach: 16,
  },
  samples: {
    finds: [
      { text: "4155552671 (mobile)", match: "4155552671", why: "the label behind it" },
      { text: "cell or home 4155552671", match: "4155552671", why: "a word between" },
    ],
    ignores: [
      { text: "4155552671", why: "no label" },
      { text: "mobile sync at 1514038750000", why: "milliseconds since 1970" },
      { text: "phone 12345678", why: "too short" },
    ],
  },
};
