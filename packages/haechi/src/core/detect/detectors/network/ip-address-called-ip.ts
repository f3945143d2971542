import type { Detector } from "../../detector.ts";
import { isHostAddress } from "../../numbering/public-address.ts";
import { unlessBehind } from "../../surroundings/behind-name.ts";
import { CALLED_IP, FOUR_PARTS } from "./four-parts.ts";

// An address of any network, of versions' shape too, right behind the two letters for it.
export const ipAddressCalledIp: Detector = {
  id: "ip-address-called-ip",
  entityType: "ip_address",
  confidence: 0.75,
  anchor: { kind: "digits", run: 2, lead: 6 },
  pattern: new RegExp(`(?<![\\w.-])(?<value>${FOUR_PARTS})(?:(?![\\w.:-])|[.:](?![\\w.:]))`),
  accepts: isHostAddress,
  context: { requires: ["ip", "ips"], rejects: unlessBehind(CALLED_IP), reach: 24 },
  samples: {
    finds: [
      { text: "My IP is 192.168.0.17", match: "192.168.0.17", why: "a sentence" },
      { text: '{"ip": "10.1.2.3"}', match: "10.1.2.3", why: "a member of JSON in a text" },
      { text: "userIp=172.16.4.5", match: "172.16.4.5", why: "camel case" },
    ],
    ignores: [
      { text: "ip: 127.0.0.1", why: "loopback" },
      { text: "zip: 10.1.2.3", why: "a piece of a word" },
      { text: "ip table 10.1.2.3", why: "a word between" },
    ],
  },
};
