import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { createPrometheusMetrics } from "../../providers/observability/prometheus-metrics.ts";
import { systemClock } from "../../providers/system/system-clock.ts";
import { systemRandom } from "../../providers/system/system-random.ts";
import { createExchange } from "../exchange.ts";
import { drain } from "../listen/drain.ts";
import { createServer } from "../listen/server.ts";
import { createObservability, isReservedPath, type ObservabilityOptions } from "./observability.ts";

describe("reserved paths", () => {
  it("are the prefix and everything below it, however written", () => {
    for (const path of [
      "/__haechi",
      "/__haechi/",
      "/__haechi/live",
      "/__haechi/../v1/x",
      "/%5f_haechi/live",
      "/__haechi%2flive",
      "/%255f_haechi/x",
    ]) {
      assert.ok(isReservedPath(path), path);
    }
  });

  it("are no others", () => {
    for (const path of ["/", "/v1/x", "/__haechix", "/v1/__haechi/live", "/a%20b", "/%zz", "/%25"]) {
      assert.ok(!isReservedPath(path), path);
    }
  });
});

describe("observability endpoints", () => {
  it("say that the gateway lives and how it is set", async (t) => {
    const ask = await open(t);
    assert.deepEqual(await ask("/__haechi/live"), { status: 200, body: { ok: true, version: "1.2.3" } });
    assert.deepEqual(await ask("/__haechi/health"), {
      status: 200,
      body: { ok: true, mode: "enforce", version: "1.2.3" },
    });
    assert.equal((await ask("/__haechi/live?probe=1")).status, 200);
  });

  it("are ready only when every check holds", async (t) => {
    const holds = await open(t);
    assert.deepEqual(await holds("/__haechi/ready"), {
      status: 200,
      body: { ready: true, version: "1.2.3", checks: { auditWritable: true }, configuration: "current" },
    });
    const fails = await open(t, { checks: async () => ({ auditWritable: false, keys: true }) });
    assert.deepEqual(await fails("/__haechi/ready"), {
      status: 503,
      body: {
        ready: false,
        version: "1.2.3",
        checks: { auditWritable: false, keys: true },
        configuration: "current",
      },
    });
    const refused = await open(t, { configuration: () => "refused" });
    assert.deepEqual(await refused("/__haechi/ready"), {
      status: 200,
      body: { ready: true, version: "1.2.3", checks: { auditWritable: true }, configuration: "refused" },
    });
    const breaks = await open(t, { checks: () => Promise.reject(new Error("x")) });
    assert.equal((await breaks("/__haechi/ready")).status, 503);
  });

  it("render metrics where they are enabled", async (t) => {
    const metrics = createPrometheusMetrics();
    metrics.increment("haechi_blocks_total");
    const enabled = await open(t, { metrics });
    const { status, type, body } = await enabled("/__haechi/metrics");
    assert.equal(status, 200);
    assert.equal(type, "text/plain; version=0.0.4; charset=utf-8");
    assert.match(String(body), /^haechi_blocks_total 1$/m);
    assert.match(String(body), /^haechi_in_flight 3$/m);
    const disabled = await open(t);
    assert.deepEqual(await disabled("/__haechi/metrics"), {
      status: 404,
      body: { error: "haechi_metrics_disabled", message: "Metrics are disabled" },
    });
  });

  it("show metrics to whoever has the token, where there is one", async (t) => {
    let token: string | null = "the-token";
    const metricsToken = () => token ?? assert.fail("no token can be read");
    const ask = await open(t, { metrics: createPrometheusMetrics(), metricsToken });
    const statuses = async () => {
      const found = [];
      for (const authorization of ["", "Bearer another", "Bearer the-token"]) {
        found.push((await ask("/__haechi/metrics", "GET", { authorization })).status);
      }
      return found;
    };
    assert.deepEqual(await statuses(), [401, 401, 200]);
    assert.equal((await ask("/__haechi/live")).status, 200);
    token = null;
    assert.deepEqual(await statuses(), [401, 401, 401]);
  });

  it("answer HEAD without a body, and nothing else at all", async (t) => {
    const ask = await open(t);
    assert.deepEqual(await ask("/__haechi/live", "HEAD"), { status: 200, body: null });
    for (const [path, method] of [
      ["/__haechi/live", "POST"],
      ["/__haechi/live/", "GET"],
      ["/__haechi/other", "GET"],
      ["/__haechi/constructor", "GET"],
      ["/__haechi", "GET"],
    ] as const) {
      assert.equal((await ask(path, method)).status, 404, path);
    }
  });
});

async function open(t: TestContext, options: Partial<ObservabilityOptions> = {}) {
  const answer = createObservability({
    version: "1.2.3",
    mode: "enforce",
    metrics: null,
    inFlight: () => 3,
    metricsToken: null,
    checks: async () => ({ auditWritable: true }),
    configuration: () => "current",
    upstreams: () => [],
    ...options,
  });
  const listener = createServer({
    tls: null,
    http2: false,
    isProxySender: null,
    headersTimeoutMs: null,
    requestTimeoutMs: null,
    onRefused: async () => "",
    onExchange: (request, response) =>
      void answer(createExchange(request, response, { clock: systemClock, random: systemRandom })),
  });
  listener.server.listen(0, "127.0.0.1");
  await once(listener.server, "listening");
  t.after(() => drain(listener, 0));
  const { port } = listener.server.address() as AddressInfo;
  return async (path: string, method = "GET", headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers });
    const type = response.headers.get("content-type");
    const text = await response.text();
    if (type !== "application/json") return { status: response.status, type, body: text };
    return { status: response.status, body: text === "" ? null : JSON.parse(text) };
  };
}
