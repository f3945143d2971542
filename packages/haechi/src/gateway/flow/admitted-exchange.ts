import type { Caller } from "../../engine/access.ts";
import type { Trace } from "../../ports/tracer.ts";
import type { ChosenUpstream } from "../../ports/upstream.ts";
import type { RpcId } from "../../protocols/framing/json-rpc.ts";
import type { Route } from "../../protocols/protocol.ts";
import type { Exchange } from "../exchange.ts";
import type { Gateway } from "../gateway.ts";

/** An exchange and what is known of it so far. */
export interface ExchangeSubject {
  readonly exchange: Exchange;
  readonly gateway: Gateway;
  readonly route: Route;
  /** Null until the caller is known; from then on every record names them. */
  caller: Caller | null;
  /** Where the request goes; null until that is chosen. From then on every record names it, where it has a name. */
  upstream: ChosenUpstream | null;
  /** The id of the one message that an exchange of MCP is; null where there is none. */
  awaitedId: RpcId | null;
  /** Null where traces are off. */
  readonly trace: Trace | null;
}

/** An exchange whose request was let through: what the response side needs to know of it. */
export interface AdmittedExchange extends ExchangeSubject {
  readonly caller: Caller;
  /** Vault tokens to put back into the response, id to original. */
  readonly restores: ReadonlyMap<string, string>;
}

/** For exchanges in which nothing is put back. */
export const NOTHING_TO_RESTORE: ReadonlyMap<string, string> = new Map();
