import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, it } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { type Answer, answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";

const ok: Answer = (response) => answerJson(response, chatCompletion("ok"));
const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", ...headers },
  body,
});
const hello = post('{"model":"m","messages":[{"role":"user","content":"hello"}]}');
const card = post('{"model":"m","messages":[{"role":"user","content":"4111 1111 1111 1111"}]}');
const streamed = post('{"model":"m","stream":true,"messages":[]}');

interface Case {
  readonly does: string;
  readonly config?: ConfigInput;
  readonly target?: string;
  readonly request: RequestInit;
  readonly answer?: Answer;
  readonly status: number;
  readonly error: string;
  /** As in the audit log; absent for a block, which has an event of its own kind. */
  readonly decision?: string;
  readonly reason?: string;
  readonly headers?: Record<string, RegExp>;
  readonly reachesUpstream?: true;
}

const protectedResponses: ConfigInput = { responseProtection: { enabled: true } };

const cases: readonly Case[] = [
  {
    does: "refuses a body that is not JSON, without a word of it",
    request: post('{"a":secret-fragment'),
    status: 400,
    error: "haechi_invalid_json_request",
    decision: "request_refused",
  },
  {
    does: "refuses a body that is not UTF-8",
    request: { ...post(""), body: Buffer.from([0x22, 0xff, 0x22]) },
    status: 400,
    error: "haechi_request_body_not_utf8",
    decision: "request_refused",
  },
  {
    does: "refuses a body over the limit",
    config: { limits: { maxRequestBytes: 64 } },
    request: post(JSON.stringify("x".repeat(100))),
    status: 413,
    error: "haechi_request_body_too_large",
    decision: "request_refused",
  },
  {
    does: "refuses a body one level deeper than allowed",
    config: { limits: { maxNestingDepth: 4 } },
    request: post("[[[[[1]]]]]"),
    status: 413,
    error: "haechi_request_too_deeply_nested",
    decision: "request_refused",
  },
  {
    does: "asks for credentials where it needs them",
    config: { auth: { provider: "bearer" } },
    request: hello,
    status: 401,
    error: "haechi_auth_denied",
    decision: "auth_denied",
    reason: "no_token",
    headers: { "www-authenticate": /^Bearer realm="haechi"$/ },
  },
  {
    does: "says that a token is not good",
    config: { auth: { provider: "bearer" } },
    request: post("{}", { authorization: `Bearer hae_${"a".repeat(43)}` }),
    status: 401,
    error: "haechi_auth_denied",
    decision: "auth_denied",
    reason: "invalid_token",
    headers: { "www-authenticate": /^Bearer realm="haechi", error="invalid_token"$/ },
  },
  {
    does: "lets nobody in whose token cannot be checked",
    config: { auth: { provider: "bearer", store: "." } },
    request: post("{}", { authorization: `Bearer hae_${"a".repeat(43)}` }),
    status: 401,
    error: "haechi_auth_denied",
    decision: "auth_denied",
    reason: "provider_error",
    headers: { "www-authenticate": /^Bearer realm="haechi"$/ },
  },
  {
    does: "refuses a body over the budget of a day",
    config: { policy: { budget: { bytesPerDay: 8 } } },
    request: hello,
    status: 429,
    error: "haechi_budget_exceeded",
    decision: "rate_limited",
    reason: "budget_bytes:8",
    headers: { "retry-after": /^86400$/, ratelimit: /^"budget-bytes";r=8;t=86400$/ },
  },
  {
    does: "refuses a model in the path of a request without a body",
    config: { target: { type: "gemini" }, policy: { modelAllowlist: ["gemini-allowed"] } },
    target: "/v1beta/models/gemini-other",
    request: { method: "GET" },
    status: 403,
    error: "haechi_model_not_allowed",
    decision: "model_not_allowed",
    reason: "model_not_listed",
  },
  {
    does: "refuses a model outside the list",
    config: { policy: { modelAllowlist: ["gpt-allowed"] } },
    request: hello,
    status: 403,
    error: "haechi_model_not_allowed",
    decision: "model_not_allowed",
  },
  {
    does: "refuses a second model name that another parser could read",
    config: { policy: { modelAllowlist: ["gpt-allowed"] } },
    request: post('{"model":"gpt-allowed","MODEL":"gpt-other","messages":[]}'),
    status: 403,
    error: "haechi_model_not_allowed",
    decision: "model_not_allowed",
  },
  {
    does: "refuses a request without a model where a list is in force",
    config: { policy: { modelAllowlist: ["gpt-allowed"] } },
    request: post('{"messages":[]}'),
    status: 403,
    error: "haechi_model_not_allowed",
    decision: "model_not_allowed",
    reason: "model_missing",
  },
  {
    does: "blocks a card under the default policy",
    request: card,
    status: 403,
    error: "haechi_policy_block",
  },
  {
    does: "refuses streaming while it is not enabled",
    request: streamed,
    status: 501,
    error: "haechi_streaming_unsupported",
    decision: "streaming_blocked",
  },
  {
    does: "refuses a stream of a route without a stream format",
    config: { streaming: { requestMode: "inspect" } },
    target: "/v1/embeddings",
    request: streamed,
    status: 501,
    error: "haechi_streaming_uninspectable_route",
    decision: "streaming_blocked",
  },
  {
    does: "blocks a response that the policy does not let pass",
    config: protectedResponses,
    request: hello,
    answer: (response) => answerJson(response, chatCompletion("the card is 4111 1111 1111 1111")),
    status: 502,
    error: "haechi_response_policy_block",
    reachesUpstream: true,
  },
  {
    does: "refuses a response that is not JSON",
    config: protectedResponses,
    request: hello,
    answer: (response) => response.writeHead(200, { "content-type": "text/html" }).end("<p>"),
    status: 502,
    error: "haechi_response_unprotected",
    decision: "response_unprotected_blocked",
    reason: "non_json_response",
    reachesUpstream: true,
  },
  {
    does: "refuses a response that only says that it is JSON",
    config: protectedResponses,
    request: hello,
    answer: (response) => answerJson(response, "{"),
    status: 502,
    error: "haechi_response_unprotected",
    decision: "response_unprotected_blocked",
    reason: "invalid_json_response",
    reachesUpstream: true,
  },
  {
    does: "refuses a response that is compressed",
    config: protectedResponses,
    request: hello,
    answer: (response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "br" }).end("x");
    },
    status: 502,
    error: "haechi_response_unprotected",
    decision: "response_unprotected_blocked",
    reason: "compressed_response",
    reachesUpstream: true,
  },
  {
    does: "refuses a response over the limit, whatever the failure mode",
    config: { responseProtection: { enabled: true, failureMode: "allow", maxBytes: 8 } },
    request: hello,
    answer: ok,
    status: 502,
    error: "haechi_response_too_large",
    decision: "response_unprotected_blocked",
    reachesUpstream: true,
  },
  {
    does: "says that the upstream broke off",
    request: hello,
    answer: (response) => response.destroy(),
    status: 502,
    error: "haechi_upstream_unreachable",
    decision: "upstream_failed",
    reachesUpstream: true,
  },
  {
    does: "says that the upstream takes too long",
    // Long enough to reach the upstream, on a machine that does much else.
    config: { limits: { upstreamTimeoutMs: 700 } },
    request: hello,
    answer: () => {},
    status: 504,
    error: "haechi_upstream_timeout",
    decision: "upstream_failed",
    reachesUpstream: true,
  },
];

