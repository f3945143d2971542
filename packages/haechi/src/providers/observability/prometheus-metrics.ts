import Counter from "prom-client/lib/counter.js";
import Gauge from "prom-client/lib/gauge.js";
import Histogram from "prom-client/lib/histogram.js";
import Registry from "prom-client/lib/registry.js";
import type { CounterName, GaugeName, HistogramName, MetricLabels, Metrics } from "../../ports/metrics.ts";

/** What was counted until a moment, to be added to what others counted. It goes from process to process. */
export type MetricsSnapshot = readonly { readonly name: string; readonly type: unknown }[];

export interface PrometheusMetrics extends Metrics {
  snapshot(): Promise<MetricsSnapshot>;
}

/** Metrics of one process in the Prometheus text format; every one is rendered, counted or not. */
export function createPrometheusMetrics(): PrometheusMetrics {
  const registry = new Registry();
  const counters = mapRecord(COUNTERS, ({ help, labels }, name) => {
    const counter = new Counter({ name, help, labelNames: [...labels], registers: [registry] });
    return { counter, labels };
  });
  const histograms = mapRecord(HISTOGRAMS, ({ help, labels, buckets }, name) => {
    const options = { name, help, labelNames: [...labels], buckets: [...buckets], registers: [registry] };
    return { histogram: new Histogram(options), labels };
  });

  const gauges = mapRecord(GAUGES, ({ help, labels, aggregator }, name) => {
    const gauge = new Gauge({ name, help, labelNames: [...labels], registers: [registry], aggregator });
    return { gauge, labels };
  });

  // A name that is not in the tables can only come from code that was not type-checked; it is not worth an exchange.
  return {
    increment(name, labels, amount = 1) {
      const found = counters[name];
      found?.counter.inc(cleanLabels(found.labels, labels), amount);
    },
    observe(name, value, labels) {
      const found = histograms[name];
      found?.histogram.observe(cleanLabels(found.labels, labels), value);
    },
    set(name, value, labels) {
      const found = gauges[name];
      found?.gauge.set(cleanLabels(found.labels, labels), value);
    },
    remove(name, labels) {
      const found = gauges[name];
      found?.gauge.remove(cleanLabels(found.labels, labels));
    },
    render: () => registry.metrics(),
    snapshot: () => registry.getMetricsAsJSON(),
  };
}

interface MetricInfo {
  readonly help: string;
  readonly labels: readonly string[];
}

const COUNTERS: Readonly<Record<CounterName, MetricInfo>> = {
  haechi_requests_total: { help: "Exchanges by how they ended.", labels: ["route", "mode", "decision"] },
  haechi_blocks_total: { help: "Requests, responses and streams blocked by policy.", labels: [] },
  haechi_auth_denied_total: { help: "Requests without acceptable credentials.", labels: [] },
  haechi_rate_limited_total: { help: "Requests over their caller's rate.", labels: [] },
  haechi_overloaded_total: {
    help: "Requests refused because the gateway had as much to do as it takes on.",
    labels: [],
  },
  haechi_upstream_timeout_total: { help: "Exchanges whose upstream did not answer in time.", labels: [] },
  haechi_upstream_error_total: { help: "Exchanges whose upstream could not be reached or broke off.", labels: [] },
  haechi_upstream_requests_total: {
    help: "Requests handed to each upstream: answered, failed, not sent, or abandoned by the client.",
    labels: ["upstream", "outcome"],
  },
  haechi_upstream_failovers_total: { help: "Requests that another upstream was asked instead.", labels: ["upstream"] },
  haechi_upstream_retries_total: {
    help: "Requests without effect that were sent again on a new connection.",
    labels: [],
  },
  haechi_response_unprotected_total: { help: "Responses that could not be inspected.", labels: [] },
  haechi_response_stream_truncated_total: { help: "Inspected streams that did not reach their end.", labels: [] },
  haechi_stream_unknown_events_total: { help: "Frames of a type that the protocol does not know.", labels: [] },
  haechi_config_reloads_total: {
    help: "Changed configurations that were read while the gateway runs: applied or refused.",
    labels: ["outcome"],
  },
  haechi_trace_spans_total: {
    help: "Spans of traces: exported to the collector, failed on the way, or dropped because too many waited.",
    labels: ["outcome"],
  },
  haechi_internal_error_total: { help: "Exchanges that failed inside the gateway.", labels: [] },
  haechi_worker_deaths_total: { help: "Processes of several that ended while the gateway went on.", labels: [] },
};

/** With what several processes say about the whole. */
const GAUGES: Readonly<Record<GaugeName, MetricInfo & { readonly aggregator: "sum" | "min" }>> = {
  haechi_upstream_available: {
    help: "1 for an upstream that serves, 0 from failures in a row until it answers.",
    labels: ["upstream"],
    aggregator: "min",
  },
  haechi_in_flight: {
    help: "Exchanges whose request was read and whose answer is not complete.",
    labels: [],
    aggregator: "sum",
  },
  haechi_config_current: {
    help: "1 while the configuration that was read last is in effect, 0 from one that was refused until one is taken up.",
    labels: [],
    aggregator: "min",
  },
};

const HISTOGRAMS: Readonly<Record<HistogramName, MetricInfo & { readonly buckets: readonly number[] }>> = {
  haechi_request_duration_seconds: {
    help: "Duration of exchanges in seconds.",
    labels: ["route"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  },
};

const LABEL_LENGTH_MAX = 64;

/** Only labels of the table, with values that cannot carry text from outside. */
function cleanLabels(names: readonly string[], labels: MetricLabels | undefined): Record<string, string> {
  const clean: Record<string, string> = {};
  for (const name of names) clean[name] = cleanValue(labels?.[name]);
  return clean;
}

function cleanValue(value: string | null | undefined): string {
  if (value === null || value === undefined) return "none";
  const text = String(value);
  return PLAIN.test(text) ? text : text.slice(0, LABEL_LENGTH_MAX).replace(/[^A-Za-z0-9_.:/-]/g, "_");
}

const PLAIN = /^[A-Za-z0-9_.:/-]{1,64}$/;

function mapRecord<K extends string, V, R>(record: Readonly<Record<K, V>>, map: (value: V, key: K) => R): Record<K, R> {
  // The keys of a literal record are exactly its type's.
  const entries = (Object.entries(record) as [K, V][]).map(([key, value]) => [key, map(value, key)]);
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}
