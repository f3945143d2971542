export { type AddressClass, classifyAddress, isBlockedAddress } from "../core/net/address-class.ts";
export { type IpAddress, parseIpAddress } from "../core/net/ip-address.ts";
export {
  allowedAddresses,
  type EgressRule,
  pinnedLookup,
  type ResolveHost,
} from "../providers/upstream/egress-guard.ts";
export { type GuardedFetchOptions, guardedFetch } from "../providers/upstream/guarded-fetch.ts";
export {
  createGuardedKeyFetcher,
  type GuardedKeyFetcher,
  type GuardedKeyFetcherOptions,
} from "../providers/upstream/guarded-key-fetcher.ts";
