import type { JsonDocument } from "../core/document/json-document.ts";
import type { DurableReceipt } from "../ports/audit-sink.ts";
import type { RpcMessage } from "../protocols/framing/json-rpc.ts";
import { wantedInput } from "../protocols/mcp/input-messages.ts";
import { taskId } from "../protocols/mcp/tool-messages.ts";
import type { CallDigest } from "./asked-calls.ts";
import { type Delivery, NOTHING } from "./delivery.ts";
import type { MessageGuard, Sender } from "./message-guard.ts";
import type { PendingRequest } from "./pending-requests.ts";
import { type ProtectedMessage, protectMessage } from "./protect-message.ts";
import type { Refusal } from "./refusal.ts";
import { tell } from "./refuse-message.ts";
import { policiesFor, TOOL_CALL, type ToolCall, valuesForTool } from "./tool-calls.ts";
import { withholdFromAnswer } from "./withhold-from-answer.ts";

/** A message that is one. */
export type Readable = Exclude<RpcMessage, { kind: "invalid" }>;

/** A request or a notification. */
export async function passRequest(
  document: JsonDocument,
  message: Extract<Readable, { kind: "request" | "notification" }>,
  about: {
    readonly from: Sender;
    readonly operation: string;
    readonly call: ToolCall | null;
    readonly agreed?: CallDigest;
  },
  guard: MessageGuard,
): Promise<Delivery> {
  const { from, operation, call, agreed } = about;
  const policies = policiesFor(document, from, call, guard);
  const correlationId = guard.random.uuid();
  let passed: Passed = { bytes: document.bytes, issued: NO_TOKENS, receipt: null };
  if (guard.protectsParams) {
    const restores = call === null ? NO_TOKENS : await valuesForTool(document, call, correlationId, guard);
    const context = { from, operation, correlationId, isAnswer: false, policy: policies.message, restores };
    const protection = await protectMessage(seenFrom(from, document, guard), context, guard);
    if (protection.verdict === "blocked") {
      const refusal = blockedRefusal(protection);
      if (message.kind === "notification") return { ...NOTHING, refused: refusal };
      return tell(refusal, { id: message.id, isAnswer: false, from }, protection.receipt, guard);
    }
    passed = protection;
  }
  guard.session.issuedTokens.add(passed.issued.keys());
  if (message.kind === "request") {
    const { issued } = passed;
    guard.pending[from].add(message.id, { correlationId, issued, method: operation, policy: policies.answer, agreed });
  }
  return { ...NOTHING, forward: passed.bytes, receipt: passed.receipt };
}

/** An answer, or an error in its place. */
export async function passAnswer(
  document: JsonDocument,
  message: Extract<Readable, { kind: "response" }>,
  from: Sender,
  guard: MessageGuard,
): Promise<Delivery> {
  const answers = answeredBy(message, from, guard);
  const { policy, listed } =
    from === "server" ? await readAnswer(document, answers, guard) : { policy: guard.policy, listed: document };
  if (!guard.protectsResults) {
    expectInput(document, answers, guard);
    return { ...NOTHING, forward: listed.bytes };
  }

  const context = {
    from,
    operation: message.outcome,
    correlationId: answers?.correlationId ?? guard.random.uuid(),
    isAnswer: true,
    policy,
    restores: from === "server" && guard.restoresTokens && answers !== null ? answers.issued : NO_TOKENS,
  };
  const protection = await protectMessage(seenFrom(from, listed, guard), context, guard);
  if (protection.verdict === "blocked") {
    return tell(blockedRefusal(protection), { id: message.id, isAnswer: true, from }, protection.receipt, guard);
  }
  guard.session.issuedTokens.add(protection.issued.keys());
  expectInput(document, answers, guard);
  return { ...NOTHING, forward: protection.bytes, receipt: protection.receipt };
}

/** What a server wants to know for a call that a person has agreed to belongs to that call. */
function expectInput(document: JsonDocument, answers: PendingRequest | null, guard: MessageGuard): void {
  if (answers?.agreed === undefined) return;
  const wanted = wantedInput(document);
  if (wanted !== null) guard.session.askedCalls.expect(answers.agreed, wanted.state, guard);
}

/** What holds for the answer of a server, and what of it the client may see. */
async function readAnswer(document: JsonDocument, answers: PendingRequest | null, guard: MessageGuard) {
  const policy = answers?.policy ?? guard.policy.tools.unknownResults ?? guard.policy;
  if (answers?.method === TOOL_CALL) {
    const task = taskId(document);
    if (task !== null) guard.session.taskResults.add(task, policy);
  }
  return { policy, listed: await withholdFromAnswer(document, answers, policy, guard) };
}

/** What a tool got for a token is a token again where the server says it. */
function seenFrom(from: Sender, document: JsonDocument, { session, haechi }: MessageGuard): JsonDocument {
  if (from === "client") return document;
  const bytes = session.restoredValues.hideInDocument(document);
  return bytes === document.bytes ? document : haechi.read(bytes);
}

function blockedRefusal({ auditId, summary }: Extract<ProtectedMessage, { verdict: "blocked" }>): Refusal {
  return { kind: "blocked", auditId, summary };
}

interface Passed {
  readonly bytes: Uint8Array;
  readonly issued: ReadonlyMap<string, string>;
  readonly receipt: DurableReceipt | null;
}

const NO_TOKENS: ReadonlyMap<string, string> = new Map();

function answeredBy(
  { id }: Extract<RpcMessage, { kind: "response" }>,
  from: Sender,
  { pending }: MessageGuard,
): PendingRequest | null {
  return id === null ? null : pending[from === "client" ? "server" : "client"].take(id);
}
