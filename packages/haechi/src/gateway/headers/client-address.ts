import { type IpAddress, isInBlock, parseAddressOrBlock, parseIpAddress } from "../../core/net/ip-address.ts";
import { type HeaderList, headerValues } from "./header-list.ts";

/** Where a hop in front writes whom it has a request from. */
export type ClientAddressHeader = "x-forwarded-for" | "forwarded";

/** The hops in front of a gateway whose word counts. */
export interface HopRules {
  /** True for a peer that may say how a request reached it. */
  isTrusted(peer: string | undefined): boolean;
  /** The address that a request came from, as far as trusted hops tell. */
  clientAddress(peer: string | undefined, headers: HeaderList): string | undefined;
}

/**
 * @param hops addresses and blocks of them; null where everybody who connects may say that it is a hop, and nobody's
 *   word about addresses counts
 */
export function hopRules(hops: readonly string[] | null, header: ClientAddressHeader): HopRules {
  if (hops === null) return { isTrusted: () => true, clientAddress: (peer) => peer };
  const blocks = hops.flatMap((text) => parseAddressOrBlock(text) ?? []);
  const isTrusted = (text: string | undefined): boolean => {
    const address = text === undefined ? null : parseAddress(text);
    return address !== null && blocks.some((block) => isInBlock(address, block));
  };
  return {
    isTrusted,
    clientAddress(peer, headers) {
      let found = peer;
      // The nearest hop wrote last. What stands before the first address that is no hop's may be anything.
      const told = addressesIn(headers, header);
      while (isTrusted(found)) {
        const next = told.pop();
        if (next === undefined || parseAddress(next) === null) return found;
        found = next;
      }
      return found;
    },
  };
}

function addressesIn(headers: HeaderList, header: ClientAddressHeader): string[] {
  const elements = headerValues(headers, header).flatMap((value) => value.split(","));
  return elements.map((element) => withoutPort(header === "forwarded" ? forIn(element) : element.trim()));
}

/** What `for` says in an element of `Forwarded` (RFC 7239 §4, §6); empty when it says nothing. */
function forIn(element: string): string {
  const [, quoted, plain] = /(?:^|;)\s*for=(?:"([^"]*)"|([^\s;]*))\s*(?:;|$)/i.exec(element) ?? [];
  return quoted ?? plain ?? "";
}

/** `192.0.2.1:4711` and `[2001:db8::1]:4711` without what follows the address. */
function withoutPort(text: string): string {
  const [, bracketed, dotted] = /^(?:\[([^\]]*)\]|([\d.]+))(?::\d{1,5})?$/.exec(text) ?? [];
  return bracketed ?? dotted ?? text;
}

/** A socket for both families names IPv4 peers by addresses of IPv6 (RFC 4291 §2.5.5.2). */
function parseAddress(text: string): IpAddress | null {
  const address = parseIpAddress(text);
  if (address?.bits !== 128 || address.value >> 32n !== 0xffffn) return address;
  return { bits: 32, value: address.value & 0xffff_ffffn };
}
