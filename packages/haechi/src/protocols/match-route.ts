import { type Protocol, type Route, UNKNOWN_ROUTE } from "./protocol.ts";

/** The route with exactly this path; `UNKNOWN_ROUTE` when there is none. */
export function matchRoute(protocol: Protocol, path: string): Route {
  return protocol.routes.find((route) => route.path === path) ?? UNKNOWN_ROUTE;
}
