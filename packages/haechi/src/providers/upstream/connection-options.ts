import type { AddressRule } from "../../core/net/address-class.ts";
import type { ResolveHost } from "./egress-guard.ts";
import type { UpstreamTlsFiles } from "./tls-files.ts";

/** How the connections to one origin are made and kept. */
export interface ConnectionOptions {
  readonly origin: URL;
  /** For a connection to be made: name, socket and TLS. */
  readonly connectTimeoutMs: number;
  /** For the head of the response. */
  readonly headersTimeoutMs: number;
  /** The longest silence in the middle of a response body; a body that the reader pauses is not silent. */
  readonly bodyTimeoutMs: number;
  readonly connectionsMax: number;
  /** How long a connection is kept for the next request, unless the upstream says less. */
  readonly keepAliveMs?: number;
  /** Where the host may lead to; `any` by default. A host that is an address is taken as it is under `any`. */
  readonly addresses?: AddressRule;
  /** By default the resolver of the system. */
  readonly resolve?: ResolveHost;
  readonly tls?: UpstreamTls;
}

export interface UpstreamTls extends UpstreamTlsFiles {
  /** The name to ask for and to find in the certificate, where it is not the host of the origin. */
  readonly serverName?: string | undefined;
  /** Where the files are named; for messages. */
  readonly configPath: string;
  /** How often the files are looked at; every five seconds by default. */
  readonly watchMs?: number;
  /** New files are in use, or cannot be used and the old ones still are. */
  readonly onReload?: (outcome: "reloaded" | "unusable") => void;
}
