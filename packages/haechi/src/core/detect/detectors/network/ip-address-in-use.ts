import type { Detector } from "../../detector.ts";
import { isPublicAddress } from "../../numbering/public-address.ts";
import { unlessBehind } from "../../surroundings/behind-name.ts";
import { anyOf } from "../../surroundings/surroundings.ts";
import { CALLED_IP, FOUR_PARTS, FOUR_SINGLE_DIGITS, TWO_IN_THE_MIDDLE } from "./four-parts.ts";

const USES =
  "ping,host,server,dns,nameserver,resolver,from,to,ssh,telnet,traceroute,whois,http,https,client,addr".split(",");
const IN_USE = `(?<![\\w.-])(?:${USES.join("|")})(?: ?[:=] ?|[ ]|[:]//)["'\`]?`;

const common = {
  entityType: "ip_address",
  confidence: 0.65,
  accepts: isPublicAddress,
} as const;
const isElsewhere = anyOf(unlessBehind(`${IN_USE}|${CALLED_IP}`), inUpgrade);
const REACH = 40;

// A public address with low numbers, which elsewhere would be a version, behind a
// word for what is done with addresses.
export const ipAddressInUse: Detector = {
  ...common,
  id: "ip-address-in-use",
  anchor: { kind: "digits", run: 2, lead: 6 },
  pattern: new RegExp(`(?<![\\w.-])(?<value>${FOUR_PARTS})(?:(?![\\w.-])|\\.(?!\\w))`),
  context: { rejects: isElsewhere, reach: REACH },
  samples: {
    finds: [
      { text: "ping 4.22.8.8", match: "4.22.8.8", why: "a command" },
      { text: "Failed password from 1.2.3.40 port 22", match: "1.2.3.40", why: "a log" },
      { text: "https://12.1.1.1/dns-query", match: "12.1.1.1", why: "the host of a URL" },
    ],
    ignores: [
      { text: "upgrade from 2.4.1.55 to 2.4.2.10", why: "versions" },
      { text: "ping 127.0.0.1", why: "loopback" },
      { text: "auto 8.8.8.80", why: "a piece of a word" },
    ],
  },
};

// The same where each part is a single digit, as resolvers have it.
export const ipAddressOfDigitsInUse: Detector = {
  ...common,
  id: "ip-address-of-digits-in-use",
  anchor: { kind: "literal", literals: TWO_IN_THE_MIDDLE, lead: 1 },
  pattern: new RegExp(`(?<![\\w.-])(?<value>${FOUR_SINGLE_DIGITS})(?:(?![\\w.-])|\\.(?!\\w))`),
  context: { requires: [...USES, "ip", "ips"], rejects: isElsewhere, reach: REACH },
  samples: {
    finds: [
      { text: "ping 8.8.8.8", match: "8.8.8.8", why: "a command" },
      { text: "Failed password from 1.2.3.4 port 22", match: "1.2.3.4", why: "a log" },
      { text: "https://1.1.1.1/dns-query", match: "1.1.1.1", why: "the host of a URL" },
      { text: "my IP is 9.9.9.9.", match: "9.9.9.9", why: "a sentence" },
    ],
    ignores: [
      { text: "upgrade from 2.4.1.5 to 2.4.2.1", why: "versions" },
      { text: "auto 8.8.8.8", why: "a piece of a word" },
      { text: "to 1.2.3.4.5", why: "five parts" },
    ],
  },
};

/** An upgrade goes from one version to another. */
function inUpgrade(before: string): boolean {
  return /(?:version|updat|upgrad|releas|migrat|chang|bump)[^\n]*$/i.test(before);
}
