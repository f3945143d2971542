import { HaechiError } from "../../core/errors.ts";
import type { UpstreamResponse } from "../../ports/upstream.ts";
import type { FrameLine, StreamFrame } from "../../protocols/framing/frame.ts";
import { splitterOf } from "../../protocols/framing/framings.ts";
import type { ChunkDecoder } from "../body/decode-chunks.ts";

/** What is done with the events of a stream. */
export interface EventHandlers {
  /** What goes on in place of the data of an event; null for nothing. */
  message(data: Uint8Array): Promise<Uint8Array | null>;
  /** The same for an event that says where messages go to. */
  endpoint(data: Uint8Array): Uint8Array | null;
  /** Whether what stands beside the data, such as a comment, may pass. */
  mayPass(line: string): Promise<boolean>;
  write(bytes: readonly Uint8Array[]): undefined | Promise<void>;
}

/**
 * Relays the events of a stream in order, and no faster than they are taken. What comes at a time is worked on at a
 * time, so that one flush of the audit log serves all of it. The ids of events are kept, those of dropped ones too.
 * @throws HaechiError UPSTREAM_TOO_LARGE for an event of more than `eventBytesMax` bytes, and what breaks the stream
 */
export async function relayEvents(
  { body }: UpstreamResponse,
  decoder: ChunkDecoder | null,
  eventBytesMax: number,
  handlers: EventHandlers,
): Promise<void> {
  const splitter = splitterOf("sse");
  const relayFrames = async (frames: readonly StreamFrame[]): Promise<void> => {
    if (frames.length === 0) return;
    await handlers.write(await Promise.all(frames.map((frame) => rewritten(frame, handlers))));
  };
  const relayChunk = (chunk: Uint8Array): undefined | Promise<void> => {
    const frames = splitter.push(chunk);
    if (splitter.pendingBytes > eventBytesMax) {
      throw new HaechiError("UPSTREAM_TOO_LARGE", "An event is larger than the limit", { reason: "event_too_long" });
    }
    return frames.length === 0 ? undefined : relayFrames(frames);
  };
  await body.eachChunk(decoder === null ? relayChunk : async (chunk) => relayChunk(await decoder.decode(chunk)));
  if (decoder !== null) await relayChunk(await decoder.end());
  // An event that the end of the stream cuts is none (WHATWG HTML, section 9.2.6).
}

async function rewritten(frame: StreamFrame, handlers: EventHandlers): Promise<Uint8Array> {
  const dropped = new Set<FrameLine>();
  let event = "";
  for (const line of frame.beside) {
    const text = utf8.decode(frame.raw.subarray(line.start, line.valueEnd));
    event = EVENT.exec(text)?.[1] ?? event;
    if (!(await handlers.mayPass(text))) dropped.add(line);
  }
  const { data } = frame;
  if (data === null || data.length === 0) return frame.rewritten(null, dropped);
  const carried = event === "endpoint" ? handlers.endpoint(data) : await handlers.message(data);
  if (carried === data) return frame.rewritten(null, dropped);
  // An event without data is told to nobody, and its id is remembered all the same.
  return frame.rewritten(carried ?? NO_DATA, dropped);
}

const EVENT = /^event: ?(.*)$/;
const NO_DATA = new Uint8Array(0);
const utf8 = new TextDecoder();
