import { HaechiError } from "../core/errors.ts";
import type { UpstreamBody, UpstreamRequest, UpstreamResponse } from "../ports/upstream.ts";
import { splitterOf } from "../protocols/framing/framings.ts";
import { type McpPeer, type PeerAnswer, peerReply, readPeerMessage } from "./mcp-peer.ts";

export interface HttpPeerOptions {
  /** Where the server is: the address that a client has of it. */
  readonly url: URL;
  /** Sends a request to the origin of the address. */
  readonly send: (request: UpstreamRequest, signal: AbortSignal) => Promise<UpstreamResponse>;
  /** Names and values, such as a credential. */
  readonly headers: readonly string[];
  /** The largest message that is taken. */
  readonly messageBytesMax: number;
}

/**
 * A server that is asked over HTTP: on Streamable HTTP, or on the transport before it where that is what the server speaks.
 * Only the origin of the address is ever asked, as the headers are for nobody else.
 */
export function httpPeer(options: HttpPeerOptions): McpPeer {
  const { url, send, headers, messageBytesMax } = options;
  const over = new AbortController();
  const waiting = new Map<number, PromiseWithResolvers<PeerAnswer>>();
  let path = url.pathname + url.search;
  let session: string | null = null;
  let revision: string | null = null;
  let isOlder = false;
  let nextId = 1;

  /** Each message that a server sends; the answers go to whoever waits for them. */
  const take = (bytes: Uint8Array): void => {
    const message = readPeerMessage(fromUtf8.decode(bytes));
    if (message === null) return;
    const { id, method } = message;
    // It asks again if it did not arrive.
    if (method !== undefined && id !== undefined) void post(peerReply(message), null).catch(() => undefined);
    if (method !== undefined || typeof id !== "number") return;
    waiting.get(id)?.resolve({ ...message, bytes });
    waiting.delete(id);
  };

  const post = async (message: object, method: string | null): Promise<UpstreamResponse> => {
    // Revision 2026-07-28 wants it repeated.
    const repeated = method === null || revision === null || isOlder ? [] : ["mcp-method", method];
    const answer = await send(
      {
        method: "POST",
        path,
        headers: [...POSTED, ...inSession(), ...repeated, ...headers],
        body: toUtf8.encode(JSON.stringify({ jsonrpc: "2.0", ...message })),
      },
      over.signal,
    );
    session ??= headerOf(answer, "mcp-session-id");
    return answer;
  };

  /** The stream of the transport of revision 2024-11-05; resolves when it has said where messages go to. */
  const openStream = async (): Promise<void> => {
    const request = { method: "GET", path, headers: ["accept", "text/event-stream", ...headers], body: null };
    const stream = await send({ ...request, isOpenEnded: true }, over.signal);
    if (stream.status !== 200 || !isEventStream(stream)) throw refusedWith(stream);
    const begun = Promise.withResolvers<void>();
    const fail = (error: unknown) => {
      begun.reject(error);
      for (const { reject } of waiting.values()) reject(error);
    };
    readEvents(stream.body, messageBytesMax, (data, event) => {
      if (event !== "endpoint") return take(data);
      path = endpointBelow(url, fromUtf8.decode(data));
      begun.resolve();
    }).then(() => fail(new HaechiError("UPSTREAM_UNREACHABLE", "The server has ended its stream")), fail);
    await begun.promise;
    isOlder = true;
  };

  return {
    async ask(method, params) {
      const message = { id: nextId++, method, params };
      const answered = Promise.withResolvers<PeerAnswer>();
      answered.promise.catch(() => undefined);
      waiting.set(message.id, answered);
      let response = await post(message, method);
      if (response.status >= 300 && method === "initialize" && OLDER_STATUS.has(response.status)) {
        const error = await errorIn(response, messageBytesMax);
        if (error !== null) return error;
        await openStream();
        response = await post(message, method);
      }
      if (response.status >= 300) {
        const error = await errorIn(response, messageBytesMax);
        if (error === null) throw refusedWith(response);
        return error;
      }
      const read = readAnswer(response);
      read.catch((error: unknown) => answered.reject(error));
      const answer = await answered.promise;
      // A stream may stay open after the answer that it was for.
      response.body.cancel();
      return answer;
    },
    async tell(method) {
      const response = await post({ method }, method);
      response.body.cancel();
    },
    settle(spoken) {
      revision = spoken;
    },
    async end() {
      if (session !== null) {
        const bye = { method: "DELETE", path, headers: [...inSession(), ...headers], body: null };
        // Whoever has asked has its answer: a server that does not take it keeps a session for a while.
        await send(bye, AbortSignal.timeout(END_MS)).then(
          ({ body }) => body.cancel(),
          () => undefined,
        );
      }
      over.abort();
    },
  };

  /** The headers by which a server knows a session, from its beginning on. */
  function inSession(): readonly string[] {
    return [
      ...(session === null ? [] : ["mcp-session-id", session]),
      ...(revision === null || isOlder ? [] : ["mcp-protocol-version", revision]),
    ];
  }

  /** Reads what answers a request that was posted; of the older transport, that comes in the stream. */
  async function readAnswer(response: UpstreamResponse): Promise<void> {
    if (isOlder) return response.body.cancel();
    if (isEventStream(response)) await readEvents(response.body, messageBytesMax, take);
    else take(await response.body.collect(messageBytesMax));
    if (waiting.size > 0) throw new HaechiError("UPSTREAM_UNREACHABLE", "The server did not answer");
  }
}

