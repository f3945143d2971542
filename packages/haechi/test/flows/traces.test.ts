import assert from "node:assert/strict";
import { createServer } from "node:net";
import { describe, it, type TestContext } from "node:test";
import * as conventions from "@opentelemetry/semantic-conventions/incubating";
import { fetch as fetchWith } from "undici";
import type { ConfigInput } from "../../src/config/schema.ts";
import { createPrometheusMetrics } from "../../src/providers/observability/prometheus-metrics.ts";
import type { Providers } from "../../src/runtime/providers.ts";
import { answering, askHttp2, dispatcherOf, serveHttp2 } from "../support/http2-client.ts";
import { type RecordedSpan, recordingCollector } from "../support/recording-collector.ts";
import {
  type Answer,
  answerJson,
  answerStream,
  chatCompletion,
  chatStreamEvents,
  recordingUpstream,
} from "../support/recording-upstream.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";

const TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
const PARENT = `00-${TRACE_ID}-b7ad6b7169203331-01`;

const [SERVER, CLIENT] = [2, 3];
const FAILED = 2;

describe("a trace of an exchange", () => {
  it("has a span for it, and below that one for each step", async (test) => {
    const { haechi, spansOf } = await traced(test, (response) => answerJson(response, chatCompletion("yes")), {
      responseProtection: { enabled: true },
    });
    await ask(haechi);
    const spans = await spansOf();
    const [exchange, ...others] = inOrder(spans);
    assert.equal(exchange?.name, "POST /v1/chat/completions");
    assert.equal(exchange.kind, SERVER);
    assert.equal(exchange.parentSpanId, undefined);
    assert.deepEqual(
      others.map(({ name }) => name),
      ["inspect", "record", "upstream", "inspect", "record"],
    );
    for (const { parentSpanId, traceId } of others) {
      assert.deepEqual([parentSpanId, traceId], [exchange.spanId, exchange.traceId]);
    }
    const [entry] = await haechi.auditEntries();
    assert.deepEqual(exchange.attributes, {
      "http.request.method": "POST",
      "http.route": "/v1/chat/completions",
      "http.response.status_code": 200,
      "url.scheme": "http",
      "network.protocol.version": "1.1",
      "haechi.route": "chat-completions",
      "haechi.mode": "enforce",
      "haechi.decision": "forwarded",
      "haechi.exchange.id": entry?.correlationId,
    });
  });

  it("says of the upstream how long its head and its whole answer took, and what was asked of it", async (test) => {
    const stream = chatStreamEvents(["one ", "two"]);
    const { haechi, spansOf } = await traced(test, (response) => answerStream(response, stream), {
      streaming: { requestMode: "inspect" },
    });
    await ask(haechi, { stream: true });
    const upstream = named(await spansOf(), "upstream");
    assert.equal(upstream.kind, CLIENT);
    const { "haechi.upstream.time_to_headers": seconds, "http.request.body.size": sent, ...rest } = upstream.attributes;
    assert.ok(typeof seconds === "number" && seconds > 0);
    assert.ok(Number(seconds) * 1e9 <= Number(BigInt(upstream.endTimeUnixNano) - BigInt(upstream.startTimeUnixNano)));
    assert.ok(Number(sent) > 0);
    assert.deepEqual(rest, {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "openai",
      "http.request.method": "POST",
      "http.response.status_code": 200,
      "http.response.body.size": stream.length,
      "haechi.route": "chat-completions",
      "haechi.upstream": "default",
    });
  });

  it("counts what was found, and tells a block from a failure", async (test) => {
    const { haechi, spansOf } = await traced(test, (response) => answerJson(response, chatCompletion("yes")), {
      policy: { presets: [], defaultAction: "block" },
    });
    const { status } = await ask(haechi, {
      messages: [{ role: "user", content: "minji@example.com, kim@example.com" }],
    });
    const spans = await spansOf();
    const { attributes } = named(spans, "inspect");
    assert.deepEqual(attributes, { "haechi.direction": "request", "haechi.findings": 2, "haechi.blocked": true });
    const exchange = named(spans, "POST /v1/chat/completions");
    assert.equal(exchange.attributes["haechi.decision"], "blocked");
    assert.equal(exchange.attributes["http.response.status_code"], status);
    assert.ok(spans.every((span) => span.status.code !== FAILED));
    assert.ok(spans.every(({ name }) => name !== "upstream"));
  });

  it("has failed where the upstream broke off, or was not there", async (test) => {
    const { haechi, spansOf } = await traced(test, (response) => response.destroy());
    await ask(haechi);
    const spans = await spansOf();
    const upstream = named(spans, "upstream");
    assert.deepEqual([upstream.status.code, upstream.attributes["error.type"]], [FAILED, "connection_broken"]);
    const exchange = named(spans, "POST /v1/chat/completions");
    assert.deepEqual([exchange.status.code, exchange.attributes["error.type"]], [FAILED, "upstream_error"]);
  });

  it("names nothing that the client made up: method, path, query", async (test) => {
    const { haechi, spansOf } = await traced(test, (response) => answerJson(response, "{}"));
    await (await fetch(`${haechi.url}/private/thing?of=mine`, { method: "PROPFIND" })).text();
    const exchange = (await spansOf()).find(({ kind }) => kind === SERVER);
    assert.equal(exchange?.name, "_OTHER");
    assert.doesNotMatch(JSON.stringify(exchange), /private|mine|PROPFIND/);
  });

  it("says how the client spoke", async (test) => {
    const collector = await recordingCollector(test);
    const telemetry = { traces: { enabled: true, endpoint: collector.endpoint } };
    const { haechi, session } = await serveHttp2(test, answering, { telemetry });
    await askHttp2(session);
    const dispatcher = dispatcherOf(test, haechi.ca, false);
    await (await fetchWith(`${haechi.url}/v1/models`, { dispatcher })).text();
    await haechi.gateway.close();
    const spoken = collector.spans
      .filter(({ kind }) => kind === SERVER)
      .map(({ attributes }) => [attributes["url.scheme"], attributes["network.protocol.version"]]);
    assert.deepEqual(spoken, [
      ["https", "2"],
      ["https", "1.1"],
    ]);
  });

  it("uses the names of the conventions where they have one", async (test) => {
    const { haechi, spansOf } = await traced(test, (response) => answerJson(response, chatCompletion("yes")));
    await ask(haechi);
    const known = new Set<unknown>(Object.values(conventions));
    const names = (await spansOf()).flatMap(({ attributes }) => Object.keys(attributes));
    assert.ok(names.length > 20);
    for (const name of names) assert.ok(name.startsWith("haechi.") || known.has(name), name);
  });
});

