import type { AuditSummary } from "../core/audit/event.ts";
import { isHaechiError } from "../core/errors.ts";
import type { InvalidReason, RpcId } from "../protocols/framing/json-rpc.ts";
import type { McpTransport } from "./message-guard.ts";
import type { PinFault } from "./server-pins.ts";
import type { ToolRefusal } from "./tool-calls.ts";

/** Why a message does not go on. */
export type Refusal =
  /** It cannot be read, or nothing can be done for it now. */
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "blocked"; readonly auditId: string; readonly summary: AuditSummary }
  | { readonly kind: "invalid"; readonly reason: InvalidReason }
  /** Unknown is how revision 2026-07-28 has it told. */
  | { readonly kind: "not-allowed"; readonly method: string; readonly isUnknown: boolean }
  | { readonly kind: "tool-refused"; readonly tool: string; readonly reason: ToolRefusal }
  | { readonly kind: "prompt-refused"; readonly prompt: string; readonly reason: `prompt_${PinFault}` };

/** The error that tells of a refusal, as one line without its end. The id is that of the message it answers. */
export function errorReply(refusal: Refusal, id: RpcId | null, transport: McpTransport): Uint8Array {
  const { code, message, data } = errorOf(refusal, transport);
  const error = JSON.stringify({ code, message, data });
  return utf8.encode(`{"jsonrpc":"2.0","id":${id ?? "null"},"error":${error}}`);
}

interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data: unknown;
}

/** The one table of error codes. */
function errorOf(refusal: Refusal, transport: McpTransport): RpcError {
  switch (refusal.kind) {
    case "failed":
      return { code: -32000, message: FAILED[transport], data: { reason: refusal.reason } };
    case "blocked":
      return {
        code: -32001,
        message: "haechi_policy_block",
        data: { auditId: refusal.auditId, summary: refusal.summary },
      };
    case "invalid":
      return { code: -32002, message: "haechi_mcp_invalid_jsonrpc", data: { reason: refusal.reason } };
    case "not-allowed": {
      const { method, isUnknown } = refusal;
      const code = isUnknown ? METHOD_NOT_FOUND : -32003;
      return { code, message: "haechi_mcp_method_not_allowed", data: { method } };
    }
    case "tool-refused": {
      const { tool, reason } = refusal;
      return { code: -32004, message: "haechi_mcp_tool_not_allowed", data: { tool, reason } };
    }
    case "prompt-refused": {
      const { prompt, reason } = refusal;
      return { code: -32005, message: "haechi_mcp_prompt_not_allowed", data: { prompt, reason } };
    }
    default:
      return refusal satisfies never;
  }
}

/** JSON-RPC 2.0, section 5.1. */
const METHOD_NOT_FOUND = -32601;

const FAILED = { "mcp-stdio": "haechi_mcp_stdio_error", "mcp-http": "haechi_mcp_http_error" } as const;

/** What the peer is told of an error: what is wrong with its message, or that Haechi cannot work at the moment. */
export function reasonOf(error: unknown): string {
  if (!isHaechiError(error)) return "internal_error";
  return DOCUMENT_CODES.has(error.code) ? error.reason : "unavailable";
}

const DOCUMENT_CODES: ReadonlySet<string> = new Set([
  "DOCUMENT_TOO_LARGE",
  "DOCUMENT_TOO_DEEP",
  "DOCUMENT_NOT_UTF8",
  "DOCUMENT_NOT_JSON",
]);

const utf8 = new TextEncoder();
