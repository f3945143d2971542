import { createPendingRequests, type PendingRequests } from "../../mcp/pending-requests.ts";
import type { ServerPins } from "../../mcp/server-pins.ts";
import { createSessionMemory, type SessionMemory } from "../../mcp/session-memory.ts";

/** What messages of one session have to do with each other, although they come in exchanges of their own. */
export interface McpSession {
  /** Requests of both sides that were passed on and are not answered yet. */
  readonly pending: { readonly client: PendingRequests; readonly server: PendingRequests };
  /** What is known of the calls of its tools. */
  readonly memory: SessionMemory;
  /** Name of the upstream that it is with; absent where none has a name, or that is not known. */
  upstream?: string | null;
  /** The stream that has begun it, as one of revision 2024-11-05 does. */
  stream?: SessionStream;
}

/** A stream on which all that a server says to a client comes; what is posted is answered there too. */
export interface SessionStream {
  /** Of the server whose stream it is: messages go to another path. */
  readonly pins: () => ServerPins | null;
  /** Says something of the gateway's own to the client; resolves when there is room for more. */
  tell(messages: Uint8Array): Promise<void> | undefined;
}

/** The sessions of a gateway, by keys that tell whose they are. */
export interface McpSessions {
  /** It begins when it is first asked for. When there are too many, the one idle longest is forgotten. */
  open(key: string): McpSession;
  /** Null for a session that has not begun. */
  find(key: string): McpSession | null;
  end(key: string): void;
}

export function createMcpSessions(): McpSessions {
  // The order of a map is that of adding.
  const sessions = new Map<string, McpSession>();
  const find = (key: string): McpSession | null => {
    const session = sessions.get(key);
    if (session === undefined) return null;
    sessions.delete(key);
    sessions.set(key, session);
    return session;
  };
  const end = (key: string): void => {
    sessions.get(key)?.memory.consents.end();
    sessions.delete(key);
  };
  return {
    find,
    open(key) {
      const known = find(key);
      if (known !== null) return known;
      const session = createMcpSession();
      sessions.set(key, session);
      if (sessions.size > SESSIONS_MAX) end(sessions.keys().next().value!);
      return session;
    },
    end,
  };
}

export function createMcpSession(): McpSession {
  const pending = { client: createPendingRequests(PENDING_MAX), server: createPendingRequests(PENDING_MAX) };
  return { pending, memory: createSessionMemory() };
}

/** Messages of a forgotten session are protected like any other; only no tokens are put back into them. */
const SESSIONS_MAX = 1_024;
const PENDING_MAX = 1_024;
