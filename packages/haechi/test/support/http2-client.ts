import http2, { type ClientHttp2Session, type OutgoingHttpHeaders, type SecureClientSessionOptions } from "node:http2";
import type { TestContext } from "node:test";
import { Agent } from "undici";
import type { ConfigInput } from "../../src/config/schema.ts";
import type { AuditEntry } from "../../src/core/audit/event.ts";
import { type Answer, answerJson, chatCompletion, recordingUpstream } from "./recording-upstream.ts";
import { type HttpsUnderTest, startHttps } from "./start-https.ts";

/** What came of a request of HTTP/2. */
export interface Http2Answer {
  /** 0 when the stream ended without a head. */
  readonly status: number;
  /** As they came. */
  readonly rawHeaders: readonly string[];
  readonly text: string;
  /** How the stream was closed (RFC 9113 §7); 0 for as it should be. */
  readonly code: number;
  /** The body came to its end. */
  readonly whole: boolean;
}

export const CHAT = "/v1/chat/completions";
export const CHAT_BODY = '{"model":"m","messages":[{"role":"user","content":"hi"}]}';

/** Answers every request with a chat completion. */
export const answering: Answer = (response) => answerJson(response, chatCompletion("yes"));

/** A gateway that serves https before an upstream of its own, and a connection of HTTP/2 to it. */
export async function serveHttp2(test: TestContext, answer: Answer = answering, overrides: ConfigInput = {}) {
  const upstream = await recordingUpstream(test, answer);
  const haechi = await startHttps(test, upstream.url, overrides);
  return { upstream, haechi, session: connectHttp2(test, haechi) };
}

/** A connection of HTTP/2 to a gateway; it closes with the test. */
export function connectHttp2(
  test: Pick<TestContext, "after">,
  { url, ca }: Pick<HttpsUnderTest, "url" | "ca">,
  options: SecureClientSessionOptions = {},
): ClientHttp2Session {
  const session = http2.connect(url, { ca, ...options });
  session.on("error", () => {});
  test.after(() => session.destroy());
  return session;
}

/** Sends one request whole and resolves when its stream is closed. */
export function askHttp2(
  session: ClientHttp2Session,
  headers: OutgoingHttpHeaders = {},
  body: string | Uint8Array | null = CHAT_BODY,
): Promise<Http2Answer> {
  const method = body === null ? "GET" : "POST";
  const type = body === null ? {} : { "content-type": "application/json" };
  const stream = session.request(
    { ":path": CHAT, ":method": method, ...type, ...headers },
    { endStream: body === null },
  );
  if (body !== null) stream.end(body);
  const chunks: Buffer[] = [];
  let status = 0;
  let rawHeaders: readonly string[] = [];
  let whole = false;
  stream.on("response", (head, _flags, raw) => {
    status = Number(head[":status"]);
    rawHeaders = raw;
  });
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  stream.on("end", () => (whole = true));
  stream.on("error", () => {});
  return new Promise((resolve) =>
    stream.once("close", () =>
      resolve({ status, rawHeaders, text: Buffer.concat(chunks).toString(), code: stream.rstCode ?? 0, whole }),
    ),
  );
}

/** What `fetch` of undici goes through, to a gateway that this authority vouches for. */
export function dispatcherOf(test: Pick<TestContext, "after">, ca: string, allowH2: boolean): Agent {
  const dispatcher = new Agent({ allowH2, connect: { ca } });
  test.after(() => dispatcher.destroy());
  return dispatcher;
}

/** What was decided, and why. */
export function decisionsIn(entries: readonly AuditEntry[]) {
  return entries.flatMap((entry) => ("decision" in entry && "reason" in entry ? [[entry.decision, entry.reason]] : []));
}
