import type { AdmittedExchange } from "../flow/admitted-exchange.ts";
import type { McpRules } from "./mcp-rules.ts";
import type { MessageConnection } from "./message-connection.ts";
import type { RequestHead } from "./protect-head.ts";

/** What an answer belongs to. */
export interface McpAnswerSubject {
  readonly connection: MessageConnection;
  /** Messages of the gateway's own that the client has to get too; null for none. */
  readonly replies: Uint8Array | null;
  readonly rules: McpRules;
  /** What of the request the server got beside its body. */
  readonly sent: RequestHead;
  readonly admitted: AdmittedExchange;
}
