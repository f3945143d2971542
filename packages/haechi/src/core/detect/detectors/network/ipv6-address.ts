import type { Detector } from "../../detector.ts";
import { isPublicAddress } from "../../numbering/public-address.ts";

/** What the regional registries assign from (IANA, IPv6 global unicast), and documentation (RFC 3849). */
const FIRST_GROUPS = [
  ..."2001,2002,2003,2620".split(","),
  ..."240,241,260,261,263,264,265,280,281,2a0,2a1,2a2,2c0"
    .split(",")
    .flatMap((prefix) => Array.from("0123456789abcdef", (digit) => prefix + digit)),
];

// A global unicast address (RFC 4291 §2.2), by the first group that the registries assign.
export const ipv6Address: Detector = {
  id: "ipv6-address",
  entityType: "ip_address",
  confidence: 0.8,
  anchor: { kind: "literal", literals: FIRST_GROUPS.map((group) => `${group}:`), ignoreCase: true },
  pattern: new RegExp(
    `(?<![\\w:.-])(?<value>(?:${FIRST_GROUPS.join("|")})(?::[\\da-f]{0,4}){2,7}(?:\\/\\d{1,3})?)(?:(?![\\w.:-])|[.:](?![\\da-f.:]))`,
    "i",
  ),
  accepts: (match) => {
    const [address = "", length = "128"] = match.split("/");
    // Shorter prefixes name a registry or a provider and not a subscriber.
    return isPublicAddress(address) && Number(length) >= 48 && Number(length) <= 128;
  },
  samples: {
    finds: [
      { text: "2001:db8::1", why: "documentation" },
      { text: "[2a00:1450:4009:80b::200e]:443", match: "2a00:1450:4009:80b::200e", why: "in brackets, with a port" },
      { text: "2001:0db8:85a3:0000:0000:8a2e:0370:7334", why: "in full" },
      { text: "route 2001:DB8:A::/48", match: "2001:DB8:A::/48", why: "a block, capitals" },
    ],
    ignores: [
      { text: "2001:10:02 12:30", why: "a date" },
      { text: "2001:10::/28", why: "the block of a registry" },
      { text: "2001:db8", why: "two groups" },
      { text: "2001:db8:1:2:3", why: "too few groups" },
    ],
  },
};
