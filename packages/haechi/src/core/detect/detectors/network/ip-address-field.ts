import type { Detector } from "../../detector.ts";
import { isHostAddress } from "../../numbering/public-address.ts";

const NAMES = [
  ..."ip addresses,ip_addresses,ip address,ip-address,ip_address,ipaddress,ip addr,ip_addr,ipaddr,ipv4,ipv6,client ip,client_ip,clientip".split(
    ",",
  ),
  ..."source ip,src_ip,source_ip,remote ip,remote_ip,remote_addr,remoteaddr,user ip,user_ip,my ip,last_ip,login_ip".split(
    ",",
  ),
  ..."x-forwarded-for,x-real-ip,아이피,ip 주소,ip주소,ipアドレス,ip地址,adresse ip,dirección ip,ip-adresse".split(","),
];

// An address of any network, of versions' shape too, right behind what names it.
export const ipAddressField: Detector = {
  id: "ip-address-field",
  entityType: "ip_address",
  confidence: 0.75,
  anchor: { kind: "keyed", names: NAMES, reach: 24, memberValue: /[\da-f.:]{7,39}/i },
  pattern: new RegExp(
    `(?:(?<![a-z])|(?-i:(?<=[a-z])(?=[A-Z])))(?:${NAMES.join("|")})\\\\{0,3}["'\`]?(?:[ \\t]{0,3}[:=：][ \\t]{0,3}|[ \\t]{1,2}(?:is |was |of |from )?|는 |은 )\\\\{0,3}["'\`\\[]?(?<value>\\d{1,3}(?:\\.\\d{1,3}){3}|[\\da-f]{0,4}(?::[\\da-f]{0,4}){2,7})(?:(?![\\w.:-])|[.:](?![\\w.:]))`,
    "i",
  ),
  accepts: isHostAddress,
  samples: {
    finds: [
      { text: "My IP address is 192.168.0.17", match: "192.168.0.17", why: "a sentence" },
      { text: '{"client_ip": "10.1.2.3"}', match: "10.1.2.3", why: "a member of JSON in a text" },
      { text: "IP address: 8.8.8.8.", match: "8.8.8.8", why: "low numbers" },
      { text: "X-Forwarded-For: fd12:3456:789a::1", match: "fd12:3456:789a::1", why: "a header" },
    ],
    ignores: [
      { text: "client ip: 127.0.0.1", why: "loopback" },
      { text: "ip address 0.0.0.0", why: "unspecified" },
      { text: "ship address: 8.8.8.8", why: "a piece of a word" },
    ],
  },
};
