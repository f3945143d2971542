import type { JsonDocument } from "../core/document/json-document.ts";
import type { RpcId } from "../protocols/framing/json-rpc.ts";
import { cancelledRequest, declaresElicitation } from "../protocols/mcp/consent-messages.ts";

/** A call that waits for the word of a person. */
export interface WaitingCall {
  readonly document: JsonDocument;
  readonly id: RpcId;
  /** Null where it cannot be told. */
  readonly name: string | null;
}

/** Calls about which a person is asked, and whether anybody can be. */
export interface Consents {
  /** What the client says it can, in the handshake of the revisions up to 2025-11-25. */
  noteClient(document: JsonDocument): void;
  /**
   * The question for a call, as a message for the client; null where nobody can be asked.
   * @param uuid names the question
   */
  ask(call: WaitingCall, toolName: string, uuid: string): Uint8Array | null;
  /** The call that an answer is about; null where it is the answer to another question. */
  take(answerId: RpcId | null): WaitingCall | null;
  /** The client does not wait for the call any more. */
  cancel(document: JsonDocument): void;
}

export function createConsents(): Consents {
  const waiting = new Map<RpcId, WaitingCall>();
  let canAsk = false;
  return {
    noteClient(document) {
      canAsk = declaresElicitation(document);
    },
    ask(call, toolName, uuid) {
      if (!canAsk || waiting.size >= WAITING_MAX) return null;
      const id = JSON.stringify(`haechi-consent-${uuid}`);
      waiting.set(id, call);
      const params = {
        message: `The tool ${JSON.stringify(toolName)} is to be called. Do you agree?`,
        requestedSchema: { type: "object", properties: {} },
      };
      const text = `{"jsonrpc":"2.0","id":${id},"method":"elicitation/create","params":${JSON.stringify(params)}}`;
      return utf8.encode(text);
    },
    take(answerId) {
      const call = answerId === null ? undefined : waiting.get(answerId);
      if (call !== undefined) waiting.delete(answerId!);
      return call ?? null;
    },
    cancel(document) {
      const id = cancelledRequest(document);
      for (const [question, call] of waiting) if (call.id === id) waiting.delete(question);
    },
  };
}

/** Calls that wait at a time; more are refused. */
const WAITING_MAX = 64;
const utf8 = new TextEncoder();
