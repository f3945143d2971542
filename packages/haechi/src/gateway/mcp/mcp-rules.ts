import type { MessageGuard } from "../../mcp/message-guard.ts";
import type { ServerPins } from "../../mcp/server-pins.ts";
import type { McpSessions } from "./sessions.ts";

/** What a message needs, but for whose it is. */
export type MessageRules = Omit<
  MessageGuard,
  "transport" | "policy" | "identity" | "upstream" | "isOneWay" | "pending" | "pins" | "session"
>;

/** What holds for the messages of every exchange. */
export interface McpRules {
  readonly guard: MessageRules;
  readonly sessions: McpSessions;
  /** What is pinned of the server that an upstream has at a path; null where it does not matter. */
  readonly pinsAt: (upstream: string | null, path: string) => ServerPins | null;
  /** The largest message of either side, in bytes. */
  readonly messageBytesMax: number;
  /** Where servers are; addresses below are those of the gateway for clients. */
  readonly serverUrls: readonly URL[];
}
