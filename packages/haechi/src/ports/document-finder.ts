import type { AdjacentParts } from "../core/detect/decoded-parts.ts";
import type { Direction, Finding } from "../core/detect/finding.ts";
import type { KnownRuns } from "../core/detect/scan.ts";
import type { JsonDocument } from "../core/document/json-document.ts";

/** Finds in documents somewhere else than on the thread that asks. */
export interface DocumentFinder {
  /**
   * What `findIn` finds with the rules of this process, in the same order. The
   * document stays as it is and may be used meanwhile.
   * @throws HaechiError DETECTOR_UNAVAILABLE when there is no answer, or the reason of the signal
   */
  find(
    document: JsonDocument,
    options: {
      readonly direction: Direction;
      readonly scanNumbers: boolean;
      /** What was found before in leaves that need not be looked at again. */
      readonly known?: KnownRuns;
      /** The parts that are to be read together; all of the document when absent. */
      readonly adjacent?: readonly AdjacentParts[];
      /** A document that nobody waits for any more is not begun. */
      readonly signal?: AbortSignal | undefined;
    },
  ): Promise<readonly Finding[]>;
  /** Ends what is under way. */
  close(): Promise<void>;
}