describe("the trace of a client", () => {
  it("goes on in that of the exchange, and at the upstream below it where the header is named", async (test) => {
    const { haechi, upstream, spansOf } = await traced(
      test,
      (response) => answerJson(response, chatCompletion("yes")),
      {
        target: { forwardHeaders: ["traceparent"] },
      },
    );
    await ask(haechi, {}, { traceparent: PARENT });
    const spans = await spansOf();
    const exchange = named(spans, "POST /v1/chat/completions");
    assert.deepEqual([exchange.traceId, exchange.parentSpanId], [TRACE_ID, "b7ad6b7169203331"]);
    const { rawHeaders } = upstream.requests[0]!;
    const sent = rawHeaders.filter((_, at) => rawHeaders[at - 1] === "traceparent");
    assert.deepEqual(sent, [`00-${TRACE_ID}-${named(spans, "upstream").spanId}-01`]);
  });

  it("goes on at the upstream where it is left out here, and is left out there", async (test) => {
    const { haechi, upstream, spansOf } = await traced(
      test,
      (response) => answerJson(response, chatCompletion("yes")),
      { target: { forwardHeaders: ["traceparent"] } },
      { sampleRatio: 0 },
    );
    await ask(haechi, {}, { traceparent: PARENT.replace(/01$/, "00") });
    await ask(haechi);
    const sent = upstream.requests.map(({ rawHeaders }) => rawHeaders[rawHeaders.indexOf("traceparent") + 1]);
    assert.match(String(sent[0]), new RegExp(`^00-${TRACE_ID}-(?!b7ad6b7169203331)[0-9a-f]{16}-00$`));
    assert.match(String(sent[1]), /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    assert.deepEqual(await spansOf(), []);
  });

  it("goes nowhere where the header is not named", async (test) => {
    const { haechi, upstream, spansOf } = await traced(test, (response) => answerJson(response, chatCompletion("yes")));
    await ask(haechi, {}, { traceparent: PARENT });
    assert.equal(named(await spansOf(), "upstream").traceId, TRACE_ID);
    assert.ok(!upstream.requests[0]!.rawHeaders.includes("traceparent"));
  });

  it("is left out with it, and without it as often as is asked for", async (test) => {
    const { haechi, spansOf } = await traced(test, (response) => answerJson(response, chatCompletion("yes")));
    await ask(haechi, {}, { traceparent: PARENT.replace(/01$/, "00") });
    assert.deepEqual(await spansOf(), []);
    const rare = await traced(test, (response) => answerJson(response, chatCompletion("yes")), {}, { sampleRatio: 0 });
    await ask(rare.haechi);
    await ask(rare.haechi, {}, { traceparent: PARENT });
    assert.deepEqual(
      (await rare.spansOf()).filter(({ kind }) => kind === SERVER).map(({ traceId }) => traceId),
      [TRACE_ID],
    );
  });

  for (const [what, traceparent] of [
    ["that is malformed", "00-xyz-b7ad6b7169203331-01"],
    ["of zeros", `00-${"0".repeat(32)}-b7ad6b7169203331-01`],
    ["with something else in it", `00-4111 1111 1111 1111-b7ad6b7169203331-01`],
    ["that goes on in a way of its own", `${PARENT}-4111111111111111`],
    ["that is there twice", `${PARENT}, ${PARENT}`],
  ] as const) {
    it(`is another one than a header ${what}`, async (test) => {
      const { haechi, spansOf, everything } = await traced(test, (response) =>
        answerJson(response, chatCompletion("")),
      );
      await ask(haechi, {}, { traceparent });
      const exchange = named(await spansOf(), "POST /v1/chat/completions");
      assert.equal(exchange.parentSpanId, undefined);
      assert.match(exchange.traceId, /^[0-9a-f]{32}$/);
      assert.doesNotMatch(everything(), /4111/);
    });
  }
});

describe("a collector", () => {
  it("is sent the headers of the environment, which nobody else sees", async (test) => {
    process.env.HAECHI_TEST_COLLECTOR = "x-api-key=c0llector%20key,x-scope=a";
    test.after(() => delete process.env.HAECHI_TEST_COLLECTOR);
    const { haechi, spansOf, everything } = await traced(
      test,
      (response) => answerJson(response, chatCompletion("yes")),
      {},
      { headersEnv: "HAECHI_TEST_COLLECTOR" },
    );
    await ask(haechi);
    await spansOf();
    assert.match(everything(), /x-api-key\nc0llector key/);
    assert.doesNotMatch(haechi.logged.join("\n"), /c0llector|127\.0\.0\.1:\d+\/v1\/traces/);
  });

  it("has to be given the headers that are configured", async (test) => {
    const start = (headersEnv: string) => traced(test, () => {}, {}, { headersEnv });
    await assert.rejects(start("HAECHI_TEST_NOT_SET"), {
      code: "CONFIG_INVALID",
      message: /telemetry\.traces\.headersEnv/,
    });
    process.env.HAECHI_TEST_BAD = "not headers";
    test.after(() => delete process.env.HAECHI_TEST_BAD);
    await assert.rejects(start("HAECHI_TEST_BAD"), (error: Error) => !error.message.includes("not headers"));
  });

  it("that refuses, or redirects, costs its spans and nothing else", async (test) => {
    for (const status of [400, 307]) {
      const elsewhere = await recordingCollector(test);
      const collector = await recordingCollector(test, (response) =>
        response.writeHead(status, { location: elsewhere.endpoint }).end("minji@example.com"),
      );
      const metrics = createPrometheusMetrics();
      const { haechi } = await tracedTo(test, collector.endpoint, undefined, {}, {}, { metrics });
      assert.equal((await ask(haechi)).status, 200);
      await haechi.gateway.close();
      assert.match(await metrics.render(), /haechi_trace_spans_total\{outcome="failed"\} [1-9]/);
      assert.match(haechi.logged.join("\n"), /trace_export_failed/);
      assert.doesNotMatch(haechi.logged.join("\n"), /minji/);
      assert.equal(elsewhere.spans.length, 0);
    }
  });

  it("that is not there costs neither an exchange nor the end of the gateway", async (test) => {
    const free = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => free.once("listening", resolve));
    const { port } = free.address() as { port: number };
    await new Promise((resolve) => free.close(resolve));
    const { haechi } = await tracedTo(test, `http://127.0.0.1:${port}/v1/traces`);
    assert.equal((await ask(haechi)).status, 200);
    await haechi.gateway.close();
  });
});

