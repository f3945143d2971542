import type { Direction } from "../../core/detect/finding.ts";
import type { JsonDocument } from "../../core/document/json-document.ts";

/** What a worker is asked; it is answered with `FindingColumns`, and there is one question at a time. */
export interface FindQuestion {
  /** The worker's own: they have moved to it. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly format: JsonDocument["format"];
  readonly direction: Direction;
  readonly scanNumbers: boolean;
}
