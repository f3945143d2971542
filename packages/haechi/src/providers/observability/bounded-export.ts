import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { BatchSpanProcessor, type SpanExporter, type SpanProcessor } from "@opentelemetry/sdk-trace";
import type { Logger } from "../../ports/logger.ts";
import type { Metrics } from "../../ports/metrics.ts";

export interface BoundedExportOptions {
  /** Where spans are posted, path and all. */
  readonly endpoint: string;
  /** Asked for before every request. */
  readonly headers: () => Record<string, string>;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/**
 * Spans on their way to a collector: in batches, no more at a time than the queue holds, each counted by what has
 * become of it. A collector that fails costs its spans and nothing else.
 */
export function createBoundedExport({ endpoint, headers, metrics, logger }: BoundedExportOptions): SpanProcessor {
  let pending = 0;
  let isReached = true;
  const count = (outcome: "exported" | "failed" | "dropped", spans: number) =>
    metrics.increment("haechi_trace_spans_total", { outcome }, spans);
  const tell = (succeeded: boolean) => {
    if (succeeded === isReached) return;
    isReached = succeeded;
    // Neither the address nor what the other side said: both may hold what is not for a log.
    if (succeeded) logger.info("trace_export_resumed");
    else logger.warn("trace_export_failed");
  };

  const wire = new OTLPTraceExporter({
    url: endpoint,
    headers: async () => headers(),
    timeoutMillis: EXPORT_TIMEOUT_MS,
    concurrencyLimit: EXPORTS_MAX,
    // Said, because an environment variable of Node's turns verification off wherever it is left unsaid.
    httpAgentOptions: { keepAlive: true, rejectUnauthorized: true },
  });
  const counted: SpanExporter = {
    export(spans, done) {
      wire.export(spans, (result) => {
        pending -= spans.length;
        const succeeded = result.code === 0;
        count(succeeded ? "exported" : "failed", spans.length);
        tell(succeeded);
        done(result);
      });
    },
    shutdown: () => wire.shutdown(),
  };
  const batches = new BatchSpanProcessor({
    exporter: counted,
    maxQueueSize: QUEUE_MAX,
    maxExportBatchSize: BATCH_MAX,
    scheduledDelayMillis: DELAY_MS,
    exportTimeoutMillis: EXPORT_TIMEOUT_MS,
  });
  return {
    onStart() {},
    onEnd(span) {
      if (pending >= QUEUE_MAX) return count("dropped", 1);
      pending += 1;
      batches.onEnd(span);
    },
    forceFlush: () => batches.forceFlush(),
    shutdown: () => batches.shutdown(),
  };
}

/** Spans that wait or are being sent, about a kilobyte each. */
const QUEUE_MAX = 4096;
const BATCH_MAX = 512;
const EXPORTS_MAX = 4;
const DELAY_MS = 5000;
const EXPORT_TIMEOUT_MS = 10_000;
