import type { Readable } from "node:stream";
import type { Delivery } from "./delivery.ts";
import { createLineReader, type Line } from "./line-reader.ts";

export interface RelayOptions {
  readonly lineBytesMax: number;
  handle(line: Line): Promise<Delivery>;
  deliver(delivery: Delivery): Promise<void>;
}

/**
 * Takes the lines of a peer and delivers what becomes of them, in their order. Several are worked on at a time,
 * so that one flush of the audit log serves all of them; nothing more is read while those wait. Resolves when
 * the peer has ended and everything is delivered.
 */
export async function relayLines(input: Readable, { lineBytesMax, handle, deliver }: RelayOptions): Promise<void> {
  const reader = createLineReader({ bytesMax: lineBytesMax });
  const waiting: { readonly bytes: number; readonly delivered: Promise<void> }[] = [];
  let waitingBytes = 0;
  let last = Promise.resolve();

  const take = async (line: Line) => {
    const bytes = line.kind === "message" ? line.bytes.length : 0;
    while (waiting.length >= WINDOW_LINES || (waiting.length > 0 && waitingBytes + bytes > WINDOW_BYTES)) {
      const oldest = waiting.shift()!;
      await oldest.delivered;
      waitingBytes -= oldest.bytes;
    }
    const handled = handle(line);
    last = Promise.all([handled, last]).then(([delivery]) => deliver(delivery));
    waiting.push({ bytes, delivered: last });
    waitingBytes += bytes;
  };

  for await (const chunk of chunksOf(input)) {
    for (const line of reader.push(chunk)) await take(line);
  }
  const rest = reader.end();
  if (rest !== null) await take(rest);
  await last;
}

/** A pipe that breaks has ended. */
async function* chunksOf(input: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of input) yield chunk as Uint8Array; // no encoding is set
  } catch {
    return;
  }
}

/** Lines that are worked on at a time; one that is longer than that is worked on alone. */
const WINDOW_LINES = 64;
const WINDOW_BYTES = 1024 * 1024;
