import { growing } from "../channels.ts";
import { fieldsWith, pathOf } from "../fields.ts";
import type { Route, StreamFormat } from "../protocol.ts";
import { openAiErrorFields, openAiErrorFrame } from "./openai-error.ts";

/** Server-sent events of a transcript that is being written. */
const transcriptStream: StreamFormat = {
  framing: "sse",
  byDefault: false,
  controls: ["[DONE]"],
  channels: [
    growing("text", "delta", { events: ["transcript.text.delta"] }),
    // vLLM sends them as chunks of a chat.
    growing("text", "choices.*.delta.content"),
  ],
  fields: [...fieldsWith("identifier", ["type", "id", "segment_id", "usage.type"]), ...openAiErrorFields],
  ends: [
    { event: "transcript.text.segment" },
    { event: "transcript.text.done" },
    { path: pathOf("choices.*.finish_reason") },
  ],
  errorFrame: openAiErrorFrame,
};

/** Server-sent events of speech: sound, and nothing else. */
const speechStream: StreamFormat = {
  framing: "sse",
  byDefault: false,
  controls: ["[DONE]"],
  channels: [],
  fields: [...fieldsWith("media", ["audio"]), ...fieldsWith("identifier", ["type"]), ...openAiErrorFields],
  ends: [],
  otherEvents: ["speech.audio.delta", "speech.audio.done"],
  errorFrame: openAiErrorFrame,
};

// The parts of a form. What the sound says is not looked into; the transcript is, on its way back.
const recording = [
  ...fieldsWith("media", ["file"]),
  ...fieldsWith("identifier", ["model", "response_format", "language", "include[]", "timestamp_granularities[]"]),
];

const transcript = [
  ...fieldsWith("identifier", ["task", "segments.*.type", "segments.*.id", "usage.type"]),
  ...openAiErrorFields,
];

/** Sound into text, and text into sound. */
export function audioRoutes(base: string): readonly Route[] {
  return [
    {
      id: "audio-transcriptions",
      path: `${base}/audio/transcriptions`,
      stream: transcriptStream,
      request: recording,
      answers: ["text"],
      response: transcript,
      copies: ["logprobs", "segments.*.tokens"].map(pathOf),
    },
    {
      id: "audio-translations",
      path: `${base}/audio/translations`,
      stream: transcriptStream,
      request: recording,
      answers: ["text"],
      response: transcript,
      copies: ["logprobs", "segments.*.tokens"].map(pathOf),
    },
    {
      id: "audio-speech",
      path: `${base}/audio/speech`,
      stream: speechStream,
      answers: ["media"],
      request: fieldsWith("identifier", ["model", "voice", "voice.id", "response_format", "stream_format"]),
      response: openAiErrorFields,
    },
  ];
}
