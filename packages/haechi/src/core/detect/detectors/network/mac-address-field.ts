import type { Detector } from "../../detector.ts";
import { grouped } from "../../grouped.ts";

const NAMES = [
  ..."mac address,mac-address,mac_address,macaddress,mac addr,mac_addr,macaddr,hwaddr,bssid,physical address".split(
    ",",
  ),
  ..."mac 주소,mac주소,macアドレス,mac地址,adresse mac,dirección mac,mac-adresse,link/ether,ether,mac".split(","),
];
const OCTET = "[\\da-f]{2}";

// The same right behind what names it, undivided too.
export const macAddressField: Detector = {
  id: "mac-address-field",
  entityType: "mac_address",
  confidence: 0.85,
  anchor: { kind: "keyed", names: NAMES, reach: 20, memberValue: /[\da-f]{2}(?:[:-]?[\da-f]{2}){5}/i },
  pattern: new RegExp(
    `(?:(?<![a-z])|(?-i:(?<=[a-z])(?=[A-Z])))(?:${NAMES.join("|")})\\\\{0,3}["'\`]?(?:[ \\t]{0,3}[:=：][ \\t]{0,3}|[ \\t]{1,2}(?:is |of )?|는 |은 )\\\\{0,3}["'\`]?(?<value>${grouped(Array<string>(6).fill(OCTET), [":", "-", "", " "])})(?![\\w:-])`,
    "i",
  ),
  accepts: (match) => !/^(?:00[:-]?){5}|^(?:ff[:-]?){5}/i.test(match),
  samples: {
    finds: [
      { text: "MAC: aa:bb:cc:dd:ee:ff", match: "aa:bb:cc:dd:ee:ff", why: "no digits" },
      { text: '"mac_address": "001A2B3C4D5E"', match: "001A2B3C4D5E", why: "undivided" },
    ],
    ignores: [
      { text: "mac: 00:00:00:00:00:00", why: "none" },
      { text: "mac 001A2B3C4D5E6F", why: "longer" },
    ],
  },
};
