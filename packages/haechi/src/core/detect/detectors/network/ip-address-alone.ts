import type { Detector } from "../../detector.ts";
import { standingAlone } from "../../edges.ts";
import { isHostAddress } from "../../numbering/public-address.ts";

// An IPv4 address of any network that is the whole of a text: an answer, a cell, a member.
export const ipAddressAlone: Detector = {
  id: "ip-address-alone",
  entityType: "ip_address",
  confidence: 0.6,
  anchor: { kind: "digits", run: 2, lead: 6 },
  pattern: new RegExp(
    standingAlone(
      "(?:\\d{2,3}(?:\\.\\d{1,3}){3}|\\d\\.\\d{2,3}(?:\\.\\d{1,3}){2}|\\d\\.\\d\\.(?:\\d{2,3}\\.\\d{1,3}|\\d\\.\\d{2,3}))",
    ),
  ),
  accepts: isHostAddress,
  samples: {
    finds: [{ text: "192.168.1.10", why: "a private network" }],
    ignores: [
      { text: "use 192.168.1.10", why: "inside a text" },
      { text: "127.0.0.1", why: "loopback" },
    ],
  },
};
