import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { CounterName } from "../../ports/metrics.ts";
import { createPrometheusMetrics } from "./prometheus-metrics.ts";

describe("prometheus metrics", () => {
  it("renders every metric before anything was counted", async () => {
    const text = await createPrometheusMetrics().render();
    const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => `${name} ${type}`);
    assert.deepEqual(types.sort(), [
      "haechi_auth_denied_total counter",
      "haechi_blocks_total counter",
      "haechi_config_current gauge",
      "haechi_config_reloads_total counter",
      "haechi_in_flight gauge",
      "haechi_internal_error_total counter",
      "haechi_overloaded_total counter",
      "haechi_rate_limited_total counter",
      "haechi_request_duration_seconds histogram",
      "haechi_requests_total counter",
      "haechi_response_stream_truncated_total counter",
      "haechi_response_unprotected_total counter",
      "haechi_stream_unknown_events_total counter",
      "haechi_trace_spans_total counter",
      "haechi_upstream_available gauge",
      "haechi_upstream_error_total counter",
      "haechi_upstream_failovers_total counter",
      "haechi_upstream_requests_total counter",
      "haechi_upstream_retries_total counter",
      "haechi_upstream_timeout_total counter",
      "haechi_worker_deaths_total counter",
    ]);
    assert.equal([...text.matchAll(/^# HELP \S+ \S.*$/gm)].length, types.length);
    assert.match(text, /^haechi_response_stream_truncated_total 0$/m);
  });

  it("sets what goes up and down", async () => {
    const metrics = createPrometheusMetrics();
    metrics.set?.("haechi_upstream_available", 1, { upstream: "main" });
    metrics.set?.("haechi_upstream_available", 0, { upstream: "main" });
    assert.match(await metrics.render(), /^haechi_upstream_available\{upstream="main"\} 0$/m);
    metrics.remove?.("haechi_upstream_available", { upstream: "main" });
    assert.doesNotMatch(await metrics.render(), /haechi_upstream_available\{/);
  });

  it("counts by label and by amount", async () => {
    const metrics = createPrometheusMetrics();
    const labels = { route: "chat", mode: "enforce", decision: "forwarded" };
    metrics.increment("haechi_requests_total", labels);
    metrics.increment("haechi_requests_total", labels, 2);
    metrics.increment("haechi_blocks_total");
    const text = await metrics.render();
    assert.match(text, /^haechi_requests_total\{route="chat",mode="enforce",decision="forwarded"\} 3$/m);
    assert.match(text, /^haechi_blocks_total 1$/m);
  });

  it("sorts durations into the documented buckets", async () => {
    const metrics = createPrometheusMetrics();
    metrics.observe("haechi_request_duration_seconds", 0.02, { route: "chat" });
    const text = await metrics.render();
    const bounds = [...text.matchAll(/_bucket\{le="([^"]+)"/g)].map(([, bound]) => bound);
    assert.deepEqual(bounds, "0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2.5 5 10 +Inf".split(" "));
    assert.match(text, /_bucket\{le="0.01",route="chat"\} 0$/m);
    assert.match(text, /_bucket\{le="0.025",route="chat"\} 1$/m);
    assert.match(text, /_sum\{route="chat"\} 0.02$/m);
  });

  it("never lets text from outside into a label", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (outside) => {
        const metrics = createPrometheusMetrics();
        metrics.increment("haechi_requests_total", { route: outside, mode: null, [outside]: outside });
        const line = (await metrics.render()).split("\n").find((text) => text.startsWith("haechi_requests_total{"));
        assert.match(
          String(line),
          /^haechi_requests_total\{route="[A-Za-z0-9_.:/-]{0,64}",mode="none",decision="none"\} 1$/,
        );
      }),
      { numRuns: 50 },
    );
  });

  it("ignores names that it does not know", async () => {
    const metrics = createPrometheusMetrics();
    for (const name of ["other_total", "constructor", "__proto__"]) metrics.increment(name as CounterName, { a: "b" });
    assert.doesNotMatch(await metrics.render(), /other_total/);
  });
});
