import type { PlaceRules } from "../core/document/field-rules.ts";
import { settleCopies } from "../core/restore/settle-copies.ts";
import type { GrowingText } from "../core/stream/growing-text.ts";
import { applyEdits } from "../core/transform/apply-edits.ts";
import type { Edit } from "../core/transform/edit.ts";
import type { StreamPiece } from "./stream-piece.ts";

/** The part of a growing text that stands in one leaf of a piece. */
export interface Slot {
  readonly leaf: number;
  readonly text: GrowingText;
  readonly start: number;
  readonly end: number;
}

/** A piece that has been read. */
export interface QueuedPiece {
  readonly piece: StreamPiece;
  readonly slots: readonly Slot[];
  /** What changes in it beside its growing texts. */
  readonly edits: readonly Edit[];
}

/** The pieces of a stream in the order in which they came, until their texts are decided. */
export class StreamQueue {
  readonly #waiting: QueuedPiece[] = [];
  readonly #copies: PlaceRules<"copy"> | undefined;

  /** @param copies members that say the texts of a piece again */
  constructor(copies: PlaceRules<"copy"> | undefined) {
    this.#copies = copies;
  }

  add(piece: QueuedPiece): void {
    this.#waiting.push(piece);
  }

  /** Takes out the pieces that wait for nothing more, as they are to leave. */
  release(): Uint8Array[] {
    const ready: Uint8Array[] = [];
    while (this.#waiting[0]?.slots.every(({ text, end }) => text.decided >= end)) {
      const { piece, slots, edits } = this.#waiting.shift()!;
      let all = edits;
      for (const slot of slots) {
        const edit = takeSlot(piece, slot);
        if (edit !== null) all = [...all, edit];
      }
      ready.push(piece.render(all.length === 0 ? null : this.#edited(piece, all)));
    }
    return ready;
  }

  /** Where there is an edit, there is a document. */
  #edited(piece: StreamPiece, edits: readonly Edit[]): Uint8Array {
    const document = piece.document!();
    const bytes = applyEdits(document, edits);
    return this.#copies === undefined ? bytes : settleCopies(document, edits, bytes, this.#copies);
  }
}

function takeSlot(piece: StreamPiece, { leaf, text, start, end }: Slot): Edit | null {
  const taken = text.take(start, end);
  if (!taken.changed) return null;
  const document = piece.document!();
  return { leaf, start: document.leaves.start[leaf]!, end: document.leaves.end[leaf]!, replacement: taken.text };
}
