import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { HaechiError } from "../../core/errors.ts";
import { allowedAddresses, type EgressRule, pinnedLookup } from "./egress-guard.ts";

export interface GuardedFetchOptions extends EgressRule {
  /** From the first look-up to the last byte of the body. */
  readonly timeoutMs?: number;
  readonly bodyBytesMax?: number;
  /** Certificates to trust instead of those of the platform, as PEM. */
  readonly ca?: string;
}

/**
 * The body of a public https resource as text. Connects only to addresses that were
 * checked, follows no redirect, and ends within its time and size whatever the server does.
 * @throws HaechiError CONFIG_INVALID for a URL that is not plain https, UPSTREAM_UNREACHABLE,
 * UPSTREAM_TIMEOUT, UPSTREAM_TOO_LARGE, UPSTREAM_UNINSPECTABLE for a body that is not UTF-8 text
 */
export async function guardedFetch(url: string | URL, options: GuardedFetchOptions = {}): Promise<string> {
  const target = httpsUrl(url);
  const deadline = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  try {
    const addresses = await beforeDeadline(allowedAddresses(target, options), deadline);
    const response = await responseTo(target, {
      lookup: pinnedLookup(addresses),
      signal: deadline,
      // A connection of its own: a pooled one could lead to an address that was checked for another name.
      agent: false,
      // Said, because an environment variable of Node's turns verification off wherever it is left unsaid.
      rejectUnauthorized: true,
      headers: { accept: "application/json, text/plain", "accept-encoding": "identity" },
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    });
    try {
      requirePlainSuccess(response);
      return asText(await collected(response, options.bodyBytesMax ?? BODY_BYTES_MAX));
    } finally {
      response.destroy();
    }
  } catch (error) {
    if (error instanceof HaechiError) throw error;
    if (deadline.aborted) throw new HaechiError("UPSTREAM_TIMEOUT", "The server did not answer in full in time");
    throw new HaechiError("UPSTREAM_UNREACHABLE", "The connection to the server failed", { cause: error });
  }
}

const TIMEOUT_MS = 5_000;
const BODY_BYTES_MAX = 1_048_576;

function httpsUrl(url: string | URL): URL {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol !== "https:") throw new HaechiError("CONFIG_INVALID", "The URL must be an https URL");
  if (parsed.username !== "" || parsed.password !== "") {
    throw new HaechiError("CONFIG_INVALID", "The URL must not hold credentials");
  }
  return parsed;
}

/** The system's resolver cannot be interrupted; stop waiting for it instead. */
function beforeDeadline<Value>(work: Promise<Value>, deadline: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    deadline.addEventListener("abort", () => reject(deadline.reason), { once: true });
    work.then(resolve, reject);
  });
}

function responseTo(url: URL, options: Parameters<typeof request>[1]): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, options, resolve).on("error", reject).end();
  });
}

function requirePlainSuccess({ statusCode = 0, headers }: IncomingMessage): void {
  if (statusCode >= 300 && statusCode < 400) {
    throw new HaechiError("UPSTREAM_UNREACHABLE", "The server redirects, which is not followed", {
      reason: "redirected",
    });
  }
  if (statusCode !== 200) {
    throw new HaechiError("UPSTREAM_UNREACHABLE", `The server answered with status ${statusCode}`);
  }
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    throw new HaechiError("UPSTREAM_UNINSPECTABLE", "The server compressed a body that was asked for plain");
  }
}

async function collected(response: IncomingMessage, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) throw new HaechiError("UPSTREAM_TOO_LARGE", `The body is larger than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function asText(body: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw new HaechiError("UPSTREAM_UNINSPECTABLE", "The body is not UTF-8 text");
  }
}
