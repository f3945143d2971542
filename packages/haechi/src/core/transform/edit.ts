/** A planned change: the bytes from `start` to `end`, which lie in `leaf`, are to spell `replacement`. */
export interface Edit {
  readonly leaf: number;
  readonly start: number;
  readonly end: number;
  /** Plain text; it is escaped where the document asks for it. */
  readonly replacement: string;
}
