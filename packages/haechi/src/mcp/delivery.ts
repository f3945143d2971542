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
  /** Why it does not go on; null where it does, and for a batch. */
  readonly refused: Refusal | null;
}

export const NOTHING: Delivery = { forward: null, reply: null, receipt: null, refused: null };
