import * as z from "zod/mini";
import { key, keysOf, requiredKey, section } from "../key.ts";
import { type ConfigProblem, isRecord, type RawConfig } from "../problem.ts";
import { integer, nonEmptyListOf, TIMER_MAX_MS, textMatching } from "../value-kinds.ts";
import { targetAuth } from "./target-auth.ts";
import { targetTls } from "./target-connection.ts";

// User info would be a credential in the configuration, and a query or fragment
// would be lost: the path and query of each request come from the client.
const url = /^[hH][tT][tT][pP][sS]?:\/\/[^\s/?#@\\]+(?:\/[^\s?#]*)?$/;
const urlExpected = "an http or https URL without user name, password, query or fragment";

export const upstreamUrl = textMatching(url, urlExpected).check(
  z.refine(URL.canParse, { error: `expected ${urlExpected}` }),
);

// Five digits in a row are the start of a number that identifies somebody, and no part of a name in the audit log.
const upstreamName = textMatching(
  /^(?!.*\d{5})[a-z][a-z0-9-]{0,31}$/,
  "a name of up to 32 lower-case letters, digits and hyphens, a letter first and no five digits in a row",
);

export const targetUpstreams = nonEmptyListOf(
  keysOf({
    name: requiredKey("What the audit log, metrics and readiness call it.", upstreamName),
    baseUrl: requiredKey("Where it is; a path stands before the path of every request.", upstreamUrl),
    auth: key("The gateway's own key for it, in place of `target.auth`.", targetAuth),
    tls: key("TLS towards it, in place of `target.tls`.", targetTls),
    priority: key(
      "Those with the lowest number are asked first; the next ones only when none of them is available.",
      integer(0, 1000),
      0,
    ),
    weight: key("Its share of the requests among those of one priority.", integer(1, 1000), 1),
  }),
);

export const targetHealth = section("When an upstream counts as unable to serve.", {
  failures: key(
    "Failures in a row after which it is given time: no connection, no answer, or, where there is another one, the status 502, 503, 504 or 529.",
    integer(1, 1000),
    3,
  ),
  coolDownMs: key(
    "How long it is then given, before one request tries whether it is back.",
    integer(1, TIMER_MAX_MS),
    10_000,
  ),
  checkPath: key(
    "A path below its base URL that is asked for now and then, without anything of a client; an answer below 500 says that it can serve. Null asks for nothing.",
    z.nullable(textMatching(/^\/(?!\/)[!-~]*$/, "null or a path that begins with one slash")),
    null,
  ),
  checkIntervalMs: key("How often it is asked.", integer(100, TIMER_MAX_MS), 10_000),
  checkTimeoutMs: key("How long an answer to that may take.", integer(1, TIMER_MAX_MS), 5000),
});

/** Names are unique, there is one way to name upstreams, and no client's key reaches one that is sent a key of ours. */
export function targetUpstreamProblems({ target }: RawConfig): readonly ConfigProblem[] {
  if (!isRecord(target) || !Array.isArray(target.upstreams)) return [];
  const upstreams = target.upstreams.filter(isRecord);
  const problems: ConfigProblem[] = [];
  if (target.upstream !== undefined) {
    problems.push({ path: "target.upstream", message: "expected either upstream or upstreams, not both" });
  }
  const names = upstreams.map(({ name }) => name);
  for (const [at, name] of names.entries()) {
    if (names.indexOf(name) !== at) {
      problems.push({ path: `target.upstreams[${at}].name`, message: "expected a name that no other upstream has" });
    }
  }
  const keyed = upstreams.filter(({ auth }) => auth !== undefined).length;
  if (target.auth === undefined && keyed > 0 && keyed < upstreams.length) {
    problems.push({
      path: "target.upstreams",
      message: "expected auth for every one or for none: clients either send their own key or do not",
    });
  }
  return problems;
}
