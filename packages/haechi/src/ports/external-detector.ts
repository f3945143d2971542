import type { EntityType } from "../core/detect/entity-type.ts";
import type { Direction } from "../core/detect/finding.ts";

/** One thing that a detector outside the process found in a text. */
export interface ExternalSpan {
  readonly type: EntityType;
  /** UTF-16 units, in the text that was handed in. */
  readonly start: number;
  readonly end: number;
  /** 0 to 1. */
  readonly confidence: number;
}

/** A detector that needs more than a pattern: a model, a service. It may do I/O. */
export interface ExternalDetector {
  /** Lower-case letters, digits and hyphens; a finding's rule id is `external:<id>`. */
  readonly id: string;
  /**
   * What it finds in each of the texts, in their order.
   * @throws anything when it cannot answer for all of them; `signal` ends the wait
   */
  detect(
    texts: readonly string[],
    context: { readonly direction: Direction; readonly signal: AbortSignal },
  ): Promise<readonly (readonly ExternalSpan[])[]>;
}
