import type { JsonDocument } from "../core/document/json-document.ts";
import { concatenate } from "../protocols/framing/bytes.ts";
import { isBatch } from "../protocols/framing/json-rpc.ts";
import { elementRanges, withElements } from "../protocols/framing/json-rpc-batch.ts";
import type { Delivery } from "./delivery.ts";
import { handleMessage, refuseUnread, skim } from "./handle-message.ts";
import type { Line } from "./line-reader.ts";
import type { MessageGuard, Sender } from "./message-guard.ts";
import { reasonOf } from "./refusal.ts";

/** What becomes of one line: a message, or several of them in an array. It never rejects. */
export async function handleLine(line: Line, from: Sender, guard: MessageGuard): Promise<Delivery> {
  if (line.kind === "too-long") {
    return await refuseUnread(line.skimmed, { kind: "failed", reason: "line_too_long" }, from, guard);
  }
  let document: JsonDocument;
  try {
    document = guard.haechi.read(line.bytes);
  } catch (error) {
    return await refuseUnread(skim(line.bytes), { kind: "failed", reason: reasonOf(error) }, from, guard);
  }
  return isBatch(document) ? await handleBatch(document, from, guard) : await handleMessage(document, from, guard);
}

/** Each message of a batch on its own: one that is refused keeps none of the others back. */
async function handleBatch({ bytes }: JsonDocument, from: Sender, guard: MessageGuard): Promise<Delivery> {
  const ranges = elementRanges(bytes);
  if (ranges.length === 0 || ranges.length > BATCH_LENGTH_MAX) {
    const reason = ranges.length === 0 ? "empty_batch" : "batch_too_long";
    return await refuseUnread(NOBODY, { kind: "invalid", reason }, from, guard);
  }
  const items = ranges.map(({ start, end }) => bytes.subarray(start, end));
  const deliveries: Delivery[] = [];
  for (const item of items)
    deliveries.push(await handleMessage(guard.haechi.read(item), from, guard, { isAlone: false }));
  const forwarded = deliveries.map(({ forward }) => forward);
  const replies = deliveries.flatMap(({ reply }) => reply ?? []);
  const isWhole = forwarded.every((forward, index) => forward === items[index]);
  return {
    forward: isWhole ? bytes : withElements(bytes, ranges, forwarded),
    reply: replies.length === 0 ? null : arrayOf(replies),
    receipt: deliveries.findLast(({ receipt }) => receipt !== null)?.receipt ?? null,
    later: null,
    isForUs: deliveries.every(({ isForUs }) => isForUs),
    said: null,
    refused: null,
  };
}

/** JSON-RPC 2.0, section 6: what answers a batch is an array. */
function arrayOf(replies: readonly Uint8Array[]): Uint8Array {
  const listed = replies.flatMap((reply, index) => (index === 0 ? [reply] : [COMMA, reply]));
  return concatenate([OPEN_BRACKET, ...listed, CLOSE_BRACKET]);
}

const OPEN_BRACKET = Uint8Array.of(0x5b);
const COMMA = Uint8Array.of(0x2c);
const CLOSE_BRACKET = Uint8Array.of(0x5d);
const NOBODY = { id: null, isAnswer: false };

/** Each of them is recorded. */
const BATCH_LENGTH_MAX = 1_000;