describe("a refusal", () => {
  for (const { does, config = {}, target = "/v1/chat/completions", request, answer = ok, ...expected } of cases) {
    it(`${does}: ${expected.status}, recorded and counted once`, async (test) => {
      const upstream = await recordingUpstream(test, answer);
      const haechi = await startHaechi(test, upstream.url, config);
      const reply = await fetch(haechi.url + target, request);
      const text = await reply.text();
      assert.equal(reply.status, expected.status);
      assert.equal(JSON.parse(text).error, expected.error);
      assert.ok(!text.includes("secret-fragment"));
      for (const [name, pattern] of Object.entries(expected.headers ?? {})) {
        assert.match(reply.headers.get(name) ?? "", pattern);
      }
      assert.equal(upstream.requests.length, expected.reachesUpstream ? 1 : 0);
      await assertRecordedOnce(haechi, expected);
      assert.equal(await countedExchanges(haechi), 1);
    });
  }

  it("of the second call over a rate says when to come back", async (test) => {
    const upstream = await recordingUpstream(test, ok);
    const haechi = await startHaechi(test, upstream.url, { policy: { rate: { requestsPerMinute: 1 } } });
    assert.equal((await fetch(`${haechi.url}/v1/chat/completions`, hello)).status, 200);
    const reply = await fetch(`${haechi.url}/v1/chat/completions`, hello);
    assert.equal(reply.status, 429);
    const waitS = Number(reply.headers.get("retry-after"));
    assert.ok(waitS >= 59 && waitS <= 61, `${waitS}`);
    assert.equal(reply.headers.get("ratelimit-policy"), '"rate";q=1;w=60');
    assert.equal(reply.headers.get("ratelimit"), `"rate";r=0;t=${waitS}`);
    const last = (await haechi.auditEntries()).at(-1)!;
    assert.ok("decision" in last && last.decision === "rate_limited" && last.reason === "rate:1");
  });

  it("meets every target that could name another host or path, and nothing is sent", async (test) => {
    const upstream = await recordingUpstream(test, ok);
    const haechi = await startHaechi(test, upstream.url);
    const port = haechi.gateway.port;
    const targets = [
      "http://127.0.0.1:9/x",
      "//127.0.0.1:9/x",
      "/.//127.0.0.1:9/x",
      "/..//127.0.0.1:9/x",
      "/a/..//127.0.0.1:9/x",
      "/%2e//127.0.0.1:9/x",
      "/%2e%2e/x",
      "/v1/../x",
      "/v1\\x",
      "/__haechi/../v1/chat/completions",
    ];
    for (const target of targets) {
      const status = await statusOfRawRequest(port, target, "host: localhost\r\n");
      assert.ok(status === 400 || status === 404, `${target} was answered with ${status}`);
    }
    assert.equal(upstream.requests.length, 0);
  });

  it("meets web pages, and names that are not the gateway's", async (test) => {
    const upstream = await recordingUpstream(test, ok);
    const haechi = await startHaechi(test, upstream.url);
    const send = (headers: string) => statusOfRawRequest(haechi.gateway.port, "/v1/models", headers);
    const port = haechi.gateway.port;
    for (const headers of [
      `host: evil.example:${port}\r\n`,
      `host: 127.0.0.1.evil.example\r\n`,
      `host: evil.example:${port}\r\norigin: http://evil.example:${port}\r\n`,
      `host: localhost:${port}\r\norigin: http://evil.example\r\n`,
      `host: localhost:${port}\r\norigin: null\r\n`,
      `host: localhost:${port}\r\nsec-fetch-site: cross-site\r\n`,
    ]) {
      assert.equal(await send(headers), 403, headers);
    }
    assert.equal(upstream.requests.length, 0);
    const refusals = (await haechi.auditEntries()).map(
      (entry) => "decision" in entry && [entry.decision, entry.reason],
    );
    assert.deepEqual(refusals, [
      ...Array(3).fill(["request_refused", "host_not_allowed"]),
      ...Array(3).fill(["request_refused", "origin_not_allowed"]),
    ]);
    assert.equal(await statusOfRawRequest(port, "/__haechi/health", "host: evil.example\r\n"), 403);
    for (const host of ["localhost", `127.0.0.1:${port}`, "[::1]"]) assert.equal(await send(`host: ${host}\r\n`), 200);
  });

  it("does not meet a page that is allowed, nor a name", async (test) => {
    const upstream = await recordingUpstream(test, ok);
    const proxy = { allowedHosts: ["gateway.example"], allowedOrigins: ["http://localhost:3000"] };
    const haechi = await startHaechi(test, upstream.url, { proxy });
    const headers = "host: gateway.example\r\norigin: http://localhost:3000\r\ncontent-type: application/json\r\n";
    assert.equal(await statusOfRawRequest(haechi.gateway.port, "/v1/models", headers), 200);
  });

  it("meets a request with two hosts", async (test) => {
    const upstream = await recordingUpstream(test, ok);
    const haechi = await startHaechi(test, upstream.url);
    const status = await statusOfRawRequest(haechi.gateway.port, "/v1/models", "host: x\r\nhost: y\r\n");
    assert.equal(status, 400);
    assert.equal(upstream.requests.length, 0);
  });

  it("meets what is under the reserved prefix and is no endpoint", async (test) => {
    const upstream = await recordingUpstream(test, ok);
    const { url } = await startHaechi(test, upstream.url);
    for (const path of ["/__haechi/other", "/__haechi/", "/__haechi/live/x"]) {
      assert.equal((await fetch(url + path)).status, 404);
    }
    assert.equal((await fetch(`${url}/__haechi/live?x=1`)).status, 200);
    assert.equal(upstream.requests.length, 0);
  });
});

async function assertRecordedOnce(haechi: HaechiUnderTest, expected: Omit<Case, "does" | "request">): Promise<void> {
  const entries = await haechi.auditEntries();
  const decisions = entries.filter((entry) => "decision" in entry);
  if (expected.decision === undefined) {
    assert.equal(entries.filter(({ blocked }) => blocked).length, 1);
    assert.equal(decisions.length, 0);
    return;
  }
  assert.deepEqual(
    decisions.map(({ decision }) => decision),
    [expected.decision],
  );
  if (expected.reason !== undefined) assert.equal(decisions[0]!.reason, expected.reason);
}

async function countedExchanges(haechi: HaechiUnderTest): Promise<number> {
  const counts = [...(await haechi.metrics()).matchAll(/^haechi_requests_total\{[^}]*\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

function statusOfRawRequest(port: number, target: string, headers: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(`POST ${target} HTTP/1.1\r\n${headers}content-length: 2\r\nconnection: close\r\n\r\n{}`);
    });
    let head = "";
    socket.on("data", (chunk) => {
      head += chunk;
    });
    socket.on("close", () => resolve(Number(head.slice(9, 12))));
    socket.on("error", reject);
  });
}
