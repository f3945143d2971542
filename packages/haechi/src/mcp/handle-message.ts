import type { JsonDocument } from "../core/document/json-document.ts";
import { isHaechiError } from "../core/errors.ts";
import { SHORT_NUMBER_LENGTH_MAX } from "../engine/field-contents.ts";
import type { DurableReceipt } from "../ports/audit-sink.ts";
import { type RpcId, type RpcMessage, readRpcMessage } from "../protocols/framing/json-rpc.ts";
import { createRpcSkimmer, type SkimmedMessage } from "../protocols/framing/json-rpc-skim.ts";
import { isAllowed, type MessageGuard, recordedMethod, type Sender } from "./message-guard.ts";
import type { PendingRequest } from "./pending-requests.ts";
import { protectMessage } from "./protect-message.ts";
import { recordRefusal } from "./record-refusal.ts";
import { errorReply, type Refusal, reasonOf } from "./refusal.ts";

/** What becomes of a message. It is recorded; nothing has been written yet. */
export interface Delivery {
  /** What goes on to the other side: the message, protected, or an error in place of an answer; null for nothing. */
  readonly forward: Uint8Array | null;
  /** What its sender is told. */
  readonly reply: Uint8Array | null;
  /** Of its record; null where there is none, as for what is not protected. */
  readonly receipt: DurableReceipt | null;
}

type Readable = Exclude<RpcMessage, { kind: "invalid" }>;

/** The life of one message. It never rejects: what cannot be protected does not go on. */
export async function handleMessage(document: JsonDocument, from: Sender, guard: MessageGuard): Promise<Delivery> {
  const message = readRpcMessage(document, guard);
  if (message.kind === "invalid") {
    return await refuse({ kind: "invalid", reason: message.reason }, { ...message, from }, "invalid", guard);
  }
  const operation = operationOf(message, guard);
  const isNotice = message.kind === "notification";
  const subject = { id: isNotice ? null : message.id, isAnswer: message.kind === "response", from };
  if (message.kind !== "response" && !isAllowed(message.method, from, guard)) {
    const method = toldMethod(message.method, guard);
    const told = await refuse({ kind: "not-allowed", method }, subject, operation, guard);
    return isNotice ? NOTHING : told;
  }
  try {
    return await protect(document, message, from, operation, guard);
  } catch (error) {
    noteFailure(error, guard);
    const told = await refuse({ kind: "failed", reason: reasonOf(error) }, subject, operation, guard);
    return isNotice ? NOTHING : told;
  }
}

/** The same for a line of which no document could be read, or one that is not even kept. */
export async function refuseUnread(
  skimmed: SkimmedMessage,
  refusal: Refusal,
  from: Sender,
  guard: MessageGuard,
): Promise<Delivery> {
  return await refuse(refusal, { ...skimmed, from }, "unread", guard);
}

/** What can be told of bytes that are no document. */
export function skim(bytes: Uint8Array): SkimmedMessage {
  const skimmer = createRpcSkimmer();
  skimmer.push(bytes);
  return skimmer.end();
}

async function protect(
  document: JsonDocument,
  message: Readable,
  from: Sender,
  operation: string,
  guard: MessageGuard,
): Promise<Delivery> {
  const answers = message.kind === "response" ? answeredBy(message, from, guard) : null;
  const isProtected = message.kind === "response" ? guard.protectsResults : guard.protectsParams;
  if (!isProtected) return { forward: document.bytes, reply: null, receipt: null };

  const correlationId = answers?.correlationId ?? guard.random.uuid();
  const protection = await protectMessage(
    document,
    { from, operation, correlationId, answers, isAnswer: message.kind === "response" },
    guard,
  );
  if (protection.verdict === "blocked") {
    const { auditId, summary, receipt } = protection;
    if (message.kind === "notification") return NOTHING;
    const subject = { id: message.id, isAnswer: message.kind === "response", from };
    return tell({ kind: "blocked", auditId, summary }, subject, receipt, guard);
  }
  if (message.kind === "request") guard.pending[from].add(message.id, { correlationId, issued: protection.issued });
  return { forward: protection.bytes, reply: null, receipt: protection.receipt };
}

function answeredBy(
  { id }: Extract<RpcMessage, { kind: "response" }>,
  from: Sender,
  { pending }: MessageGuard,
): PendingRequest | null {
  return id === null ? null : pending[from === "client" ? "server" : "client"].take(id);
}

function operationOf(message: Readable, guard: MessageGuard): string {
  return message.kind === "response" ? message.outcome : recordedMethod(message.method, guard);
}

interface Refused extends Pick<SkimmedMessage, "id" | "isAnswer"> {
  readonly from: Sender;
}

/** Records a refusal, and tells of it. What cannot be recorded is refused all the same. */
async function refuse(refusal: Refusal, subject: Refused, operation: string, guard: MessageGuard): Promise<Delivery> {
  let receipt: DurableReceipt | null = null;
  try {
    receipt = await recordRefusal(operation, auditReason(refusal), guard);
  } catch (error) {
    noteFailure(error, guard);
  }
  return tell(refusal, subject, receipt, guard);
}

/** Whoever waits for an answer gets an error in its place; else the sender learns that its message did not arrive. */
function tell(
  refusal: Refusal,
  { id, isAnswer, from }: Refused,
  receipt: DurableReceipt | null,
  guard: MessageGuard,
): Delivery {
  const isClean = id === null || isShortNumber(id) || !guard.haechi.findsAnything(id);
  // No request with an id in which something is found has been passed on, so nobody waits for its answer.
  if (isAnswer) {
    return { forward: id !== null && isClean ? errorReply(refusal, id, guard.transport) : null, reply: null, receipt };
  }
  // A server that writes something else than messages awaits nothing.
  if (from === "server" && id === null) return NOTHING;
  return {
    forward: null,
    reply: errorReply(refusal, isClean || !guard.isOneWay ? id : null, guard.transport),
    receipt,
  };
}

/** As the engine has it for handles. */
function isShortNumber(id: RpcId): boolean {
  return !id.startsWith('"') && id.length <= SHORT_NUMBER_LENGTH_MAX;
}

/** Names are told as they came; what is no name is not repeated. */
function toldMethod(method: string, { haechi }: MessageGuard): string {
  return method.length <= METHOD_LENGTH_MAX && !haechi.findsAnything(method) ? method : "unknown";
}

const METHOD_LENGTH_MAX = 128;

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

function noteFailure(error: unknown, { logger }: MessageGuard): void {
  const errorName = error instanceof Error ? error.name : "unknown";
  logger.error("mcp_message_failed", { errorName, code: isHaechiError(error) ? error.code : null });
}

const NOTHING: Delivery = { forward: null, reply: null, receipt: null };
