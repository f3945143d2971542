import type { Caller } from "../../engine/access.ts";
import { createConsents } from "../../mcp/consents.ts";
import type { MessageGuard } from "../../mcp/message-guard.ts";
import type { PendingRequests } from "../../mcp/pending-requests.ts";
import type { ChosenUpstream } from "../../ports/upstream.ts";
import type { RpcId } from "../../protocols/framing/json-rpc.ts";
import type { Exchange } from "../exchange.ts";
import type { ExchangeSubject } from "../flow/admitted-exchange.ts";
import { headerValue } from "../headers/header-list.ts";
import type { McpRules } from "./mcp-rules.ts";
import { createMcpSession, type McpSession, type McpSessions, type SessionStream } from "./sessions.ts";

/** What ties the messages of an exchange to those of others. */
export interface MessageConnection {
  readonly guard: MessageGuard;
  /** Requests of this exchange that were passed on and are not answered yet, by the ids that the client knows. */
  readonly awaited: ReadonlySet<RpcId>;
  /** The server has said that messages go to this path, as it did in revision 2024-11-05: that names the session. */
  beginSession(endpoint: string, tell: SessionStream["tell"]): void;
  /** The server has named a session in its answer to the handshake; that is between this client and it from now on. */
  beginNamedSession(id: string, canAsk: boolean): void;
  /** That path; null where the server has said none. */
  readonly endpoint: string | null;
  /** The stream on which the client waits for what answers its messages; null where each exchange answers its own. */
  readonly stream: SessionStream | null;
  endSession(): void;
  /** The stream of this exchange is over, and with it a session that it has begun. */
  endStream(): void;
}

/** Connects an exchange with those that belong to the same session. */
export function connect(
  subject: ExchangeSubject,
  caller: Caller,
  { guard, sessions, pinsAt }: McpRules,
): MessageConnection {
  const { exchange } = subject;
  // Another upstream may be asked before there is an answer.
  const upstream = () => subject.upstream?.name ?? null;
  const pins = () => pinsAt(upstream(), exchange.path);
  const id = headerValue(exchange.request.rawHeaders, "mcp-session-id");
  let key = keyOf(exchange, caller);
  let session = id === undefined ? (sessions.find(key) ?? withoutSession(caller, sessions)) : sessions.open(key);
  let endpoint: string | null = null;
  const awaited = new Set<RpcId>();
  const idForClient = (id: RpcId) => session.memory.handleNames.handleOf(id, "client") ?? id;
  const client: PendingRequests = {
    add(id, request) {
      awaited.add(idForClient(id));
      session.pending.client.add(id, request);
    },
    take(id) {
      awaited.delete(idForClient(id));
      return session.pending.client.take(id);
    },
  };
  const server: PendingRequests = {
    add: (id, request) => session.pending.server.add(id, request),
    take: (id) => session.pending.server.take(id),
  };
  // Without sessions nobody could tell whose answer one is.
  const nobody = id === undefined && session.stream === undefined ? createConsents() : null;
  return {
    awaited,
    guard: {
      ...guard,
      transport: "mcp-http",
      policy: caller.policy,
      identity: caller.identity,
      get upstream() {
        return upstream();
      },
      isOneWay: false,
      pending: { client, server },
      get pins() {
        return (session.stream?.pins ?? pins)();
      },
      get session() {
        return nobody === null ? session.memory : { ...session.memory, consents: nobody };
      },
    },
    get endpoint() {
      return endpoint;
    },
    stream: session.stream ?? null,
    beginSession(said, tell) {
      endpoint = said;
      key = sessionKey(caller, "endpoint", said);
      session = sessions.open(key);
      session.upstream = upstream();
      session.stream = { pins, tell };
    },
    beginNamedSession(id, canAsk) {
      const begun = sessions.open(sessionKey(caller, "id", id));
      begun.memory.consents.canAsk = canAsk;
      begun.upstream = upstream();
    },
    endSession: () => sessions.end(key),
    endStream() {
      if (endpoint !== null) sessions.end(key);
    },
  };
}

/** Where an exchange goes: to the upstream that its session is with, as no other knows it; anywhere without one. */
export function chooseUpstream(
  { exchange, gateway }: ExchangeSubject,
  caller: Caller,
  { sessions }: McpRules,
): ChosenUpstream {
  return gateway.upstreams.choose(sessions.find(keyOf(exchange, caller))?.upstream ?? undefined);
}

function keyOf({ request, target }: Exchange, caller: Caller): string {
  const id = headerValue(request.rawHeaders, "mcp-session-id");
  return id === undefined ? sessionKey(caller, "endpoint", target) : sessionKey(caller, "id", id);
}

/** A session is that of whoever opened it. */
function sessionKey({ identity }: Caller, kind: "id" | "endpoint" | "caller", name: string): string {
  return JSON.stringify([identity?.id ?? null, kind, name]);
}

/**
 * Revision 2026-07-28 knows no sessions: what is known of tools belongs to the caller, where that has a name. Ids of
 * requests may come twice there, so each exchange has its own.
 */
function withoutSession(caller: Caller, sessions: McpSessions): McpSession {
  const alone = createMcpSession();
  const { memory } = sessions.open(sessionKey(caller, "caller", ""));
  if (caller.identity !== null) return { ...alone, memory };
  // What a server makes up comes back in another exchange, and so does the answer of a person. Names of handles tell nobody
  // anything, and nobody guesses the state of a question.
  const { handleNames, askedCalls } = memory;
  return { ...alone, memory: { ...alone.memory, handleNames, askedCalls } };
}
