import type { Detector } from "../../detector.ts";
import { isPublicAddress } from "../../numbering/public-address.ts";

const NAMES =
  "ping,host,server,dns,nameserver,resolver,from,to,ssh,telnet,traceroute,whois,http,https,client,addr".split(",");

// A public address with low numbers, which elsewhere would be a version, behind a
// word for what is done with addresses.
export const ipAddressInUse: Detector = {
  id: "ip-address-in-use",
  entityType: "ip_address",
  confidence: 0.65,
  anchor: { kind: "keyed", names: NAMES, reach: 6, memberValue: /\d{1,3}(?:\.\d{1,3}){3}/ },
  pattern: new RegExp(
    `(?<![\\w.-])(?:${NAMES.join("|")})(?: ?[:=] ?|[ ]|[:]//)["'\`]?(?<value>\\d{1,3}(?:\\.\\d{1,3}){3})(?:(?![\\w.-])|\\.(?!\\w))`,
    "i",
  ),
  accepts: isPublicAddress,
  // An upgrade goes from one version to another.
  context: { rejects: (before) => /(?:version|updat|upgrad|releas|migrat|chang|bump)[^\n]*$/i.test(before), reach: 40 },
  samples: {
    finds: [
      { text: "ping 8.8.8.8", match: "8.8.8.8", why: "a command" },
      { text: "Failed password from 1.2.3.4 port 22", match: "1.2.3.4", why: "a log" },
      { text: "https://1.1.1.1/dns-query", match: "1.1.1.1", why: "the host of a URL" },
    ],
    ignores: [
      { text: "upgrade from 2.4.1.5 to 2.4.2.1", why: "versions" },
      { text: "ping 127.0.0.1", why: "loopback" },
      { text: "auto 8.8.8.8", why: "a piece of a word" },
    ],
  },
};
