import { isHaechiError } from "../core/errors.ts";
import { SHORT_NUMBER_LENGTH_MAX } from "../engine/find/field-contents.ts";
import type { RecordedTool } from "../engine/vault/token-vault.ts";
import type { DurableReceipt } from "../ports/audit-sink.ts";
import type { RpcId } from "../protocols/framing/json-rpc.ts";
import type { SkimmedMessage } from "../protocols/framing/json-rpc-skim.ts";
import { type Delivery, NOTHING } from "./delivery.ts";
import type { MessageGuard, Sender } from "./message-guard.ts";
import { recordRefusal } from "./record-refusal.ts";
import { errorReply, type Refusal } from "./refusal.ts";

/** Whose message it is, and who waits for what. */
export interface Refused extends Pick<SkimmedMessage, "id" | "isAnswer"> {
  readonly from: Sender;
}

/** Records a refusal, and tells of it. What cannot be recorded is refused all the same. */
export async function refuse(
  refusal: Refusal,
  subject: Refused,
  operation: string,
  guard: MessageGuard,
  tool?: RecordedTool,
): Promise<Delivery> {
  let receipt: DurableReceipt | null = null;
  try {
    receipt = await recordRefusal(operation, auditReason(refusal), guard, tool);
  } catch (error) {
    noteFailure(error, guard);
  }
  return tell(refusal, subject, receipt, guard);
}

/** Whoever waits for an answer gets an error in its place; else the sender learns that its message did not arrive. */
export function tell(
  refusal: Refusal,
  { id, isAnswer, from }: Refused,
  receipt: DurableReceipt | null,
  guard: MessageGuard,
): Delivery {
  const isClean = id === null || isShortNumber(id) || !guard.haechi.findsAnything(id);
  // No request with an id in which something is found has been passed on, so nobody waits for its answer.
  const told = { ...NOTHING, receipt, refused: refusal };
  if (isAnswer) {
    return id !== null && isClean ? { ...told, forward: errorReply(refusal, id, guard.transport) } : told;
  }
  // A server that writes something else than messages awaits nothing.
  if (from === "server" && id === null) return told;
  return { ...told, reply: errorReply(refusal, isClean || !guard.isOneWay ? id : null, guard.transport) };
}

/** As the engine has it for handles. */
function isShortNumber(id: RpcId): boolean {
  return !id.startsWith('"') && id.length <= SHORT_NUMBER_LENGTH_MAX;
}

/** Names are told as they came; what is no name is not repeated. */
export function toldName(name: string, { haechi }: MessageGuard): string {
  return name !== "" && name.length <= NAME_LENGTH_MAX && !haechi.findsAnything(name) ? name : "unknown";
}

const NAME_LENGTH_MAX = 128;

function auditReason(refusal: Refusal): string {
  switch (refusal.kind) {
    case "not-allowed":
      return "method_not_allowed";
    case "blocked":
      return "policy_block";
    default:
      return refusal.reason;
  }
}

export function noteFailure(error: unknown, { logger }: MessageGuard): void {
  const errorName = error instanceof Error ? error.name : "unknown";
  logger.error("mcp_message_failed", { errorName, code: isHaechiError(error) ? error.code : null });
}
