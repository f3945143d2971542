import { checkModels } from "../engine/access.ts";
import { type ExchangeSubject, NOTHING_TO_RESTORE } from "./flow/admitted-exchange.ts";
import { protectAnswerHeaders } from "./flow/answer-headers.ts";
import { forward } from "./flow/forward.ts";
import { passThrough } from "./flow/pass-through.ts";
import { protectRequest } from "./flow/protect-request.ts";
import { protectResponse } from "./flow/protect-response.ts";
import { asksForStream, planStream, readRequest } from "./flow/read-request.ts";
import { receiveRequest } from "./flow/receive-request.ts";
import { recordDecision } from "./flow/record-decision.ts";
import { relayStream, streamFraming } from "./flow/relay-stream.ts";
import { replyBlocked } from "./flow/reply-blocked.ts";
import type { Outcome } from "./telemetry.ts";

/**
 * One exchange, from classified to answered. Each step either moves it on or
 * throws. Nothing leaves before its decision is recorded: sending upstream takes
 * the receipt that only a durable record gives.
 */
export async function handleExchange(subject: ExchangeSubject): Promise<Outcome> {
  const { exchange, gateway, route } = subject;

  const { caller, body } = await receiveRequest(subject);
  const request = readRequest(exchange, route, body, gateway);
  const models = gateway.protocol.requestedModels(request.members, exchange.path);
  // Without a body nothing is asked of a model; what the path names is held against the list all the same.
  checkModels(body === null ? { ...models, incomplete: false } : models, caller.policy);
  const plan = planStream(asksForStream(request.members, route), route, gateway.streams.requestMode);

  const upstream = gateway.upstreams.choose();
  subject.upstream = upstream;

  if (plan === "pass-through") {
    const { headers, target } = request;
    const receipt = await recordDecision(subject, "streaming_request_pass_through", "streaming_request_pass_through");
    const unprotected = { method: exchange.method, path: target, headers, body: body?.wire ?? null };
    const response = await forward(unprotected, receipt, subject, upstream);
    return await passThrough(response, { ...subject, caller, restores: NOTHING_TO_RESTORE });
  }

  const admission = await protectRequest(exchange, request, route, { ...subject, caller, upstream });
  if (admission.verdict === "blocked") {
    replyBlocked(exchange, "request", admission);
    return "blocked";
  }

  const answer = await forward(admission.upstreamRequest, admission.receipt, subject, upstream);
  const restores = gateway.restoresTokens ? admission.issued : NOTHING_TO_RESTORE;
  const admitted = { ...subject, caller, restores };
  const head = await protectAnswerHeaders(answer, admitted);
  if (head.verdict === "blocked") {
    answer.body.cancel();
    replyBlocked(exchange, "response", head);
    return "response_blocked";
  }
  const response = { ...answer, headers: head.headers };
  if (route.stream !== null && gateway.streams.requestMode === "inspect") {
    const expected = { wasAsked: plan === "inspect", inspectsWhole: gateway.responses.enabled };
    const framing = streamFraming(response, route.stream, expected);
    if (framing !== null) return await relayStream(response, route.stream, framing, admitted);
  }
  return await protectResponse(response, admitted);
}
