import type { JsonDocument } from "../core/document/json-document.ts";
import type { DurableReceipt } from "../ports/audit-sink.ts";
import type { Refusal } from "./refusal.ts";

/** What becomes of a message. It is recorded; nothing has been written yet. */
export interface Delivery {
  /** What goes on to the other side: the message, protected, or an error in place of an answer; null for nothing. */
  readonly forward: Uint8Array | null;
  /** What its sender is told. */
  readonly reply: Uint8Array | null;
  /** Of its record; null where there is none, as for what is not protected. */
  readonly receipt: DurableReceipt | null;
  /** What becomes of a call about which a person is asked in its own stream: the reply is the question. Null for any other. */
  readonly later: LaterDelivery | null;
  /** It ends here, and is not refused: an answer to a question of ours, a call that is not wanted any more, or one that is answered with a question. */
  readonly isForUs: boolean;
  /** What goes on, as its sender has said it, where that is not the message as it came; null where it is. */
  readonly said: JsonDocument | null;
  /** Why it does not go on; null where it does, and for a batch. */
  readonly refused: Refusal | null;
}

/** What is known when the person has answered. */
export interface LaterDelivery {
  readonly delivery: Promise<Delivery>;
  /** The client has left, or has waited for long enough. */
  giveUp(): void;
}

export const NOTHING: Delivery = {
  forward: null,
  reply: null,
  receipt: null,
  later: null,
  isForUs: false,
  said: null,
  refused: null,
};
