import type { JsonDocument } from "../core/document/json-document.ts";
import type { RpcId } from "../protocols/framing/json-rpc.ts";
import { cancelledRequest, consentQuestion } from "../protocols/mcp/consent-messages.ts";

/** A call that waits for the word of a person. */
export interface WaitingCall {
  readonly document: JsonDocument;
  readonly id: RpcId;
  /** Null where it cannot be told. */
  readonly name: string | null;
}

/** What comes of a question: an answer, nothing, or a call that nobody wants any more. */
export type PersonsWord = JsonDocument | "unanswered" | "cancelled";

/** A question on its way to a person. */
export interface AskedQuestion {
  /** A request for the client. */
  readonly question: Uint8Array;
  readonly word: Promise<PersonsWord>;
  /** Nobody waits for the word any more. */
  giveUp(): void;
}

/** Calls about which a person is asked, and whether anybody can be. */
export interface Consents {
  /** Whether the client says that a person can be asked through it, as in the handshake of the revisions up to 2025-11-25. */
  canAsk: boolean;
  /**
   * Asks about a call; null where nobody can be asked.
   * @param uuid names the question
   */
  ask(call: WaitingCall, toolName: string, uuid: string): AskedQuestion | null;
  /** The call that an answer is about, whose word this is; null where it is the answer to another question. */
  take(answerId: RpcId | null, answer: JsonDocument): WaitingCall | null;
  /** The client does not wait for the call any more. */
  cancel(document: JsonDocument): void;
  /** The session is over. */
  end(): void;
}

export function createConsents(): Consents {
  const waiting = new Map<RpcId, { readonly call: WaitingCall; readonly tell: (word: PersonsWord) => void }>();
  const settle = (question: RpcId, word: PersonsWord) => {
    const asked = waiting.get(question);
    waiting.delete(question);
    asked?.tell(word);
    return asked?.call ?? null;
  };
  const consents: Consents = {
    canAsk: false,
    ask(call, toolName, uuid) {
      if (!consents.canAsk || waiting.size >= WAITING_MAX) return null;
      const id = JSON.stringify(`haechi-consent-${uuid}`);
      const { promise: word, resolve: tell } = Promise.withResolvers<PersonsWord>();
      waiting.set(id, { call, tell });
      return { question: consentQuestion(id, toolName), word, giveUp: () => void settle(id, "unanswered") };
    },
    take: (answerId, answer) => (answerId === null ? null : settle(answerId, answer)),
    cancel(document) {
      const id = cancelledRequest(document);
      for (const [question, { call }] of waiting) if (call.id === id) settle(question, "cancelled");
    },
    end() {
      consents.canAsk = false;
      for (const question of waiting.keys()) settle(question, "unanswered");
    },
  };
  return consents;
}

/** Calls that wait at a time; more are refused. */
const WAITING_MAX = 64;
