import type { BlockedProtection } from "../../engine/protect-document.ts";
import { sendJson } from "../error-reply.ts";
import type { Exchange } from "../exchange.ts";

/** Answers an exchange whose request or response the policy blocks: what was counted and under which audit id. */
export function replyBlocked(
  exchange: Exchange,
  direction: "request" | "response",
  { summary, auditId }: BlockedProtection,
): void {
  const [status, error] =
    direction === "request" ? [403, "haechi_policy_block"] : [502, "haechi_response_policy_block"];
  sendJson(exchange, status, { error, summary, auditId });
}
