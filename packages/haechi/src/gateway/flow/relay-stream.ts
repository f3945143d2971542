import { setImmediate } from "node:timers/promises";
import { HaechiError, isHaechiError } from "../../core/errors.ts";
import type { ProtectedStream } from "../../engine/protect-stream.ts";
import type { UpstreamResponse } from "../../ports/upstream.ts";
import type { FrameSplitter, StreamFrame } from "../../protocols/framing/frame.ts";
import { createGuessingSplitter, reframed, splitterOf } from "../../protocols/framing/framings.ts";
import type { StreamError, StreamFormat, StreamFraming } from "../../protocols/protocol.ts";
import { codingsOf } from "../body/content-coding.ts";
import { type ChunkDecoder, createChunkDecoder } from "../body/decode-chunks.ts";
import { errorReplies, errorReplyFor } from "../error-reply.ts";
import { headerValue, headerValues } from "../headers/header-list.ts";
import { clientHeaders } from "../headers/to-client.ts";
import type { Outcome } from "../telemetry.ts";
import type { AdmittedExchange } from "./admitted-exchange.ts";
import { writeToClient } from "./client-writer.ts";
import { type InspectedStream, recordDecision } from "./record-decision.ts";
import { responseContext } from "./response-context.ts";
import { copiesOf, fieldsOf } from "./route-fields.ts";
import { createPieceReader, type PieceReader } from "./stream-pieces.ts";

/**
 * Answers with a stream whose frames are inspected as they come, in order and no
 * faster than the client reads. However it ends, the end is recorded before the
 * client sees it, and a client whose stream fails is told so in the stream itself.
 */
export async function relayStream(
  response: UpstreamResponse,
  format: StreamFormat,
  framing: StreamFraming | "unsaid",
  admitted: AdmittedExchange,
): Promise<Outcome> {
  const { exchange } = admitted;
  const decoder = decoderFor(response, admitted);
  const headers = clientHeaders(response.headers, { transformed: true, bodyLength: null, decoded: decoder !== null });
  exchange.response.writeHead(response.status, headers);
  // The first frame may have to wait for more of its text; the head does not.
  exchange.response.flushHeaders();
  const relay = openRelay(format, framing, admitted);
  const { stream } = relay;
  try {
    await relayFrames(response, decoder, relay, admitted);
  } catch (error) {
    response.body.cancel();
    const hasLeft = exchange.signal.aborted;
    if (stream.blocked && !hasLeft) return await endBlocked(relay, admitted);
    if (!stream.blocked && hasLeft && relay.reader.hasEnded) return await endWhole(relay, admitted);
    return await endFailed(error, relay, admitted);
  } finally {
    decoder?.close();
  }
  if (stream.blocked) return await endBlocked(relay, admitted);
  return await endWhole(relay, admitted);
}

/** What reads one stream. */
interface Relay {
  readonly format: StreamFormat;
  readonly splitter: FrameSplitter;
  readonly reader: PieceReader;
  readonly stream: ProtectedStream;
}

function openRelay(format: StreamFormat, framing: StreamFraming | "unsaid", admitted: AdmittedExchange): Relay {
  const { haechi, metrics } = admitted.gateway;
  const stream = openStream(format, admitted);
  const onUnknownEvent = () => metrics.increment("haechi_stream_unknown_events_total");
  return {
    format,
    splitter: framing === "unsaid" ? createGuessingSplitter(format.framing) : splitterOf(framing),
    reader: createPieceReader({ format, fields: fieldsOf(format.fields), haechi, stream, onUnknownEvent }),
    stream,
  };
}

function openStream(format: StreamFormat, admitted: AdmittedExchange): ProtectedStream {
  const { gateway, route } = admitted;
  return gateway.haechi.openStream({
    ...responseContext(admitted, gateway.streams.mode),
    fields: fieldsOf(format.fields),
    copies: copiesOf(route),
    heldMax: gateway.streams.heldMax,
  });
}

function inspected(stream: ProtectedStream, { gateway }: AdmittedExchange): InspectedStream {
  return { mode: gateway.streams.mode, summary: stream.summary() };
}

/** Relays until the stream ends or a decision blocks it. */
async function relayFrames(
  response: UpstreamResponse,
  decoder: ChunkDecoder | null,
  { splitter, reader, stream }: Relay,
  { exchange, gateway }: AdmittedExchange,
): Promise<void> {
  const client = exchange.response;

  // Most pieces need nothing that takes time, and a stream has thousands of them:
  // the loop stays synchronous until something does.
  const relay = (frames: readonly StreamFrame[]): undefined | Promise<void> => {
    const written: Uint8Array[] = [];
    for (let index = 0; index < frames.length; index += 1) {
      const ready = stream.push(reader.read(frames[index]!));
      if (ready instanceof Promise) return relaySlowly(written, ready, frames.slice(index + 1));
      written.push(...ready);
    }
    return writeToClient(client, written);
  };
  const relaySlowly = async (
    written: readonly Uint8Array[],
    pending: Promise<readonly Uint8Array[]>,
    rest: readonly StreamFrame[],
  ): Promise<void> => {
    await writeToClient(client, [...written, ...(await pending)]);
    await relay(rest);
  };

  const stopIfBlocked = (): void => {
    if (stream.blocked) throw new StreamStopped();
  };

  const relayChunk = (chunk: Uint8Array): undefined | Promise<void> => {
    const frames = splitter.push(chunk);
    if (splitter.pendingBytes > gateway.responses.bytesMax) {
      throw new HaechiError("UPSTREAM_TOO_LARGE", "A stream frame is larger than the response limit");
    }
    const written = relay(frames);
    if (written === undefined) stopIfBlocked();
    return written?.then(stopIfBlocked);
  };

  await response.body.eachChunk(
    decoder === null ? relayChunk : async (chunk) => relayChunk(await decoder.decode(chunk)),
  );
  if (decoder !== null) await relayChunk(await decoder.end());
  const last = splitter.end();
  if (last !== null) await relay([last]);
  await writeToClient(client, await stream.end());
}

