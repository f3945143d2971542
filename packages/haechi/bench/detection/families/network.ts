import type { Family } from "../family.ts";
import { between, made, pick, type Random } from "../random-text.ts";

const common = {
  spoil: null,
  labels: ["IP", "IP address", "client ip", "아이피", "IP-Adresse", "adresse IP"],
  keys: ["ip", "ip_address", "client_ip", "remote_addr"],
} as const;

export const network: readonly Family[] = [
  {
    ...common,
    type: "ip_address",
    name: "IPv4",
    make: ipv4,
    strong: [""],
    sentences: [
      "The request came from {} at noon.",
      "ssh root@{}",
      "{}:8080",
      "http://{}/login",
      '{} - - [05/Mar/2024:10:11:12 +0000] "GET / HTTP/1.1" 200 512',
      "접속 IP는 {} 입니다",
    ],
    also: ["email"],
  },
  {
    ...common,
    type: "ip_address",
    name: "IPv6",
    make: (random) =>
      made(random, `2${pick(random, ["001", "a02", "607", "400"])}:{h:4}:{h:4}:{h:4}:{h:4}:{h:4}:{h:4}:{h:4}`),
    strong: [""],
    sentences: ["[{}]:443", "The host answers at {}."],
  },
  {
    ...common,
    type: "ip_address",
    name: "IPv6, short",
    make: (random) => made(random, `2a02:{h:3}:{h:4}::{h:1-4}`),
    strong: [""],
    sentences: ["http://[{}]/", "Blocked {} after 5 attempts."],
  },
  ...[
    "{h:2}:{h:2}:{h:2}:{h:2}:{h:2}:{h:2}",
    "{H:2}-{H:2}-{H:2}-{H:2}-{H:2}-{H:2}",
    "{H:2}:{H:2}:{H:2}:{H:2}:{H:2}:{H:2}",
    "{h:4}.{h:4}.{h:4}",
  ].map(
    (template): Family => ({
      type: "mac_address",
      name: `MAC ${template.replaceAll(/\{[hH]:(\d)\}/g, (_, n) => "f".repeat(Number(n)))}`,
      make: (random) => made(random, template),
      strong: [""],
      labels: ["MAC", "MAC address", "hwaddr", "HWaddr", "ether", "MAC-Adresse"],
      keys: ["mac", "mac_address", "hw_address"],
      sentences: ["The printer's MAC address is {}.", "eth0 Link encap:Ethernet HWaddr {}"],
      also: ["ip_address"],
      spoil: null,
    }),
  ),
  {
    type: "coordinates",
    name: "coordinates, decimal pair",
    make: (random) => `${decimal(random, 60)}, ${decimal(random, 170)}`,
    weak: [""],
    labels: ["Coordinates", "GPS", "location", "lat/lon", "좌표", "Koordinaten", "geo"],
    keys: ["coordinates", "gps", "location", "lat_lng"],
    sentences: ["I live at GPS coordinates {}.", "https://maps.google.com/?q={}"],
    spoil: null,
  },
  {
    type: "coordinates",
    name: "coordinates, degrees",
    make: (random) =>
      `${between(random, 1, 60)}°${between(random, 10, 59)}'${between(random, 10, 59)}.${random(10)}"${pick(random, ["N", "S"])} ${between(random, 1, 170)}°${between(random, 10, 59)}'${between(random, 10, 59)}.${random(10)}"${pick(random, ["E", "W"])}`,
    strong: [""],
    labels: ["Coordinates", "GPS", "position"],
    keys: ["gps"],
    sentences: ["The house stands at {}."],
    spoil: null,
  },
];

/** A public address. */
function ipv4(random: Random): string {
  const first = pick(random, [8, 23, 45, 52, 81, 93, 104, 121, 142, 178, 185, 203, 211]);
  return [first, between(random, 4, 250), between(random, 1, 250), between(random, 1, 254)].join(".");
}

function decimal(random: Random, bound: number): string {
  return `${pick(random, ["", "-"])}${between(random, 1, bound)}.${made(random, "{d:4-6}")}`;
}
