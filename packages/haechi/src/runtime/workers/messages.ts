import type { AuditEvent } from "../../core/audit/event.ts";
import type { ConfigurationStanding } from "../../gateway/endpoints/observability.ts";
import type { AuditSink } from "../../ports/audit-sink.ts";
import type { Quota, QuotaStanding } from "../../ports/rate-limiter.ts";
import type { LogLine } from "../../providers/observability/gathered-logger.ts";
import type { MetricsSnapshot } from "../../providers/observability/prometheus-metrics.ts";
import type { StartOptions } from "../start-gateway.ts";

/** A configuration as it was read, once for all processes, so that all of them have the same. */
export interface ConfigFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/** What a worker is to serve. */
export interface StartOrder {
  readonly file: ConfigFile;
  /** Which of how many it is, from 0. */
  readonly slot: number;
  readonly count: number;
  readonly options: Pick<StartOptions, "host" | "port" | "allowsRemoteBind">;
  /** What a person typed for all processes; null where each finds its own. */
  readonly passphrase: string | null;
  readonly standing: ConfigurationStanding;
}

export interface Started {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  /** What a gateway says when it starts. */
  readonly lines: readonly LogLine[];
}

/** What a supervisor asks of a worker. */
export type OfWorker = {
  start: { readonly asks: StartOrder; readonly answer: Started };
  /** Builds what the configuration says, beside what serves. Rejects with why that cannot be. */
  prepare: { readonly asks: ConfigFile; readonly answer: null };
  /** Serves with what was prepared, or lets go of it. */
  settle: { readonly asks: "commit" | "discard"; readonly answer: null };
  standing: { readonly asks: ConfigurationStanding; readonly answer: null };
  snapshot: { readonly asks: null; readonly answer: MetricsSnapshot };
  /** Drains and ends; answers at once. */
  close: { readonly asks: null; readonly answer: null };
};

/** What a worker asks of its supervisor. */
export type OfSupervisor = {
  /** Answered once the event is on durable storage. */
  record: { readonly asks: AuditEvent; readonly answer: null };
  auditReady: { readonly asks: null; readonly answer: Awaited<ReturnType<AuditSink["ready"]>> };
  take: { readonly asks: TakeFromQuota; readonly answer: QuotaStanding };
  /** The metrics of all workers as one text. */
  metrics: { readonly asks: null; readonly answer: string };
  /** Says that it takes no more exchanges after a failure, and what it has counted. */
  failing: { readonly asks: MetricsSnapshot; readonly answer: null };
};

export interface TakeFromQuota {
  readonly key: string;
  readonly quota: Quota;
  readonly amount: number;
}
