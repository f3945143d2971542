import { key, section } from "../key.ts";
import { integer, integerOrNull, TIMER_MAX_MS } from "../value-kinds.ts";

export const limits = section("Bounds on what a stranger can make the gateway do.", {
  maxRequestBytes: key("Largest request body.", integer(1), 1_048_576),
  maxNestingDepth: key("How many arrays and objects may stand inside each other.", integer(1), 256),
  upstreamTimeoutMs: key("How long the upstream may take.", integer(1, TIMER_MAX_MS), 120_000),
  maxInFlight: key("Exchanges at a time; more are answered 503. 0 sets no ceiling.", integer(0), 0),
  maxLoopDelayMs: key(
    "How long a request may have to wait for what the gateway itself has to do, as far as that can be told when its head is there; where it would be longer, it is answered 503. Waiting for the upstream is not counted. 20 is a good start. 0 sets no limit.",
    integer(0, 60_000),
    0,
  ),
  shutdownDelayMs: key(
    "How long after the signal to end everything is still served while readiness says no, for balancers that take a while to notice.",
    integer(0, TIMER_MAX_MS),
    0,
  ),
  shutdownGraceMs: key(
    "How long open exchanges may take to finish at shutdown; also the base of `Retry-After`.",
    integer(0, TIMER_MAX_MS),
    10_000,
  ),
  requestTimeoutMs: key(
    "How long a client may take to send a whole request. Null keeps the default of Node, 0 sets no limit.",
    integerOrNull(0, TIMER_MAX_MS),
    null,
  ),
  headersTimeoutMs: key(
    "How long a client may take to send the headers. Null keeps the default of Node, 0 sets no limit.",
    integerOrNull(0, TIMER_MAX_MS),
    null,
  ),
});
