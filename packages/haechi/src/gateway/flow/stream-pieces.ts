import type { JsonDocument } from "../../core/document/json-document.ts";
import { textDocument } from "../../core/document/text-document.ts";
import { isHaechiError } from "../../core/errors.ts";
import { findStreamLeaves } from "../../core/stream/stream-leaves.ts";
import type { Haechi } from "../../engine/create-haechi.ts";
import type { GrowingLeaf, ProtectedStream, StreamPiece } from "../../engine/protect-stream.ts";
import { frameData, type SseFrame, type SseLine, withFrameData } from "../../protocols/framing/sse.ts";
import type { StreamFormat } from "../../protocols/protocol.ts";

const encoder = new TextEncoder();

/** Data that is not JSON is one growing text: a value may be split over events. */
const PLAIN_DATA: GrowingLeaf = { leaf: 0, channel: "data", group: "data", content: "text" };

/** Reads the events of a stream format as pieces to protect. */
export function createPieceReader(
  format: StreamFormat,
  haechi: Haechi,
  stream: ProtectedStream,
): (frame: SseFrame) => StreamPiece {
  const controls = format.controls.map((control) => encoder.encode(control));
  const patterns = format.channels.map(({ path }) => path);

  const isControl = (data: Uint8Array) =>
    controls.some((control) => control.length === data.length && control.every((byte, at) => data[at] === byte));

  const growingLeaves = (document: JsonDocument): GrowingLeaf[] => {
    if (document.format === "text") return [PLAIN_DATA];
    return findStreamLeaves(document, patterns).map(({ leaf, channel, group, pattern }) => ({
      leaf,
      channel,
      group,
      content: format.channels[pattern]!.content,
    }));
  };

  return (frame) => {
    const data = frameData(frame);
    const dropped = screenOtherLines(frame, stream);
    if (data === null || isControl(data)) {
      return {
        document: null,
        growing: [],
        ends: data === null ? [] : "all",
        render: () => rendered(frame, null, dropped),
      };
    }
    const document = readData(data, haechi);
    const ends = document.format === "json" ? findStreamLeaves(document, format.ends).map(({ group }) => group) : [];
    return {
      document,
      growing: growingLeaves(document),
      ends,
      render: (bytes) => rendered(frame, bytes, dropped),
    };
  };
}

/** Lines beside the data that hold something the policy does not let pass. They carry nothing a client needs. */
function screenOtherLines(frame: SseFrame, stream: ProtectedStream): ReadonlySet<SseLine> {
  const dropped = new Set<SseLine>();
  for (const line of frame.lines) {
    if (line.field === "data" || line.field === "retry") continue;
    if (stream.mustDrop(frame.raw.subarray(line.start, line.valueEnd))) dropped.add(line);
  }
  return dropped;
}

function readData(data: Uint8Array, haechi: Haechi): JsonDocument {
  try {
    return haechi.read(data);
  } catch (error) {
    if (isHaechiError(error, "DOCUMENT_NOT_JSON")) return textDocument(data);
    throw error;
  }
}

function rendered(frame: SseFrame, data: Uint8Array | null, dropped: ReadonlySet<SseLine>): Uint8Array {
  return data === null && dropped.size === 0 ? frame.raw : withFrameData(frame, data, dropped);
}
