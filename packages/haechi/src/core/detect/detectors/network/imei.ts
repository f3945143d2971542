import { passesLuhn } from "../../checksums/luhn.ts";
import type { Detector } from "../../detector.ts";
import { digitsOf } from "../../numbering/digits-of.ts";

// International mobile equipment identity (3GPP TS 23.003 §6.2.1) in its printed
// form: type allocation code 2-6, serial number 6, Luhn check digit.
export const imei: Detector = {
  id: "imei",
  entityType: "device_id",
  confidence: 0.9,
  anchor: { kind: "digits", run: 6, lead: 3 },
  pattern: /(?<![\w.-])\d{2}[- ]\d{6}[- ]\d{6}[- ]\d(?![\w-])/,
  accepts: (match) => passesLuhn(digitsOf(match)),
  samples: {
    finds: [{ text: "49-015420-323751-8", why: "hyphens" }],
    ignores: [
      { text: "49-015420-323751-7", why: "the check digit is wrong" },
      { text: "49-015420-3237518", why: "other groups" },
    ],
  },
};
