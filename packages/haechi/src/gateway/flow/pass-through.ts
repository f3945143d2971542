import { HaechiError, isHaechiError } from "../../core/errors.ts";
import type { UpstreamResponse } from "../../ports/upstream.ts";
import { clientHeaders } from "../headers/to-client.ts";
import type { Outcome } from "../telemetry.ts";
import type { AdmittedExchange } from "./admitted-exchange.ts";
import { writeToClient } from "./client-writer.ts";
import { recordDecision } from "./record-decision.ts";

/**
 * Answers with the upstream's bytes as they come, uninspected: only for streams an
 * operator has chosen to pass through. Still bounded, and no faster than the client reads.
 */
export async function passThrough(response: UpstreamResponse, admitted: AdmittedExchange): Promise<Outcome> {
  const { exchange, gateway } = admitted;
  const client = exchange.response;
  client.writeHead(
    response.status,
    clientHeaders(response.headers, { transformed: false, bodyLength: null, decoded: false }),
  );
  client.flushHeaders();
  let passed = 0;
  try {
    await response.body.eachChunk((chunk) => {
      passed += chunk.length;
      if (passed > gateway.responses.bytesMax) {
        throw new HaechiError("UPSTREAM_TOO_LARGE", "The passed-through stream is larger than the response limit");
      }
      return writeToClient(client, [chunk]);
    });
  } catch (error) {
    response.body.cancel();
    const reason = exchange.signal.aborted ? "client_left" : isHaechiError(error) ? error.reason : "internal_error";
    await recordDecision(admitted, "stream_failed", reason);
    // The head is out, so the only honest sign is a connection that breaks off.
    client.destroy();
    return "stream_failed";
  }
  client.end();
  return "stream_passed_through";
}
