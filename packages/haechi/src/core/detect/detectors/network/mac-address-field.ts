import type { Detector } from "../../detector.ts";
import { grouped } from "../../surroundings/grouped.ts";

const NAMES = [
  ..."mac address,mac-address,mac_address,macaddress,mac addr,mac_addr,macaddr,hwaddr,hw_address,hwaddress,bssid,physical address".split(
    ",",
  ),
  ..."mac 주소,mac주소,macアドレス,mac地址,adresse mac,dirección mac,mac-adresse,link/ether".split(","),
];
const JOINT = "\\\\{0,3}[\"'`]?(?:[ \\t]{0,3}[:=：][ \\t]{0,3}|[ \\t]{1,2}(?:is |of )?|는 |은 )";
const OCTET = "[\\da-f]{2}";

// The same right behind what names it, undivided too, or without digits side by side.
export const macAddressField: Detector = {
  id: "mac-address-field",
  entityType: "mac_address",
  confidence: 0.85,
  anchor: {
    kind: "keyed",
    names: [...NAMES, "ether:", "mac:", "mac=", "mac =", "mac is", "mac of"],
    reach: 20,
    memberValue: /[\da-f]{2}(?:[:-]?[\da-f]{2}){5}|[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}/i,
  },
  pattern: new RegExp(
    `(?:(?<![a-z])|(?-i:(?<=[a-z])(?=[A-Z])))(?:(?:${NAMES.join("|")})${JOINT}|ether:|mac(?::|=| =)[ \\t]{0,3}|mac (?:is|of) )\\\\{0,3}["'\`]?(?<value>${grouped(Array<string>(6).fill(OCTET), [":", "-", "", " "])}|[\\da-f]{4}\\.[\\da-f]{4}\\.[\\da-f]{4})(?![\\w:-])`,
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
