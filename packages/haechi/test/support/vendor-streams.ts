import type { StreamFormat } from "../../src/protocols/protocol.ts";
import { chatStream } from "../../src/protocols/surfaces/chat-completions/stream.ts";
import { messageStream } from "../../src/protocols/surfaces/messages/stream.ts";
import { responsesStream } from "../../src/protocols/surfaces/responses/stream.ts";

/** How a vendor streams one text, and how a client puts it together again. */
export interface VendorStream {
  readonly name: string;
  readonly format: StreamFormat;
  /** The stream in which the text comes in these pieces. */
  write(pieces: readonly string[]): string;
  /** Every place where the whole text stands, put together from its pieces or repeated. */
  texts(stream: string): string[];
}

/** Server-sent events, named by the `type` that their data has. */
export function eventsOf(datas: readonly (object | string)[]): string {
  return datas
    .map((data) => {
      if (typeof data === "string") return `data: ${data}\n\n`;
      const name = "type" in data ? `event: ${String(data.type)}\n` : "";
      return `${name}data: ${JSON.stringify(data)}\n\n`;
    })
    .join("");
}

/** The JSON data of server-sent events. */
export function datasOf<Data>(stream: string): Data[] {
  return [...stream.matchAll(/^data: (\{.*)$/gm)].map(([, json]) => JSON.parse(json!) as Data);
}

const chat: VendorStream = {
  name: "chat completions",
  format: chatStream,
  write: (pieces) => {
    const chunk = (delta: object, finish: string | null = null) => ({
      id: "chatcmpl-1",
      object: "chat.completion.chunk",
      created: 1_700_000_000,
      model: "m",
      choices: [{ index: 0, delta, finish_reason: finish }],
    });
    return eventsOf([
      chunk({ role: "assistant", content: "" }),
      ...pieces.map((content) => chunk({ content })),
      chunk({}, "stop"),
      "[DONE]",
    ]);
  },
  texts: (stream) => [
    datasOf<{ choices: { delta: { content?: string } }[] }>(stream)
      .map(({ choices }) => choices[0]?.delta.content ?? "")
      .join(""),
  ],
};

const messages: VendorStream = {
  name: "messages",
  format: messageStream,
  write: (pieces) =>
    eventsOf([
      { type: "message_start", message: { id: "msg_1", type: "message", role: "assistant", model: "m", content: [] } },
      { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
      { type: "ping" },
      ...pieces.map((text) => ({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } })),
      { type: "content_block_stop", index: 0 },
      { type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null }, usage: { output_tokens: 7 } },
      { type: "message_stop" },
    ]),
  texts: (stream) => [
    datasOf<{ delta?: { text?: string } }>(stream)
      .map(({ delta }) => delta?.text ?? "")
      .join(""),
  ],
};

interface ResponseEvent {
  readonly type: string;
  readonly delta?: string;
  readonly text?: string;
  readonly part?: { readonly text: string };
  readonly item?: { readonly content: readonly { readonly text: string }[] };
  readonly response?: { readonly output: readonly { readonly content: readonly { readonly text: string }[] }[] };
}

const responses: VendorStream = {
  name: "responses",
  format: responsesStream,
  write: (pieces) => {
    const text = pieces.join("");
    const part = (said: string) => ({ type: "output_text", text: said, annotations: [] });
    const item = (content: readonly object[]) => ({ id: "msg_1", type: "message", role: "assistant", content });
    const place = { item_id: "msg_1", output_index: 0, content_index: 0 };
    const events = [
      { type: "response.created", response: { id: "resp_1", object: "response", model: "m", output: [] } },
      { type: "response.output_item.added", output_index: 0, item: item([]) },
      { type: "response.content_part.added", ...place, part: part("") },
      ...pieces.map((delta, at) => ({
        type: "response.output_text.delta",
        ...place,
        delta,
        obfuscation: `x${"aB3dE".slice(at % 5)}`,
      })),
      { type: "response.output_text.done", ...place, text },
      { type: "response.content_part.done", ...place, part: part(text) },
      { type: "response.output_item.done", output_index: 0, item: item([part(text)]) },
      { type: "response.completed", response: { id: "resp_1", object: "response", output: [item([part(text)])] } },
    ];
    return eventsOf(events.map((event, at) => ({ ...event, sequence_number: at })));
  },
  texts: (stream) => {
    const events = datasOf<ResponseEvent>(stream);
    const repeated = events.flatMap(({ type, text, part, item, response }) => [
      ...(text === undefined ? [] : [text]),
      ...(type.endsWith("part.done") ? [part!.text] : []),
      ...(item?.content ?? []).map((one) => one.text),
      ...(response?.output ?? []).flatMap(({ content }) => content.map((one) => one.text)),
    ]);
    return [events.map(({ delta }) => delta ?? "").join(""), ...repeated];
  },
};

const lines: VendorStream = {
  name: "JSON Lines",
  format: {
    framing: "ndjson",
    byDefault: true,
    controls: [],
    channels: [{ path: ["message", "content"], content: "text" }],
    fields: [{ path: ["message", "role"], holds: "identifier" }],
    ends: [{ path: ["done_reason"] }],
    errorFrame: ({ code }) => `${JSON.stringify({ error: code })}\n`,
  },
  write: (pieces) =>
    [
      ...pieces.map((content, at) => ({
        model: "m",
        created_at: `2026-11-22T11:04:${String(at % 60).padStart(2, "0")}.3854${at}Z`,
        message: { role: "assistant", content },
        done: false,
      })),
      { model: "m", message: { role: "assistant", content: "" }, done_reason: "stop", done: true },
    ]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(""),
  texts: (stream) => [
    stream
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { message: { content: string } }).message.content)
      .join(""),
  ],
};

const array: VendorStream = {
  name: "an array that comes element by element",
  format: {
    ...lines.format,
    framing: "json-array",
    channels: [{ path: ["candidates", "*", "content", "parts", "*", "text"], content: "text" }],
    ends: [{ path: ["candidates", "*", "finishReason"] }],
  },
  write: (pieces) => {
    const elements = pieces.map((text, at) => ({
      candidates: [
        {
          content: { role: "model", parts: [{ text }] },
          index: 0,
          ...(at === pieces.length - 1 ? { finishReason: "STOP" } : {}),
        },
      ],
      usageMetadata: { candidatesTokenCount: at },
    }));
    return `[${elements.map((element) => JSON.stringify(element, null, 2)).join("\n,\r\n")}\n]\n`;
  },
  texts: (stream) => [
    (JSON.parse(stream) as { candidates: { content: { parts: { text: string }[] } }[] }[])
      .map(({ candidates }) => candidates[0]!.content.parts[0]!.text)
      .join(""),
  ],
};

/** A stream of each framing, and of each way in which texts are told apart. */
export const VENDOR_STREAMS: readonly VendorStream[] = [chat, messages, responses, lines, array];
