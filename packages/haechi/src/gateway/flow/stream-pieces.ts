import type { JsonDocument } from "../../core/document/json-document.ts";
import { leafText } from "../../core/document/leaf.ts";
import { textDocument } from "../../core/document/text-document.ts";
import { isHaechiError } from "../../core/errors.ts";
import { findStreamLeaves } from "../../core/stream/stream-leaves.ts";
import type { Haechi } from "../../engine/create-haechi.ts";
import type { GrowingLeaf, ProtectedStream, StreamPiece } from "../../engine/protect-stream.ts";
import { frameData, type SseFrame, type SseLine, withFrameData } from "../../protocols/framing/sse.ts";
import type { StreamFormat } from "../../protocols/protocol.ts";
import { castInMould, type Mould, mouldOf } from "./stream-mould.ts";

const encoder = new TextEncoder();
const NOTHING_DROPPED: ReadonlySet<SseLine> = new Set();

/** Reads the events of a stream format as pieces to protect. */
export function createPieceReader(
  format: StreamFormat,
  haechi: Haechi,
  stream: ProtectedStream,
): (frame: SseFrame) => StreamPiece {
  const controls = format.controls.map((control) => encoder.encode(control));
  const patterns = format.channels.map(({ path }) => path);
  const endPaths = format.ends.flatMap((end) => ("path" in end ? [end.path] : []));
  let mould: Mould | null = null;

  const isControl = (data: Uint8Array) =>
    controls.some((control) => control.length === data.length && control.every((byte, at) => data[at] === byte));

  const growingLeaves = (document: JsonDocument): GrowingLeaf[] => {
    // Data that is not JSON is one growing text: a value may be split over events.
    if (document.format === "text") {
      return [{ leaf: 0, text: leafText(document, 0), channel: "data", group: "data", content: "text" }];
    }
    return findStreamLeaves(document, patterns).map(({ leaf, channel, group, pattern }) => ({
      leaf,
      text: leafText(document, leaf),
      channel,
      group,
      content: format.channels[pattern]!.content === "json" ? "json" : "text",
    }));
  };

  return (frame) => {
    const data = frameData(frame);
    const dropped = screenOtherLines(frame, stream);
    const render = (bytes: Uint8Array | null) => rendered(frame, bytes, dropped);
    if (data === null || isControl(data)) {
      return { document: null, mould: null, growing: [], ends: data === null ? [] : "all", render };
    }
    const text = mould === null ? null : castInMould(mould, data);
    if (mould !== null && text !== null) {
      const growing = [{ ...mould.growing, text }];
      return { document: once(() => readData(data, haechi)), mould, growing, ends: [], render };
    }
    const document = readData(data, haechi);
    const ends = document.format === "json" ? findStreamLeaves(document, endPaths).map(({ group }) => group) : [];
    const growing = growingLeaves(document);
    mould = ends.length === 0 ? mouldOf(document, growing, mould) : null;
    return { document: () => document, mould, growing, ends, render };
  };
}

/** Lines beside the data that hold something the policy does not let pass. They carry nothing a client needs. */
function screenOtherLines(frame: SseFrame, stream: ProtectedStream): ReadonlySet<SseLine> {
  let dropped: Set<SseLine> | null = null;
  for (const line of frame.lines) {
    if (line.field === "data" || line.field === "retry") continue;
    if (!stream.mustDrop(frame.raw.subarray(line.start, line.valueEnd))) continue;
    dropped ??= new Set();
    dropped.add(line);
  }
  return dropped ?? NOTHING_DROPPED;
}

function readData(data: Uint8Array, haechi: Haechi): JsonDocument {
  try {
    return haechi.read(data);
  } catch (error) {
    if (isHaechiError(error, "DOCUMENT_NOT_JSON")) return textDocument(data);
    throw error;
  }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function rendered(frame: SseFrame, data: Uint8Array | null, dropped: ReadonlySet<SseLine>): Uint8Array {
  return data === null && dropped.size === 0 ? frame.raw : withFrameData(frame, data, dropped);
}
