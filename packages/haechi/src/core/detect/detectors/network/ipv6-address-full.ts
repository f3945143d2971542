import type { Detector } from "../../detector.ts";
import { isPublicAddress } from "../../numbering/public-address.ts";

/** A group with three digits side by side: of the first two groups, one nearly always has them. */
const NUMERIC = "(?:\\d{3,4}|[\\da-f]\\d{3}|\\d{3}[\\da-f])";

// Any address in all of its eight groups (RFC 4291 §2.2). Eight pairs are the name
// of a device (EUI-64, WWN) instead.
export const ipv6AddressFull: Detector = {
  id: "ipv6-address-full",
  entityType: "ip_address",
  confidence: 0.75,
  anchor: { kind: "digits", run: 3, lead: 6 },
  pattern: new RegExp(
    `(?<![\\w:.-])(?<value>(?:[\\da-f]{1,4}:${NUMERIC}|${NUMERIC}:[\\da-f]{1,4})(?::[\\da-f]{1,4}){6})(?:(?![\\w.:-])|[.:](?![\\da-f.:]))`,
    "i",
  ),
  accepts: (match) => isPublicAddress(match) && !/^[\da-f]{2}(?::[\da-f]{2}){7}$/i.test(match),
  samples: {
    finds: [{ text: "684D:1111:222:3333:4444:5555:6:77", why: "outside of what is assigned today" }],
    ignores: [
      { text: "500:06:01:60:3b:20:1d", why: "seven groups" },
      { text: "fe80:0:0:0:200:5aee:feaa:20a2", why: "link-local" },
      { text: "12:34:56:78:123:1:2:3:4", why: "nine groups" },
    ],
  },
};
