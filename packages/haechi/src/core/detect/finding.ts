import type { EntityType } from "./entity-type.ts";

/** One thing found: what, where and how sure. It never holds the text itself. */
export interface Finding {
  /** Leaf index in the document. */
  readonly leaf: number;
  readonly entityType: EntityType;
  readonly ruleId: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** First byte in `document.bytes`. For a disguised value: of the disguised source. */
  readonly start: number;
  /** Past the last byte in `document.bytes`. */
  readonly end: number;
  /** It is a piece of a value that goes on from one leaf to the next. */
  readonly acrossLeaves?: true;
}

/** Which way the text travels: from the client to the upstream, or back. */
export type Direction = "request" | "response";