/** Where a stream wants its messages, as a path. */
function endpointBelow(url: URL, said: string): string {
  const endpoint = URL.canParse(said, url) ? new URL(said, url) : null;
  if (endpoint?.origin === url.origin) return endpoint.pathname + endpoint.search;
  throw new HaechiError("UPSTREAM_UNINSPECTABLE", "The server sends its client elsewhere");
}

/** An answer that comes with a status which tells of an error; null where the body says nothing of the kind. */
async function errorIn({ body }: UpstreamResponse, bytesMax: number): Promise<PeerAnswer | null> {
  const bytes = await body.collect(bytesMax);
  const message = readPeerMessage(fromUtf8.decode(bytes));
  return message?.error === undefined ? null : { ...message, bytes };
}

/** Calls `onEvent` with the data and the kind of each event, to the end of the stream. */
async function readEvents(
  body: UpstreamBody,
  eventBytesMax: number,
  onEvent: (data: Uint8Array, event: string) => void,
): Promise<void> {
  const splitter = splitterOf("sse");
  await body.eachChunk((chunk) => {
    for (const { raw, data, beside } of splitter.push(chunk)) {
      const lines = beside.map(({ start, valueEnd }) => fromUtf8.decode(raw.subarray(start, valueEnd)));
      const event = lines.flatMap((line) => /^event: ?(.*)$/.exec(line)?.[1] ?? []).at(-1) ?? "message";
      if (data !== null && data.length > 0) onEvent(data, event);
    }
    if (splitter.pendingBytes > eventBytesMax) {
      throw new HaechiError("UPSTREAM_TOO_LARGE", "An event is larger than the limit", { reason: "event_too_long" });
    }
  });
}

function refusedWith({ status, body }: UpstreamResponse): HaechiError {
  body.cancel();
  const why = REFUSALS.get(status) ?? "";
  return new HaechiError("UPSTREAM_UNINSPECTABLE", `The server answers with status ${status}${why}`);
}

const REFUSALS: ReadonlyMap<number, string> = new Map([
  [401, ": it wants a login; --bearer-env names the variable that holds a token for it"],
  [403, ": whoever asks may not"],
  ...[301, 302, 307, 308].map((status): [number, string] => [status, ": it is somewhere else; give the address there"]),
]);

const END_MS = 2_000;
const POSTED = ["content-type", "application/json", "accept", "application/json, text/event-stream"];
/** How servers answer that know only the transport of revision 2024-11-05 (2025-11-25, Transports, Backwards Compatibility). */
const OLDER_STATUS: ReadonlySet<number> = new Set([400, 404, 405]);

function headerOf({ headers }: UpstreamResponse, name: string): string | null {
  const at = headers.findIndex((one, index) => index % 2 === 0 && one === name);
  return at === -1 ? null : (headers[at + 1] ?? null);
}

function isEventStream(response: UpstreamResponse): boolean {
  return headerOf(response, "content-type")?.toLowerCase().startsWith("text/event-stream") === true;
}

const toUtf8 = new TextEncoder();
const fromUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });
