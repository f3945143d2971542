import type { EventOrigin } from "../core/audit/build-event.ts";
import type { Mode } from "../core/decide/mode.ts";
import type { Policy } from "../core/decide/policy.ts";
import type { Identity } from "../core/identity/identity.ts";
import type { Haechi } from "../engine/create-haechi.ts";
import type { TokenVault } from "../engine/vault/token-vault.ts";
import type { AuditSink } from "../ports/audit-sink.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import type { Random } from "../ports/random.ts";
import { KNOWN_METHODS } from "../protocols/mcp/methods.ts";
import type { PendingRequests } from "./pending-requests.ts";
import type { ServerPins } from "./server-pins.ts";
import type { SessionMemory } from "./session-memory.ts";

/** Everything that a message needs, the same for all of a connection. */
export interface MessageGuard {
  readonly transport: McpTransport;
  readonly haechi: Haechi;
  readonly vault: TokenVault;
  readonly audit: AuditSink;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly mode: Mode;
  readonly policy: Policy;
  /** Who the client is; null where nobody has to say. */
  readonly identity: Identity | null;
  /** Name of the server that messages go to; absent where it has none. */
  readonly upstream?: string | null;
  /** What a client may call; `*` among them allows all. */
  readonly allowedMethods: ReadonlySet<string>;
  readonly protectsParams: boolean;
  readonly protectsResults: boolean;
  readonly requiresVersion: boolean;
  readonly restoresTokens: boolean;
  /** What the server said when somebody looked; null where it does not matter. */
  readonly pins: ServerPins | null;
  readonly restoresIntoUrls: boolean;
  /** There is one output for all: what a sender is told stands among what goes on. */
  readonly isOneWay: boolean;
  /** Requests that were passed on and are not answered yet, by who sent them. */
  readonly pending: { readonly client: PendingRequests; readonly server: PendingRequests };
  readonly session: SessionMemory;
}

/** Which end of the connection a message comes from. */
export type Sender = "client" | "server";

/** How messages come. Written as `protocol` into audit events. */
export type McpTransport = "mcp-stdio" | "mcp-http";

/** What the events of a message have in common. */
export function eventOrigin(
  operation: string,
  correlationId: string | null,
  { clock, random, mode, policy, transport, identity, upstream }: MessageGuard,
): EventOrigin {
  return {
    id: random.uuid(),
    timestamp: new Date(clock.now()).toISOString(),
    correlationId,
    protocol: transport,
    operation,
    identity,
    profile: policy.profile,
    mode,
    ...(upstream === undefined ? {} : { upstream }),
  };
}

export function isAllowed(method: string, from: Sender, { allowedMethods }: MessageGuard): boolean {
  return from === "server" || allowedMethods.has("*") || allowedMethods.has(method);
}

/** A method as it may be recorded: one that a revision defines or the operator names. */
export function recordedMethod(method: string, { allowedMethods }: MessageGuard): string {
  return KNOWN_METHODS.has(method) || allowedMethods.has(method) ? method : "unknown";
}
