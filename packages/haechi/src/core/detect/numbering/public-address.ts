import { type AddressBlock, isInBlock, parseAddressBlock, parseIpAddress } from "../../net/ip-address.ts";

// The ranges of documentation (RFC 5737, RFC 3849) stand for public addresses.
const NOT_PUBLIC: readonly AddressBlock[] =
  // IPv4 (RFC 6890): unspecified, private, shared, loopback, link-local, multicast, reserved.
  (
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 224.0.0.0/3 " +
    // IPv6: all but global unicast (RFC 4291 §2.4), of the rest only what embeds IPv4.
    "::/96 fc00::/7 fe80::/10 ff00::/8"
  )
    .split(" ")
    .map(parseAddressBlock);

/** True when the text is an IP address that can be told apart from others of the Internet. */
export function isPublicAddress(text: string): boolean {
  const address = parseIpAddress(text);
  return address !== null && !NOT_PUBLIC.some((block) => isInBlock(address, block));
}

/** True when the text is an IP address of one host, private networks included. */
export function isHostAddress(text: string): boolean {
  const address = parseIpAddress(text);
  return address !== null && !NO_HOST.some((block) => isInBlock(address, block));
}

const NO_HOST: readonly AddressBlock[] = "0.0.0.0/8 127.0.0.0/8 224.0.0.0/3 ::/127 ff00::/8"
  .split(" ")
  .map(parseAddressBlock);
