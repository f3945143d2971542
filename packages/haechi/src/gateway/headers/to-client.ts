import type { HeaderList } from "./header-list.ts";
import { connectionOptions, HOP_BY_HOP } from "./hop-by-hop.ts";

export interface ClientBody {
  /** The body differs from the upstream's. */
  readonly transformed: boolean;
  /** In bytes; null when the body is streamed or there is none. */
  readonly bodyLength: number | null;
  /** The upstream's content coding was removed. */
  readonly decoded: boolean;
}

/** The headers of a response as the client gets them, flat and lower-case. */
export function clientHeaders(received: HeaderList, body: ClientBody): string[] {
  const dropped = connectionOptions(received);
  const headers: string[] = [];
  for (let at = 0; at < received.length; at += 2) {
    const name = received[at]!;
    if (DROPPED.has(name) || dropped.has(name) || name.startsWith(FOR_PAGES)) continue;
    if (body.decoded && name === "content-encoding") continue;
    if (body.transformed && ABOUT_THE_BYTES.has(name)) continue;
    headers.push(name, received[at + 1]!);
  }
  // A body with restored or replaced values belongs to this client and this moment only.
  if (body.transformed) headers.push("cache-control", "no-store");
  if (body.bodyLength !== null) headers.push("content-length", String(body.bodyLength));
  return headers;
}

const DROPPED: ReadonlySet<string> = new Set([
  ...HOP_BY_HOP,
  // Computed anew from what is sent.
  "content-length",
  // RFC 7838: it would tell the client of a way around the gateway.
  "alt-svc",
]);

/** Which pages may read an answer is the gateway's to say: the upstream would let in those that it refuses. */
const FOR_PAGES = "access-control-";

/** Validators and digests hold for the bytes that the upstream sent, as does its leave to cache them. */
const ABOUT_THE_BYTES: ReadonlySet<string> = new Set([
  "accept-ranges",
  "cache-control",
  "content-digest",
  "content-md5",
  "digest",
  "etag",
  "last-modified",
  "repr-digest",
]);
