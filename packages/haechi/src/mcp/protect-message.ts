import { decisionEvent } from "../core/audit/build-event.ts";
import type { Policy } from "../core/decide/policy.ts";
import { withoutLeaves } from "../core/document/field-rules.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { textDocument } from "../core/document/text-document.ts";
import type { ByteRange, Part, Protection, ProtectionContext } from "../engine/protect-document.ts";
import type { DurableReceipt } from "../ports/audit-sink.ts";
import { mcpPlaces, sealedLeaves } from "../protocols/mcp/places.ts";
import { encodedTexts, withEncodedTexts } from "./encoded-texts.ts";
import { maskTwins } from "./mask-twins.ts";
import { eventOrigin, type MessageGuard, type Sender } from "./message-guard.ts";

export type ProtectedMessage =
  | {
      readonly verdict: "passed";
      /** The same bytes where nothing changed. */
      readonly bytes: Uint8Array;
      readonly issued: ReadonlyMap<string, string>;
      readonly receipt: DurableReceipt;
    }
  | Extract<Protection, { verdict: "blocked" }>;

/** Protects a message as a whole, with one audit event; when the promise resolves, that is durable. */
export async function protectMessage(
  document: JsonDocument,
  context: MessageContext,
  guard: MessageGuard,
): Promise<ProtectedMessage> {
  const encoded = encodedTexts(document);
  const parts: Part[] = [
    messagePart(document, encoded),
    ...encoded.map(({ text }): Part => ({ place: "body", document: textDocument(text) })),
  ];
  const protection = await guard.haechi.protect(parts, protectionContext(context, guard));
  if (protection.verdict === "blocked") return protection;
  const [whole, ...texts] = protection.bytes;
  const { issued, receipt } = protection;
  const twins = context.isAnswer ? maskTwins(document, whole!, guard.haechi) : { bytes: whole!, count: 0 };
  if (twins.count > 0) {
    const { operation, correlationId } = context;
    const outcome = { decision: "twins_masked", reason: "structured_content", enforced: true } as const;
    const origin = eventOrigin(operation, correlationId, guard);
    await guard.audit.record(decisionEvent(origin, { ...outcome, count: twins.count }));
  }
  return { verdict: "passed", bytes: withEncodedTexts(twins.bytes, encoded, texts), issued, receipt };
}

/** Where in a message stands what the policy blocks, but for encoded texts; nothing is done about it or recorded. */
export async function findBlocked(
  document: JsonDocument,
  context: MessageContext,
  guard: MessageGuard,
): Promise<readonly ByteRange[]> {
  return await guard.haechi.findBlocked(
    messagePart(document, encodedTexts(document)),
    protectionContext(context, guard),
  );
}

function messagePart(document: JsonDocument, encoded: readonly { readonly leaf: number }[]): Part {
  const readElsewhere = [...sealedLeaves(document), ...encoded.map(({ leaf }) => leaf)];
  return { place: "body", document: withoutLeaves(document, readElsewhere), fields: mcpPlaces };
}

export interface MessageContext {
  readonly from: Sender;
  readonly isAnswer: boolean;
  /** A method that may be recorded, `result` or `error`. */
  readonly operation: string;
  readonly correlationId: string;
  readonly policy: Policy;
  /** Tokens to put back, id to value. */
  readonly restores: ReadonlyMap<string, string>;
}

function protectionContext(
  { from, isAnswer, operation, correlationId, policy, restores }: MessageContext,
  { transport, identity, upstream, mode, isOneWay, restoresIntoUrls }: MessageGuard,
): ProtectionContext {
  return {
    mode,
    policy,
    // What goes to the server leaves; what comes from it is seen by the client, and its model.
    direction: from === "client" && !(isOneWay && isAnswer) ? "request" : "response",
    // A number in a result stands in its text too, where it is found.
    scanNumbers: true,
    protocol: transport,
    operation,
    identity,
    correlationId,
    ...(upstream === undefined ? {} : { upstream }),
    restores,
    restoresIntoUrls,
  };
}
