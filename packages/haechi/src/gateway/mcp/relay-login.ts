import { HaechiError } from "../../core/errors.ts";
import type { Caller } from "../../engine/access.ts";
import type { Part } from "../../engine/protect-document.ts";
import type { DurableReceipt } from "../../ports/audit-sink.ts";
import { credentialLeaves, isLoginCredential, LOGIN_BODIES } from "../../protocols/mcp/login.ts";
import { formBody } from "../body/form.ts";
import { type ExchangeSubject, NOTHING_TO_RESTORE } from "../flow/admitted-exchange.ts";
import { forward } from "../flow/forward.ts";
import type { InboundBody } from "../flow/read-body.ts";
import { requestContext } from "../flow/request-context.ts";
import { headerValue, withoutHeader } from "../headers/header-list.ts";
import type { Outcome } from "../telemetry.ts";
import { answerWithOther } from "./answer-with-other.ts";
import type { McpRules } from "./mcp-rules.ts";
import { ownAddress } from "./own-address.ts";
import { protectHead, readHead } from "./protect-head.ts";
import { replyBlocked } from "./rpc-reply.ts";

/** True for a route of a login at the server itself. */
export function isLogin({ route }: ExchangeSubject): boolean {
  return route.id in LOGIN_BODIES;
}

/**
 * One step of a login at the server itself. Credentials cross as they are, in both directions, as they are for the other
 * side; all else is held against the policy. Where a person is to see a page, the browser is sent to the server.
 */
export async function relayLogin(
  subject: ExchangeSubject,
  caller: Caller,
  body: InboundBody | null,
  rules: McpRules,
): Promise<Outcome> {
  const { exchange, gateway, route } = subject;
  const expected = LOGIN_BODIES[route.id]!;
  if (exchange.method !== (expected === null ? "GET" : "POST")) {
    throw new HaechiError("ROUTE_REFUSED", "The login has no such method", { reason: "route_method" });
  }
  if ((body?.type.kind ?? null) !== expected) {
    throw new HaechiError("REQUEST_TYPE_UNSUPPORTED", "The login has another type of body", { reason: "login_body" });
  }
  const upstream = gateway.upstreams.choose();
  subject.upstream = upstream;
  const head = await protectHead(readHead(subject, null), subject, caller);
  if (head.verdict === "blocked") {
    replyBlocked(exchange, head, null);
    return "blocked";
  }
  const sent = body === null ? null : await protectLogin(body, subject, caller);
  if (sent?.verdict === "blocked") {
    replyBlocked(exchange, sent, null);
    return "blocked";
  }
  const headers = sent === null ? head.headers : withoutHeader(head.headers, "content-encoding");
  const request = { method: exchange.method, path: head.target, headers, body: sent?.body ?? null };
  const answer = await forward(request, sent?.receipt ?? head.receipt, subject, upstream);
  const address = ownAddress(exchange, rules.serverUrls);
  if (expected === null) {
    answer.body.cancel();
    return sendToServer(answer.status, headerValue(answer.headers, "location"), head.target, subject, rules);
  }
  const wire = await answer.body.collect(LOGIN_BYTES_MAX);
  const admitted = { ...subject, caller, restores: NOTHING_TO_RESTORE };
  return await answerWithOther(answer, { wire, content: wire }, address, admitted, credentialLeaves);
}

type ProtectedLogin =
  | { readonly verdict: "passed"; readonly body: Uint8Array; readonly receipt: DurableReceipt }
  | Extract<Awaited<ReturnType<typeof protectHead>>, { verdict: "blocked" }>;

async function protectLogin(
  { type, content }: InboundBody,
  subject: ExchangeSubject,
  caller: Caller,
): Promise<ProtectedLogin> {
  const { haechi } = subject.gateway;
  const parts: readonly Part[] =
    type.kind === "form" ? formParts(content, subject) : [{ place: "body", document: haechi.read(content) }];
  const protection = await haechi.protect(parts, requestContext(subject, caller));
  if (protection.verdict === "blocked") return protection;
  const isChanged = protection.bytes.some((bytes, index) => bytes !== parts[index]!.document.bytes);
  if (isChanged && type.kind === "form") {
    // What is left of such a form are words and addresses that the server compares.
    throw new HaechiError("ROUTE_REFUSED", "A form of a login may not be changed", { reason: "login_form" });
  }
  return { verdict: "passed", body: isChanged ? protection.bytes[0]! : content, receipt: protection.receipt };
}

/** The fields of a form that are no credentials. */
function formParts(content: Uint8Array, { gateway }: ExchangeSubject): readonly Part[] {
  const fields = new URLSearchParams(utf8.decode(content));
  for (const name of [...fields.keys()]) if (isLoginCredential(name)) fields.delete(name);
  const { parts } = formBody(new TextEncoder().encode(fields.toString()), gateway.haechi);
  return parts;
}

/** Pages of a login lead to others of the server, which the gateway does not serve. */
function sendToServer(
  status: number,
  location: string | undefined,
  target: string,
  { exchange }: ExchangeSubject,
  { serverUrls }: McpRules,
): Outcome {
  const [server] = serverUrls;
  const here = server!.href.replace(/\/$/, "") + target;
  const isSentOn = status >= 300 && status < 400 && location !== undefined && URL.canParse(location, here);
  const to = isSentOn ? new URL(location, here).href : here;
  const headers = ["location", to, "content-length", "0", "cache-control", "no-store"];
  exchange.response.writeHead(302, [...headers, "x-haechi-correlation-id", exchange.id]);
  exchange.response.end();
  return "forwarded";
}

const LOGIN_BYTES_MAX = 65_536;
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
