import type { JsonDocument } from "../core/document/json-document.ts";

/** One unit of a stream, such as an event, as far as protection is concerned. */
export interface StreamPiece {
  /** Null for a control, which is passed on as it is. Read only when it is asked for. */
  readonly document: (() => JsonDocument) | null;
  /** Pieces with the same mould, when they have one, differ in their growing text and in nothing else. */
  readonly mould: object | null;
  /** The leaves that continue a growing text. */
  readonly growing: readonly GrowingLeaf[];
  /** Groups whose texts end with this piece; `all` for the end of everything. */
  readonly ends: readonly string[] | "all";
  /** The piece with other document bytes; null for the piece as it came. */
  readonly render: (bytes: Uint8Array | null) => Uint8Array;
}

export interface GrowingLeaf {
  readonly leaf: number;
  /** What it adds. */
  readonly text: string;
  readonly channel: string;
  readonly groups: readonly string[];
  /** `json`: the text is JSON in pieces. `signed-text`: nothing of it is changed. */
  readonly content: "text" | "json" | "signed-text";
  /**
   * For a text that only seems to grow, as far as anyone knows: what of it came before, and has left.
   * It is looked into where it stands too, as any other leaf is. Null for a text that the protocol names.
   */
  readonly before: string | null;
}
