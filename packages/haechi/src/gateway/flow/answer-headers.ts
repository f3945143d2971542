import { textDocument } from "../../core/document/text-document.ts";
import type { BlockedProtection, Part } from "../../engine/protect-document.ts";
import type { UpstreamResponse } from "../../ports/upstream.ts";
import { headerSaying, headerText } from "../headers/header-text.ts";
import { type AdmittedExchange, NOTHING_TO_RESTORE } from "./admitted-exchange.ts";
import { responseContext } from "./response-context.ts";

export type AnswerHeaders =
  | { readonly verdict: "passed"; readonly headers: UpstreamResponse["headers"] }
  | BlockedProtection;

/**
 * Inspects the headers of an answer as its body is: an upstream may repeat in them what it was sent. They are
 * recorded only when something is found, and no token is put back in them.
 */
export async function protectAnswerHeaders(
  { headers }: UpstreamResponse,
  admitted: AdmittedExchange,
): Promise<AnswerHeaders> {
  const { exchange, gateway } = admitted;
  const inspects = gateway.responses.enabled || gateway.streams.requestMode === "inspect";
  const read = inspects ? readableValues(headers) : [];
  const texts = read.map((at) => headerText(headers[at]!));
  if (texts.length === 0 || !gateway.haechi.findsAnything(texts.join("\n"))) return { verdict: "passed", headers };

  const parts = texts.map((text): Part => ({ place: "header", document: textDocument(encoder.encode(text)) }));
  const mode = gateway.responses.enabled ? gateway.responses.mode : gateway.streams.mode;
  const protection = await gateway.haechi.protect(parts, {
    ...responseContext({ ...admitted, restores: NOTHING_TO_RESTORE }, mode),
    signal: exchange.signal,
  });
  if (protection.verdict === "blocked") return protection;
  const changed = [...headers];
  read.forEach((at, index) => {
    changed[at] = headerSaying(decoder.decode(protection.bytes[index]), changed[at]!);
  });
  return { verdict: "passed", headers: changed };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Indexes of the values that may say something: not those of headers with a grammar of their own. */
function readableValues(headers: readonly string[]): readonly number[] {
  const read: number[] = [];
  for (let at = 0; at < headers.length; at += 2) {
    if (!UNREAD.test(headers[at]!) && headers[at + 1]!.length >= LENGTH_MIN) read.push(at + 1);
  }
  return read;
}

/** No value that a rule finds is shorter. */
const LENGTH_MIN = 5;

/**
 * What speaks to the next hop, by way of which it names addresses; dates, counters and random ids, which are others in
 * each answer; cookies and validators, which are the upstream's own and come back to it; and where to go next, which
 * has to stay what it is.
 */
const UNREAD =
  /^(?:accept-ranges|access-control-.*|age|alt-svc|cache-control|cf-(?:cache-status|ray)|connection|content-(?!disposition$).*|date|etag|expires|keep-alive|last-modified|location|nel|report-to|retry-after|set-cookie|strict-transport-security|trailer|transfer-encoding|upgrade|via|(?:x-|anthropic-)?ratelimit-.*|(?:x-)?request-id|x-cloud-trace-context|openai-processing-ms)$/;
