import type { Detector } from "../../detector.ts";
import { grouped } from "../../surroundings/grouped.ts";

// IEEE 802 MAC addresses: six octets by colons or hyphens, or three groups by dots.
// Not a piece of a fingerprint, which has more octets.
export const macAddress: Detector = {
  id: "mac-address",
  entityType: "mac_address",
  confidence: 0.8,
  anchor: { kind: "digits", run: 2, lead: 15 },
  pattern: new RegExp(
    `(?<![\\w:.-])(?<value>${grouped(Array<string>(6).fill("[\\da-f]{2}"), [":", "-"])}|[\\da-f]{4}\\.[\\da-f]{4}\\.[\\da-f]{4})(?:(?![\\w.:-])|[.:](?![\\da-f]))`,
    "i",
  ),
  // Nearly all have two digits side by side, which is what the anchor goes by.
  // Digits alone with hyphens or dots are a date and time, or a decimal figure.
  accepts: (match) =>
    /\d\d/.test(match) && /[a-f]|^\d\d:/i.test(match) && !/^(?:00[:-]?){5}|^(?:ff[:-]?){5}/i.test(match),
  samples: {
    finds: [
      { text: "00:1A:2B:3C:4D:5E", why: "colons" },
      { text: "ether 02-42-ac-11-00-02 up", match: "02-42-ac-11-00-02", why: "hyphens" },
      { text: "001a.2b3c.4d5e", why: "the form of Cisco" },
      { text: "00:11:22:33:44:55", why: "no letters" },
    ],
    ignores: [
      { text: "00:00:00:00:00:00 ff:ff:ff:ff:ff:ff", why: "none and all" },
      { text: "SHA256 00:1A:2B:3C:4D:5E:6F:70:81", why: "a fingerprint" },
      { text: "20-11-05-12-30-45", why: "a date and a time" },
      { text: "1234.5678.9012", why: "figures" },
    ],
  },
};
