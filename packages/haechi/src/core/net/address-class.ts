import { type AddressBlock, type IpAddress, isInBlock, parseAddressBlock, parseIpAddress } from "./ip-address.ts";

export type AddressClass =
  | "loopback"
  | "private"
  | "link-local"
  | "unspecified"
  | "multicast"
  /** Shared, documentation, benchmarking, translation, deprecated or unassigned: nothing to connect to. */
  | "reserved"
  | "public";

/**
 * What an address is for, by the IANA special-purpose registries. An IPv4-mapped
 * address is what its IPv4 address is. Forms through which a relay or translator
 * out of our sight would forward to IPv4 are reserved whatever is in them.
 */
export function classifyAddress(address: IpAddress): AddressClass {
  if (isInBlock(address, IPV4_MAPPED)) return classifyAddress({ bits: 32, value: address.value & 0xffff_ffffn });
  const special = SPECIAL_BLOCKS.find(({ block }) => isInBlock(address, block));
  if (special !== undefined) return special.addressClass;
  // Of IPv6, only this block is assigned for global unicast (RFC 3587 §3).
  return address.bits === 32 || isInBlock(address, GLOBAL_UNICAST) ? "public" : "reserved";
}

/** True for an IP address, bare or in brackets, that is anything but public. A name is not an address: false. */
export function isBlockedAddress(host: string): boolean {
  const address = parseIpAddress(host);
  return address !== null && classifyAddress(address) !== "public";
}

/** True for `localhost` and every spelling of a loopback address. */
export function isLoopbackHost(host: string): boolean {
  if (host.toLowerCase() === "localhost") return true;
  const address = parseIpAddress(host);
  return address !== null && classifyAddress(address) === "loopback";
}

/** True for this machine and for addresses of a private network. */
export function isPrivateHost(host: string): boolean {
  if (isLoopbackHost(host)) return true;
  const address = parseIpAddress(host);
  return address !== null && classifyAddress(address) === "private";
}

/**
 * Which addresses an upstream may have. `any` is what an operator may run one on; a name then still must not
 * lead to the metadata service of a cloud, to everybody at once or to nowhere.
 */
export const ADDRESS_RULES = {
  any: ["loopback", "private", "reserved", "public"],
  public: ["public"],
  private: ["loopback", "private"],
} as const satisfies Record<string, readonly AddressClass[]>;

export type AddressRule = keyof typeof ADDRESS_RULES;

/** True for an address that the rule allows; false for what is no address. */
export function allowsAddress(rule: AddressRule, text: string): boolean {
  const address = parseIpAddress(text);
  const allowed: readonly AddressClass[] = ADDRESS_RULES[rule];
  return address !== null && allowed.includes(classifyAddress(address));
}

interface SpecialBlock {
  readonly block: AddressBlock;
  readonly addressClass: AddressClass;
}

// IANA IPv4 and IPv6 Special-Purpose Address Registries, and the multicast and
// reserved blocks of the address space registries. The first that holds decides.
const SPECIAL_BLOCKS: readonly SpecialBlock[] = (
  [
    ["0.0.0.0/8", "unspecified"], // this network, RFC 791 §3.2
    ["10.0.0.0/8", "private"], // RFC 1918
    ["100.64.0.0/10", "reserved"], // shared address space, RFC 6598
    ["127.0.0.0/8", "loopback"], // RFC 1122 §3.2.1.3
    ["169.254.0.0/16", "link-local"], // RFC 3927; cloud metadata services
    ["172.16.0.0/12", "private"], // RFC 1918
    ["192.0.0.0/24", "reserved"], // IETF protocol assignments, RFC 6890 §2.1
    ["192.0.2.0/24", "reserved"], // documentation, RFC 5737
    ["192.88.99.0/24", "reserved"], // deprecated 6to4 relay anycast, RFC 7526
    ["192.168.0.0/16", "private"], // RFC 1918
    ["198.18.0.0/15", "reserved"], // benchmarking, RFC 2544
    ["198.51.100.0/24", "reserved"], // documentation, RFC 5737
    ["203.0.113.0/24", "reserved"], // documentation, RFC 5737
    ["224.0.0.0/4", "multicast"], // RFC 1112 §4
    ["240.0.0.0/4", "reserved"], // RFC 1112 §4, with the limited broadcast of RFC 919
    ["::/128", "unspecified"], // RFC 4291 §2.5.2
    ["::1/128", "loopback"], // RFC 4291 §2.5.3
    ["::/96", "reserved"], // IPv4-compatible, deprecated, RFC 4291 §2.5.5.1
    ["::ffff:0:0:0/96", "reserved"], // IPv4-translated, RFC 2765 §2.1
    ["64:ff9b::/96", "reserved"], // NAT64, RFC 6052
    ["64:ff9b:1::/48", "reserved"], // local NAT64, RFC 8215
    ["100::/64", "reserved"], // discard-only, RFC 6666
    ["2001::/23", "reserved"], // IETF protocol assignments, RFC 2928: Teredo, benchmarking, ORCHID, anycast services
    ["2001:db8::/32", "reserved"], // documentation, RFC 3849
    ["2002::/16", "reserved"], // 6to4, RFC 3056
    ["3fff::/20", "reserved"], // documentation, RFC 9637
    ["5f00::/16", "reserved"], // segment routing, RFC 9602
    ["fc00::/7", "private"], // unique local, RFC 4193
    ["fe80::/10", "link-local"], // RFC 4291 §2.5.6
    ["fec0::/10", "private"], // deprecated site-local, RFC 3879
    ["ff00::/8", "multicast"], // RFC 4291 §2.7
  ] as const
).map(([block, addressClass]) => ({ block: parseAddressBlock(block), addressClass }));

const IPV4_MAPPED = parseAddressBlock("::ffff:0:0/96"); // RFC 4291 §2.5.5.2

const GLOBAL_UNICAST = parseAddressBlock("2000::/3");
