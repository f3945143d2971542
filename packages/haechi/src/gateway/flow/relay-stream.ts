import { HaechiError, isHaechiError } from "../../core/errors.ts";
import type { ProtectedStream } from "../../engine/protect-stream.ts";
import type { UpstreamResponse } from "../../ports/upstream.ts";
import { createSseSplitter, type SseFrame } from "../../protocols/framing/sse.ts";
import type { StreamError, StreamFormat } from "../../protocols/protocol.ts";
import { errorReplyFor } from "../error-reply.ts";
import { headerValue } from "../headers/header-list.ts";
import { clientHeaders } from "../headers/to-client.ts";
import type { Outcome } from "../telemetry.ts";
import type { AdmittedExchange } from "./admitted-exchange.ts";
import { writeToClient } from "./client-writer.ts";
import { type InspectedStream, recordDecision } from "./record-decision.ts";
import { createPieceReader } from "./stream-pieces.ts";

/**
 * Answers with a stream whose events are inspected as they come, in order and no
 * faster than the client reads. However it ends, the end is recorded before the
 * client sees it, and a client whose stream fails is told so in the stream itself.
 */
export async function relayStream(
  response: UpstreamResponse,
  format: StreamFormat,
  admitted: AdmittedExchange,
): Promise<Outcome> {
  const { exchange } = admitted;
  requireReadable(response);
  const headers = clientHeaders(response.headers, { transformed: true, bodyLength: null, decoded: false });
  exchange.response.writeHead(response.status, headers);
  // The first event may have to wait for more of its text; the head does not.
  exchange.response.flushHeaders();
  const stream = openStream(admitted);
  try {
    await relayEvents(response, format, stream, admitted);
  } catch (error) {
    response.body.cancel();
    if (stream.blocked && !exchange.signal.aborted) return await endBlocked(format, stream, admitted);
    return await endFailed(error, format, stream, admitted);
  }
  if (stream.blocked) return await endBlocked(format, stream, admitted);
  await recordDecision(admitted, "stream_inspected", "stream_inspected", inspected(stream, admitted));
  await stream.recordRestored();
  exchange.response.end();
  return "stream_inspected";
}

function openStream({ exchange, gateway, route, caller, restores }: AdmittedExchange): ProtectedStream {
  return gateway.haechi.openStream({
    mode: gateway.streams.mode,
    policy: caller.policy,
    direction: "response",
    scanNumbers: gateway.responses.scanNumbers,
    protocol: gateway.protocol.auditName,
    operation: `response:${exchange.method} ${route.id}`,
    identity: caller.identity,
    correlationId: exchange.id,
    restores,
    heldMax: gateway.streams.heldMax,
  });
}

function inspected(stream: ProtectedStream, { gateway }: AdmittedExchange): InspectedStream {
  return { mode: gateway.streams.mode, summary: stream.summary() };
}

/** Relays until the stream ends or a decision blocks it. */
async function relayEvents(
  response: UpstreamResponse,
  format: StreamFormat,
  stream: ProtectedStream,
  { exchange, gateway }: AdmittedExchange,
): Promise<void> {
  const client = exchange.response;
  const readPiece = createPieceReader(format, gateway.haechi, stream);
  const splitter = createSseSplitter();

  // Most pieces need nothing that takes time, and a stream has thousands of them:
  // the loop stays synchronous until something does.
  const relay = (frames: readonly SseFrame[]): undefined | Promise<void> => {
    const written: Uint8Array[] = [];
    for (let index = 0; index < frames.length; index += 1) {
      const ready = stream.push(readPiece(frames[index]!));
      if (ready instanceof Promise) return relaySlowly(written, ready, frames.slice(index + 1));
      written.push(...ready);
    }
    return writeToClient(client, written);
  };
  const relaySlowly = async (
    written: readonly Uint8Array[],
    pending: Promise<readonly Uint8Array[]>,
    rest: readonly SseFrame[],
  ): Promise<void> => {
    await writeToClient(client, [...written, ...(await pending)]);
    await relay(rest);
  };

  const stopIfBlocked = (): void => {
    if (stream.blocked) throw new StreamStopped();
  };

  await response.body.eachChunk((chunk) => {
    const frames = splitter.push(chunk);
    if (splitter.pendingBytes > gateway.responses.bytesMax) {
      throw new HaechiError("UPSTREAM_TOO_LARGE", "A stream event is larger than the response limit");
    }
    const written = relay(frames);
    if (written === undefined) stopIfBlocked();
    return written?.then(stopIfBlocked);
  });
  const last = splitter.end();
  if (last !== null) await relay([last]);
  await writeToClient(client, await stream.end());
}

/** Ends the reading of an upstream whose rest must not pass. */
class StreamStopped extends Error {}

async function endBlocked(format: StreamFormat, stream: ProtectedStream, admitted: AdmittedExchange): Promise<Outcome> {
  await recordDecision(admitted, "stream_blocked", "stream_policy_block", inspected(stream, admitted));
  admitted.exchange.response.end(format.errorFrame(BLOCKED));
  return "stream_blocked";
}

/** The upstream or the client broke off, or the stream could not be inspected. */
async function endFailed(
  error: unknown,
  format: StreamFormat,
  stream: ProtectedStream,
  admitted: AdmittedExchange,
): Promise<Outcome> {
  const { exchange } = admitted;
  const reason = exchange.signal.aborted ? "client_left" : isHaechiError(error) ? error.reason : "internal_error";
  await recordDecision(admitted, "stream_failed", reason, inspected(stream, admitted));
  if (exchange.signal.aborted) {
    exchange.response.destroy();
    return "stream_failed";
  }
  // What came before the break is the client's; what was held of it is decided now.
  await writeToClient(exchange.response, await stream.end());
  exchange.response.end(format.errorFrame(stream.blocked ? BLOCKED : streamErrorFor(error)));
  return "stream_failed";
}

const BLOCKED: StreamError = {
  code: "haechi_response_policy_block",
  message: "The response was blocked by policy",
};

function streamErrorFor(error: unknown): StreamError {
  const { error: code, message } = errorReplyFor(error);
  return { code, message };
}

/**
 * True when a response is to be read as a stream of server-sent events: when it says so, or when
 * one was asked for and nobody else would look into what it is instead. Clients read the events
 * of a stream whatever its type says.
 */
export function isEventStream(
  { headers }: UpstreamResponse,
  { wasAsked, inspectsWhole }: { readonly wasAsked: boolean; readonly inspectsWhole: boolean },
): boolean {
  const type = headerValue(headers, "content-type")?.toLowerCase() ?? "";
  if (type.startsWith("text/event-stream")) return true;
  return wasAsked && !inspectsWhole && !type.includes("application/json");
}

// Upstreams are asked for identity; one that encodes all the same sends events that cannot be read.
function requireReadable({ headers }: UpstreamResponse): void {
  const encoding = headerValue(headers, "content-encoding")?.toLowerCase() ?? "identity";
  if (encoding === "identity") return;
  throw new HaechiError("UPSTREAM_UNINSPECTABLE", "The stream is compressed", { reason: "compressed_response" });
}
