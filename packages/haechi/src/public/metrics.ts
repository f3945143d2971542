export type { CounterName, HistogramName, MetricLabels, Metrics } from "../ports/metrics.ts";
export { createPrometheusMetrics } from "../providers/observability/prometheus-metrics.ts";
