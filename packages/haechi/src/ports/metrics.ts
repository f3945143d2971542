export type CounterName =
  | "haechi_requests_total"
  | "haechi_blocks_total"
  | "haechi_auth_denied_total"
  | "haechi_rate_limited_total"
  | "haechi_overloaded_total"
  | "haechi_upstream_timeout_total"
  | "haechi_upstream_error_total"
  | "haechi_upstream_requests_total"
  | "haechi_upstream_failovers_total"
  | "haechi_upstream_retries_total"
  | "haechi_response_unprotected_total"
  | "haechi_response_stream_truncated_total"
  | "haechi_stream_unknown_events_total"
  | "haechi_config_reloads_total"
  | "haechi_trace_spans_total"
  | "haechi_internal_error_total"
  | "haechi_worker_deaths_total";

export type GaugeName = "haechi_upstream_available" | "haechi_config_current" | "haechi_in_flight";

export type HistogramName = "haechi_request_duration_seconds";

/** Label values come from fixed lists and route tables; they never carry text from outside. */
export type MetricLabels = Readonly<Record<string, string | null>>;

/** Counters, gauges and histograms, rendered as Prometheus text. */
export interface Metrics {
  increment(name: CounterName, labels?: MetricLabels, amount?: number): void;
  observe(name: HistogramName, value: number, labels?: MetricLabels): void;
  /** Without it, what goes up and down is not rendered. */
  set?(name: GaugeName, value: number, labels?: MetricLabels): void;
  /** Renders a value no more that is about something that is gone. */
  remove?(name: GaugeName, labels: MetricLabels): void;
  render(): string | Promise<string>;
}
