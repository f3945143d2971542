export { createMarkerSplitter, type MarkerSegment, type MarkerSplitter } from "../core/restore/marker-splitter.ts";
export { restoreText } from "../core/restore/restore.ts";
export {
  openStreamScanner,
  type StreamProgress,
  type StreamScanner,
  type StreamScannerOptions,
  type TextFinding,
} from "../core/stream/stream-scanner.ts";
export {
  openProtectedStream,
  type ProtectedStream,
  type StreamContext,
} from "../engine/protect-stream.ts";
export type { StreamPiece } from "../engine/stream-piece.ts";
export { createSseSplitter, frameData, type SseFrame, type SseSplitter } from "../protocols/framing/sse.ts";
