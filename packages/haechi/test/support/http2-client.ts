import http2, { type ClientHttp2Session, type OutgoingHttpHeaders, type SecureClientSessionOptions } from "node:http2";
import type { TestContext } from "node:test";
import type { HttpsUnderTest } from "./start-https.ts";

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
