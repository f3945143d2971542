import type { Detector } from "../../detector.ts";
import { NAME_BEGINS, unlessBehind } from "../../surroundings/behind-name.ts";

// Six octets undivided or with blanks, right behind the three letters for an address.
export const macAddressCalledMac: Detector = {
  id: "mac-address-called-mac",
  entityType: "mac_address",
  confidence: 0.85,
  anchor: { kind: "digits", run: 2, lead: 15 },
  pattern: /(?<![\w:.-])(?<value>[\da-f]{12}|[\da-f]{2}(?: [\da-f]{2}){5})(?![\w:-])/i,
  // Nearly all have two digits side by side, which is what the anchor goes by.
  accepts: (match) => /\d\d/.test(match) && !/^(?:00 ?){5}|^(?:ff ?){5}/i.test(match),
  context: {
    requires: ["mac", "macs"],
    rejects: unlessBehind(
      `${NAME_BEGINS}macs?\\\\{0,3}["'\`]?(?:[ \\t]{0,3}[:=：][ \\t]{0,3}|[ \\t]{1,2}(?:is )?|는 |은 )\\\\{0,3}["'\`]?`,
    ),
    reach: 24,
  },
  samples: {
    finds: [
      { text: '"mac": "001A2B3C4D5E"', match: "001A2B3C4D5E", why: "undivided" },
      { text: "MAC 00 1A 2B 3C 4D 5E", match: "00 1A 2B 3C 4D 5E", why: "blanks" },
    ],
    ignores: [
      { text: "mac: 000000000000", why: "none" },
      { text: "mac 001A2B3C4D5E6F", why: "longer" },
      { text: "hmac: 001A2B3C4D5E", why: "a piece of a word" },
    ],
  },
};
