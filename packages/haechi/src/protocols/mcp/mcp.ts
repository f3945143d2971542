import type { Protocol, RequestedModels, Route } from "../protocol.ts";
import { LOGIN_ROUTES } from "./login.ts";
import { mcpFields } from "./places.ts";

/** RFC 9728, RFC 8414 and OpenID Connect Discovery 1.0. */
const METADATA = ["oauth-protected-resource", "oauth-authorization-server", "openid-configuration"];

/** The Model Context Protocol over HTTP: messages of JSON-RPC 2.0, and beside them what leads to a server's login. */
export const mcp: Protocol = {
  id: "mcp",
  auditName: "mcp-http",
  routes: [
    endpoint("mcp", "/mcp"),
    // Of the transport of revision 2024-11-05.
    endpoint("sse", "/sse"),
    endpoint("message", "/message"),
    endpoint("messages", "/messages"),
    ...LOGIN_ROUTES,
    ...METADATA.flatMap((name) => [metadata(name, ""), metadata(name, "/{resource}")]),
  ],
  requestedModels: (): RequestedModels => ({ names: [], incomplete: false }),
  credentialParameters: [],
};

/** Messages cross in both directions on every route but those of logins and metadata. */
function endpoint(id: string, path: string): Route {
  return { id, path, stream: null, request: mcpFields, response: mcpFields };
}

function metadata(name: string, resource: string): Route {
  return { id: name, path: `/.well-known/${name}${resource}`, stream: null };
}