interface TracedGateway {
  readonly haechi: HaechiUnderTest;
  readonly upstream: Awaited<ReturnType<typeof recordingUpstream>>;
  /** All spans, after the gateway has drained. */
  spansOf(): Promise<readonly RecordedSpan[]>;
  everything(): string;
}

type Traces = NonNullable<NonNullable<ConfigInput["telemetry"]>["traces"]>;

async function traced(
  test: TestContext,
  answer: Answer,
  overrides: ConfigInput = {},
  traces: Traces = {},
): Promise<TracedGateway> {
  const collector = await recordingCollector(test);
  const started = await tracedTo(test, collector.endpoint, answer, overrides, traces);
  return {
    ...started,
    everything: collector.everything,
    async spansOf() {
      await started.haechi.gateway.close();
      return collector.spans;
    },
  };
}

async function tracedTo(
  test: TestContext,
  endpoint: string,
  answer: Answer = (response) => answerJson(response, chatCompletion("yes")),
  overrides: ConfigInput = {},
  traces: Traces = {},
  providers: Providers = {},
): Promise<Pick<TracedGateway, "haechi" | "upstream">> {
  const upstream = await recordingUpstream(test, answer);
  const telemetry = { traces: { enabled: true, endpoint, ...traces } };
  return { upstream, haechi: await startHaechi(test, upstream.url, { ...overrides, telemetry }, providers) };
}

async function ask(
  { url }: HaechiUnderTest,
  body: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ model: "m", messages: [{ role: "user", content: "hi" }], ...body }),
  });
  await response.text();
  return response;
}

function inOrder(spans: readonly RecordedSpan[]): readonly RecordedSpan[] {
  const start = ({ startTimeUnixNano }: RecordedSpan) => BigInt(startTimeUnixNano);
  return spans.toSorted((one, other) => Number(start(one) - start(other)));
}

function named(spans: readonly RecordedSpan[], name: string): RecordedSpan {
  const found = spans.find((span) => span.name === name);
  assert.ok(found !== undefined, `no span ${name} among ${spans.map((span) => span.name)}`);
  return found;
}
