import type { Finding } from "../core/detect/finding.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import type { FindOptions } from "../core/inspect.ts";

/** Every leaf is looked at. */
export interface DocumentFindOptions extends Omit<FindOptions, "skipLeaf"> {
  /** A document that nobody waits for any more is not begun. */
  readonly signal?: AbortSignal | undefined;
}

/** Finds in documents somewhere else than on the thread that asks. */
export interface DocumentFinder {
  /**
   * What `findIn` finds with the rules of this process, in the same order. The
   * document stays as it is and may be used meanwhile.
   * @throws HaechiError DETECTOR_UNAVAILABLE when there is no answer, or the reason of the signal
   */
  find(document: JsonDocument, options: DocumentFindOptions): Promise<readonly Finding[]>;
  /** Ends what is under way. */
  close(): Promise<void>;
}
