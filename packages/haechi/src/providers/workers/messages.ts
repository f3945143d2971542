import type { AdjacentParts } from "../../core/detect/decoded/decoded-parts.ts";
import type { Direction } from "../../core/detect/finding.ts";
import type { KnownRuns } from "../../core/detect/scan/scan.ts";
import type { JsonDocument } from "../../core/document/json-document.ts";

/** What a worker is asked; it is answered with `FindingColumns`, and there is one question at a time. */
export interface FindQuestion {
  /** A copy. Its bytes have their memory to themselves. */
  readonly document: JsonDocument;
  readonly direction: Direction;
  readonly scanNumbers: boolean;
  readonly known?: KnownRuns;
  readonly adjacent?: readonly AdjacentParts[];
}