/** Ends the reading of an upstream whose rest must not pass. */
class StreamStopped extends Error {}

/** All of it has been inspected. Many clients leave as soon as they have read that their texts have ended. */
async function endWhole({ stream }: Relay, admitted: AdmittedExchange): Promise<Outcome> {
  await recordDecision(admitted, "stream_inspected", "stream_inspected", inspected(stream, admitted));
  await stream.recordRestored();
  admitted.exchange.response.end();
  return "stream_inspected";
}

async function endBlocked(relay: Relay, admitted: AdmittedExchange): Promise<Outcome> {
  await recordDecision(admitted, "stream_blocked", "stream_policy_block", inspected(relay.stream, admitted));
  await endWith(closing(relay, BLOCKED), admitted.exchange.response);
  return "stream_blocked";
}

/** Where nothing more can be said, as behind an array that is closed, a connection that breaks off says that this is no good end. */
async function endWith(last: Uint8Array, client: AdmittedExchange["exchange"]["response"]): Promise<void> {
  if (last.length > 0) {
    client.end(last);
    return;
  }
  // What was written before is on its way by then.
  await setImmediate();
  client.destroy();
}

/** The last bytes of a stream that ends in an error, after what has left of it; none where that has ended already. */
function closing({ format, splitter, reader }: Relay, error: StreamError): Uint8Array {
  const { lastLeft, lastCount } = reader;
  const counted = format.counter === undefined ? error : { ...error, count: lastCount === null ? 0 : lastCount + 1 };
  const frame = reframed(Buffer.from(format.errorFrame(counted)), format.framing, splitter.framing);
  return splitter.closing(frame, lastLeft);
}

/** The upstream or the client broke off, or the stream could not be inspected. */
async function endFailed(error: unknown, relay: Relay, admitted: AdmittedExchange): Promise<Outcome> {
  const { exchange } = admitted;
  const { stream } = relay;
  const reason = exchange.signal.aborted ? "client_left" : isHaechiError(error) ? error.reason : "internal_error";
  await recordDecision(admitted, "stream_failed", reason, inspected(stream, admitted));
  if (exchange.signal.aborted) {
    exchange.response.destroy();
    return "stream_failed";
  }
  // What came before the break is the client's; what was held of it is decided now.
  await writeToClient(exchange.response, await stream.end());
  await endWith(closing(relay, stream.blocked ? BLOCKED : streamErrorFor(error)), exchange.response);
  return "stream_failed";
}

const BLOCKED: StreamError = {
  code: "haechi_response_policy_block",
  message: "The response was blocked by policy",
};

function streamErrorFor(error: unknown): StreamError {
  // What cannot be read here came from the upstream; the client's own document was good.
  const isDocument = isHaechiError(error) && error.code.startsWith("DOCUMENT_");
  const { error: code, message } = isDocument ? errorReplies.UPSTREAM_UNINSPECTABLE : errorReplyFor(error);
  return { code, message };
}

/**
 * How a response is framed that is to be read as a stream: because it says so, or because one was
 * asked for and nobody else would look into what it is instead. `unsaid` when its beginning has to
 * tell: clients read the events of a stream whatever its type says. Null for a whole response.
 */
export function streamFraming(
  { status, headers }: UpstreamResponse,
  format: StreamFormat,
  { wasAsked, inspectsWhole }: { readonly wasAsked: boolean; readonly inspectsWhole: boolean },
): StreamFraming | "unsaid" | null {
  const type = headerValue(headers, "content-type")?.toLowerCase() ?? "";
  if (type.startsWith("text/event-stream")) return "sse";
  if (JSON_LINES.test(type)) return "unsaid";
  // An array is JSON, whether it comes at once or element by element. An error is a whole answer.
  const isJson = type.includes("application/json");
  if (wasAsked && isJson && status < 400 && format.framing === "json-array") return "json-array";
  if (!wasAsked || inspectsWhole) return null;
  return isJson && format.framing === "sse" ? null : "unsaid";
}

/** The names under which JSON Lines are sent; none is registered. */
const JSON_LINES = /^application\/(?:x-)?(?:ndjson|jsonl(?:ines)?)\b/;

/**
 * What undoes the codings of a stream; null for one without. Upstreams are asked for identity; one that encodes all the
 * same is read all the same.
 * @throws HaechiError UPSTREAM_UNINSPECTABLE
 */
export function decoderFor(
  { headers }: UpstreamResponse,
  { gateway }: Pick<AdmittedExchange, "gateway">,
): ChunkDecoder | null {
  const codings = codingsOf(headerValues(headers, "content-encoding"));
  if (codings?.length === 0) return null;
  const { decodesCompressed, bytesMax } = gateway.responses;
  if (codings !== null && decodesCompressed) return createChunkDecoder(codings, bytesMax);
  throw new HaechiError("UPSTREAM_UNINSPECTABLE", "The stream is compressed", { reason: "compressed_response" });
}
