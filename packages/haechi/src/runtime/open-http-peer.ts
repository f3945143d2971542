import type { Config } from "../config/schema.ts";
import { configuredUpstreams } from "../config/upstreams.ts";
import { createHttpUpstream } from "../providers/upstream/http-upstream.ts";
import { httpPeer } from "./mcp-http-peer.ts";
import type { McpPeer } from "./mcp-peer.ts";

export interface HttpPeerTarget {
  readonly url: URL;
  /** Names and values, such as a credential. */
  readonly headers: readonly string[];
  readonly timeoutMs: number;
}

/**
 * A server on HTTP, reached with the limits and the TLS files of the configuration where it is one of its upstreams.
 * @throws HaechiError CONFIG_INVALID
 */
export function openHttpPeer(config: Config, { url, headers, timeoutMs }: HttpPeerTarget): McpPeer {
  const tls = configuredUpstreams(config).find(({ baseUrl }) => baseUrl.origin === url.origin)?.tls ?? null;
  const upstream = createHttpUpstream({
    origin: new URL(url.origin),
    configPath: "--url",
    connectionsMax: CONNECTIONS_MAX,
    connectTimeoutMs: timeoutMs,
    headersTimeoutMs: timeoutMs,
    bodyTimeoutMs: timeoutMs,
    collectTimeoutMs: timeoutMs,
    ...(tls === null ? {} : { tls: { ...tls.given, configPath: tls.path } }),
  });
  const peer = httpPeer({ url, headers, messageBytesMax: config.mcp.maxMessageBytes, send: upstream.probe! });
  return {
    ...peer,
    async end() {
      await peer.end();
      await upstream.close();
    },
  };
}

/** A stream, a request beside it, and the answer to one of the server's own. */
const CONNECTIONS_MAX = 4;
