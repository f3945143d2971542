export { matchRoute } from "../protocols/match-route.ts";
export { type Protocol, type Route, type StreamFormat, UNKNOWN_ROUTE } from "../protocols/protocol.ts";
export { protocolFor, spokenTargetTypes } from "../protocols/registry.ts";
