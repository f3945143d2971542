import { growing } from "../channels.ts";
import { pathOf } from "../fields.ts";
import type { StreamError, StreamFormat } from "../protocol.ts";
import { generated } from "./response.ts";

// Google's client throws what has an HTTP status in `error.code`; its own reason has a place of its own.
const errorOf = ({ code, message }: StreamError): string =>
  JSON.stringify({
    error: {
      code: 500,
      message,
      status: "INTERNAL",
      details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: code, domain: "haechi" }],
    },
  });

/** One array of whole responses, each with the next words; the answer to a request that names no format. */
export const generatedArray: StreamFormat = {
  framing: "json-array",
  byDefault: true,
  controls: [],
  channels: [
    growing("text", "candidates.*.content.parts.*.text"),
    growing("text", "candidates.*.content.parts.*.audioTranscription.text"),
    // Arguments of a call that come before the call is complete.
    growing("text", "candidates.*.content.parts.*.functionCall.partialArgs.*.stringValue"),
  ],
  fields: generated,
  ends: [{ path: pathOf("candidates.*.finishReason") }],
  errorFrame: errorOf,
};

/** The same responses as server-sent events without a name, for `alt=sse`. */
export const generatedEvents: StreamFormat = {
  ...generatedArray,
  framing: "sse",
  errorFrame: (error) => `data: ${errorOf(error)}\n\n`,
};
