import type { JsonDocument } from "../../core/document/json-document.ts";
import { HaechiError } from "../../core/errors.ts";
import type { Caller } from "../../engine/access.ts";
import type { BlockedProtection } from "../../engine/protect-document.ts";
import type { DurableReceipt } from "../../ports/audit-sink.ts";
import {
  decodeHeaderText,
  findMirroredHeaders,
  isMcpHeader,
  withMirroredHeaders,
} from "../../protocols/mcp/mirrored-headers.ts";
import type { ExchangeSubject } from "../flow/admitted-exchange.ts";
import { NO_BODY, requestContext } from "../flow/request-context.ts";
import { findRequestPlaces, type RequestPlaces } from "../flow/request-places.ts";
import type { HeaderList } from "../headers/header-list.ts";
import { upstreamHeaders } from "../headers/to-upstream.ts";
import { isIssuedId } from "./issued-id.ts";

/** What of a request goes to the server beside its body. */
export interface RequestHead {
  readonly target: string;
  readonly headers: HeaderList;
}

/** The same as it was read: nothing of it has been judged yet. */
export interface InboundHead extends RequestHead {
  readonly places: RequestPlaces;
  /** With the values of those headers that are not looked into. */
  complete(headers: HeaderList): HeaderList;
  /**
   * The headers as they repeat the message that goes on.
   * @throws HaechiError HEADER_INVALID where they cannot
   */
  mirroring(headers: HeaderList, message: JsonDocument): HeaderList;
  readonly isMirroring: boolean;
}

/**
 * Reads what stands beside the body of a request. Headers that repeat what its message says are judged with that.
 * @param message null for anything else than one message
 * @throws HaechiError HEADER_INVALID for a header that says something else than the message, in base64
 */
export function readHead({ exchange, gateway, route }: ExchangeSubject, message: JsonDocument | null): InboundHead {
  const { rawHeaders } = exchange.request;
  const own = rawHeaders.flatMap((name, at) => (at % 2 === 0 && isMcpHeader(name.toLowerCase()) ? [name] : []));
  const forwardHeaders = [...gateway.headers.forwardHeaders, ...own.map((name) => name.toLowerCase())];
  const headers = upstreamHeaders(rawHeaders, { ...gateway.headers, forwardHeaders });
  const mirrored = message === null ? [] : findMirroredHeaders(headers, message);
  const unread = new Set(mirrored.map(({ index }) => index));
  for (let at = 0; at < headers.length; at += 2) {
    const value = headers[at + 1]!;
    if (!isMcpHeader(headers[at]!) || unread.has(at + 1)) continue;
    if (decodeHeaderText(value) !== value) throw notMirrored();
    if (ISSUED.has(headers[at]!) && isIssuedId(value)) unread.add(at + 1);
  }
  const readable = headers.map((value, at) => (unread.has(at) ? "" : value));
  return {
    target: exchange.target,
    headers,
    places: findRequestPlaces(exchange.target, route, readable, gateway.protocol.credentialParameters),
    complete: (changed) => changed.map((value, at) => (unread.has(at) ? headers[at]! : value)),
    isMirroring: mirrored.length > 0,
    mirroring(changed, sent) {
      const rewritten = withMirroredHeaders(changed, mirrored, sent);
      if (rewritten === null) throw notMirrored();
      return rewritten;
    },
  };
}

const ISSUED: ReadonlySet<string> = new Set(["mcp-session-id", "last-event-id"]);

function notMirrored(): HaechiError {
  return new HaechiError("HEADER_INVALID", "A header does not say what the message says", {
    reason: "header_not_mirrored",
  });
}

export type ProtectedHead =
  | (RequestHead & { readonly verdict: "passed"; readonly receipt: DurableReceipt })
  | BlockedProtection;

/** Protects what stands beside the body of a request, with an audit event of its own. */
export async function protectHead(head: InboundHead, subject: ExchangeSubject, caller: Caller): Promise<ProtectedHead> {
  const parts = head.places.parts();
  const protection = await subject.gateway.haechi.protect([NO_BODY, ...parts], requestContext(subject, caller));
  if (protection.verdict === "blocked") return protection;
  const texts = protection.bytes.slice(1);
  return {
    verdict: "passed",
    target: head.places.targetWith(texts),
    headers: head.complete(head.places.headersWith(texts)),
    receipt: protection.receipt,
  };
}
