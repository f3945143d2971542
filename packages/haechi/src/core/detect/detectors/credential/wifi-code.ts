import type { Detector } from "../../detector.ts";
import { standsForSecret } from "../../secrets/secret-placeholder.ts";

// The text in the QR code of a wireless network: `WIFI:T:WPA;S:name;P:password;;`.
export const wifiCode: Detector = {
  id: "wifi-code",
  entityType: "secret",
  confidence: 0.9,
  anchor: { kind: "literal", literals: ["WIFI:"] },
  pattern: /(?<!\w)WIFI:(?:[A-OQ-Z]:[ -:<-~\u00a1-\uffff]{0,64};){0,5}P:(?<value>[ -:<-~]{8,63});/,
  accepts: (match) => !standsForSecret(match),
  samples: {
    finds: [{ text: "WIFI:T:WPA;S:Home;P:aB3dE6gH!x;;", match: "aB3dE6gH!x", why: "a network" }],
    ignores: [
      { text: "WIFI:T:nopass;S:Cafe;;", why: "no password" },
      { text: "WIFI:T:WPA;S:Home;P:<password>;;", why: "a blank to fill in" },
    ],
  },
};
