import { passesLuhn } from "../../checksums/luhn.ts";
import type { Detector } from "../../detector.ts";
import { digitsOf } from "../../numbering/digits-of.ts";

// Numbers of phones and SIM cards where a text calls them so: IMEI (15 digits, Luhn),
// IMEISV (16), IMSI (ITU-T E.212, 14 or 15), ICCID (ITU-T E.118, 89…, 18 to 20).
export const labelledDeviceNumber: Detector = {
  id: "labelled-device-number",
  entityType: "device_id",
  confidence: 0.85,
  anchor: { kind: "digits", run: 2 },
  pattern:
    /(?<![\w.-])(?:\d{14,16}|\d{2}[ -]\d{6}[ -]\d{6}(?:[ -]\d{1,2})?|\d{6}[ -]\d{2}[ -]\d{6}[ -]\d|89\d{16,18}|89(?:[ -]?\d{2,5}){3,8})(?![\w-])/,
  // An IMSI, which has no check digit, begins with the code of a country, 2xx to 7xx.
  accepts: (match) => {
    const digits = digitsOf(match);
    return digits.length !== 15 || passesLuhn(digits) || /^[2-7]/.test(digits);
  },
  context: {
    requires: ["imei", "imeis", "imeisv", "imsi", "iccid", "sim serial", "sim number", "sim card number", "단말기"],
    reach: 40,
  },
  samples: {
    finds: [
      { text: "IMEI: 490154203237518", match: "490154203237518", why: "an IMEI" },
      { text: "iccid 8949020000012345678", match: "8949020000012345678", why: "an ICCID" },
      { text: "IMSI 310150123456789", match: "310150123456789", why: "an IMSI" },
    ],
    ignores: [
      { text: "490154203237518", why: "no label" },
      { text: "imei 990154203237519", why: "the check digit is wrong" },
    ],
  },
};
