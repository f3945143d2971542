import * as z from "zod/mini";
import { key, section } from "../key.ts";
import { nonEmptyListOf, oneOf, textMatching } from "../value-kinds.ts";
import { targetAuth } from "./target-auth.ts";
import { targetAddresses, targetPool, targetTimeouts, targetTls } from "./target-connection.ts";
import { targetHealth, targetUpstreams, upstreamUrl } from "./target-upstreams.ts";

export const ADAPTERS = [
  "openai-compatible",
  "azure-openai",
  "vllm-openai",
  "ollama",
  "llama-cpp",
  "anthropic",
  "gemini",
  "mcp",
] as const;

/** Which wire format the upstream speaks. */
export type Adapter = (typeof ADAPTERS)[number];

/**
 * Headers that no configuration may forward: they belong to one connection
 * (RFC 9110 §7.6.1), describe the body that the gateway rewrites, or carry the
 * credentials with which a client identifies itself to the gateway.
 */
const NEVER_FORWARDED = [
  "host",
  "content-length",
  "content-type",
  "authorization",
  "cookie",
  "set-cookie",
  "proxy-authorization",
  "connection",
  "proxy-connection",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
  "x-haechi-token",
] as const;

// RFC 9110 §5.6.2 token, without upper case: header names are compared in lower case here.
const headerName = new RegExp(`^(?!(?:${NEVER_FORWARDED.join("|")})$)[!#$%&'*+.^_\`|~0-9a-z-]+$`);

export const target = section("The upstream that requests go to.", {
  type: key(
    "What the upstream speaks. `llm-http` stands for the format that `target.adapter` names; every other value beats `target.adapter`.",
    oneOf(["llm-http", ...ADAPTERS]),
    "llm-http",
  ),
  adapter: key("The wire format, where `target.type` does not name one.", oneOf(ADAPTERS), "openai-compatible"),
  upstream: key(
    "The one upstream. Its origin is fixed at start; redirects are never followed.",
    upstreamUrl,
    "http://127.0.0.1:9999",
  ),
  upstreams: key(
    "Several upstreams of the same wire format that stand in for each other, in place of `upstream`. A request goes to another one only when nothing of it was sent.",
    targetUpstreams,
  ),
  health: targetHealth,
  auth: key(
    "The gateway's own key for the upstream. It takes the place of whatever key clients send, in headers and in the query.",
    targetAuth,
  ),
  addresses: key(
    "Where the name of an upstream may lead to: `private` for this machine and private networks, `public` for the internet, `any` for all but link-local addresses, such as the metadata service of a cloud, multicast and none at all.",
    targetAddresses,
    "any",
  ),
  pool: targetPool,
  timeouts: targetTimeouts,
  tls: key(
    "TLS towards the upstream. Files that change are read again; connections made before end with their exchanges.",
    targetTls,
  ),
  unknown: key(
    "What happens to a request for a path that the wire format does not name: `scan` reads all of it, and of its answer, as text; `block` refuses it.",
    oneOf(["scan", "block"]),
    "scan",
  ),
  forwardHeaders: key(
    "Further request headers to forward, in lower case. Hop-by-hop headers, body headers and gateway credentials cannot be named.",
    z.pipe(
      nonEmptyListOf(textMatching(headerName, `a lower-case header name other than ${NEVER_FORWARDED.join(", ")}`)),
      z.transform((names) => [...new Set(names)]),
    ),
  ),
});

/** The wire format to speak: `target.type` decides unless it is the general `llm-http`. */
export function adapterOf(target: { readonly type: Adapter | "llm-http"; readonly adapter: Adapter }): Adapter {
  return target.type === "llm-http" ? target.adapter : target.type;
}
