import type { LookupAddress } from "node:dns";
import { lookup as systemLookup } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { HaechiError } from "../../core/errors.ts";
import { isBlockedAddress } from "../../core/net/address-class.ts";
import { parseIpAddress } from "../../core/net/ip-address.ts";

/** All addresses of a name. */
export type ResolveHost = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface EgressRule {
  /** True for an address that must not be connected to; by default every one that is not public. */
  readonly isBlocked?: (address: string) => boolean;
  /** By default the resolver of the system. */
  readonly resolve?: ResolveHost;
}

/**
 * The addresses of a URL's host, resolved once and every one of them checked. Connect
 * to these and do not resolve again: a name may answer differently the second time.
 * @throws HaechiError UPSTREAM_UNREACHABLE
 */
export async function allowedAddresses(url: URL, rule: EgressRule): Promise<readonly LookupAddress[]> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const literal = parseIpAddress(host);
  return literal === null
    ? await resolvedAddresses(host, rule)
    : checked([{ address: host, family: literal.bits === 32 ? 4 : 6 }], rule);
}

/**
 * A lookup for sockets of one host: every connection resolves anew, and what is connected to is what was
 * checked, because the socket gets its addresses from here. A host that is an address is never looked up.
 */
export function checkedLookup(rule: EgressRule): LookupFunction {
  return (hostname, options, callback) => {
    resolvedAddresses(hostname, rule).then(
      (addresses) => pinnedLookup(addresses)(hostname, options, callback),
      // The type has no shorter form for "no address".
      (error) => callback(error, [], 0),
    );
  };
}

async function resolvedAddresses(hostname: string, rule: EgressRule): Promise<readonly LookupAddress[]> {
  return checked(await resolved(hostname, rule), rule);
}

function checked(
  addresses: readonly LookupAddress[],
  { isBlocked = isBlockedAddress }: EgressRule,
): readonly LookupAddress[] {
  // One bad address spoils the name: which one a connection takes is not ours to choose. What a resolver
  // returns and we cannot read, such as an address with a zone id, is as bad.
  if (addresses.some(({ address }) => parseIpAddress(address) === null || isBlocked(address))) {
    throw new HaechiError("UPSTREAM_UNREACHABLE", "The host has an address that must not be connected to", {
      reason: "address_blocked",
    });
  }
  return addresses;
}

/** A lookup for a socket that answers with these addresses, whatever is asked. */
export function pinnedLookup(addresses: readonly LookupAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family);
  };
}

async function resolved(hostname: string, { resolve = resolveAll }: EgressRule): Promise<readonly LookupAddress[]> {
  try {
    const addresses = await resolve(hostname);
    if (addresses.length > 0) return addresses;
  } catch (cause) {
    throw unresolved(cause);
  }
  throw unresolved(undefined);
}

function resolveAll(hostname: string): Promise<readonly LookupAddress[]> {
  return systemLookup(hostname, { all: true, order: "verbatim" });
}

function unresolved(cause: unknown): HaechiError {
  return new HaechiError("UPSTREAM_UNREACHABLE", "The host name does not resolve", {
    cause,
    reason: "name_unresolved",
  });
}
