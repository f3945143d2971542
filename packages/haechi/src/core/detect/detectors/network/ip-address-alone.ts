import type { Detector } from "../../detector.ts";
import { isHostAddress } from "../../numbering/public-address.ts";
import { standingAlone } from "../../surroundings/edges.ts";
import { FOUR_PARTS } from "./four-parts.ts";

// Words such as `Ea::` are addresses too.
const BEGINS_WITH_DIGITS = /^.{0,6}\d{2}/;

// An address of any network that is the whole of a text: an answer, a cell, a member.
export const ipAddressAlone: Detector = {
  id: "ip-address-alone",
  entityType: "ip_address",
  confidence: 0.6,
  anchor: { kind: "digits", run: 2, lead: 6 },
  pattern: new RegExp(standingAlone(`(?:[\\da-fA-F]{1,4}(?::[\\da-fA-F]{0,4}){2,7}|${FOUR_PARTS})`)),
  accepts: (match) => BEGINS_WITH_DIGITS.test(match) && isHostAddress(match),
  samples: {
    finds: [
      { text: "192.168.1.10", why: "a private network" },
      { text: "fe80::1ff:fe23:4567:890a", why: "a link-local address of IPv6" },
    ],
    ignores: [
      { text: "use 192.168.1.10", why: "inside a text" },
      { text: "127.0.0.1", why: "loopback" },
    ],
  },
};
