import type { SecureContext } from "node:tls";
import type { Dispatcher } from "undici";
import Pool from "undici/lib/dispatcher/pool.js";
import { allowsAddress } from "../../core/net/address-class.ts";
import { watchFiles } from "../system/watch-files.ts";
import type { ConnectionOptions, UpstreamTls } from "./connection-options.ts";
import { checkedLookup } from "./egress-guard.ts";
import { pathsOf, upstreamSecureContext } from "./tls-files.ts";

/** Kept-alive connections to one origin. */
export interface Connections {
  /** What new exchanges go through. */
  current(): Dispatcher;
  close(): Promise<void>;
}

/**
 * Opens connections as they are needed. When the files of TLS change, new exchanges get connections made with
 * the new ones, and the connections made with the old ones end with their exchanges.
 * @throws HaechiError CONFIG_INVALID for files that cannot be used
 */
export function openConnections(options: ConnectionOptions): Connections {
  const { tls } = options;
  if (tls === undefined) {
    const pool = openPool(options, {});
    return { current: () => pool, close: () => pool.destroy() };
  }
  const open = () => openPool(options, secured(tls, upstreamSecureContext(tls, tls.configPath)));
  const pools = new Set([open()]);
  let current = [...pools][0]!;

  const reload = () => {
    let next: Pool;
    try {
      next = open();
    } catch {
      // Files are replaced one after the other: a key without its certificate is a moment on the way.
      tls.onReload?.("unusable");
      return;
    }
    const old = current;
    current = next;
    pools.add(next);
    void old.close().finally(() => pools.delete(old));
    tls.onReload?.("reloaded");
  };
  const unwatch = watchFiles(pathsOf(tls), reload, tls.watchMs);
  return {
    current: () => current,
    async close() {
      unwatch();
      await Promise.all([...pools].map((pool) => pool.destroy()));
    },
  };
}

interface SocketOptions {
  readonly secureContext?: SecureContext;
  readonly servername?: string;
}

function secured({ serverName }: UpstreamTls, secureContext: SecureContext): SocketOptions {
  return { secureContext, ...(serverName === undefined ? {} : { servername: serverName }) };
}

function openPool(options: ConnectionOptions, socketOptions: SocketOptions): Pool {
  const { addresses = "any", keepAliveMs, resolve } = options;
  const isBlocked = (address: string) => !allowsAddress(addresses, address);
  const lookup = checkedLookup(resolve === undefined ? { isBlocked } : { isBlocked, resolve });
  return new Pool(options.origin.origin, {
    connections: options.connectionsMax,
    headersTimeout: options.headersTimeoutMs,
    bodyTimeout: options.bodyTimeoutMs,
    connectTimeout: options.connectTimeoutMs,
    ...(keepAliveMs === undefined ? {} : { keepAliveTimeout: keepAliveMs, keepAliveMaxTimeout: keepAliveMs }),
    // Said, because an environment variable of Node's turns verification off wherever it is left unsaid.
    connect: { ...socketOptions, lookup, rejectUnauthorized: true },
    pipelining: 1,
    // One request a connection: an abort then ends nobody else's exchange.
    allowH2: false,
  });
}
