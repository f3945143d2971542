import type { Detector } from "../../detector.ts";

// Settings of routers and switches: a password behind the number of its encoding, the
// community that SNMP is asked with.
export const networkDevicePassword: Detector = {
  id: "network-device-password",
  entityType: "secret",
  confidence: 0.85,
  anchor: {
    kind: "keyed",
    names: ["password", "secret", "key", "key-string", "md5", "snmp-server community", "snmp community"],
    reach: 12,
    memberValue: /[\dA-F]{8,80}/,
  },
  pattern:
    /(?:(?:password|secret|key|key-string|md5) (?:0|5|6|7|8|9|sha256|sha512|encrypted) (?<value>[!#-&(-;=?-~]{6,160})|snmp(?:-server)? community (?<value>[!#-&(-;=?-~]{6,64}) (?:RO|RW|ro|rw|view|authorization))(?![^\s"'])/,
  accepts: (match) => /^[\dA-F]{8,80}$/i.test(match) || (/\d/.test(match) && /[A-Za-z]/.test(match)),
  samples: {
    finds: [
      { text: "username jane password 7 094F471A1A0A1411", match: "094F471A1A0A1411", why: "encoded" },
      {
        text: "enable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0",
        match: "$1$mERr$hx5rVt7rPNoS4wqbXKX7m0",
        why: "a hash",
      },
      { text: "snmp-server community aB3dE6gH RO", match: "aB3dE6gH", why: "a community" },
    ],
    ignores: [
      { text: "the password 7 characters long", why: "prose" },
      { text: "password 8 digits", why: "prose" },
      { text: "snmp-server community public RO", why: "the default" },
    ],
  },
};
