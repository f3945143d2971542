/** The head of the audit chain at a moment, published where the log's writer cannot take it back. */
export interface Anchor {
  /** The segment of the log; absent in the first. */
  readonly segment?: number;
  readonly sequence: number;
  readonly eventHash: string;
  /** ISO 8601. */
  readonly timestamp: string;
}

/** Where anchors go. */
export interface CheckpointSink {
  publish(anchor: Anchor): Promise<void>;
  close(): Promise<void>;
}
