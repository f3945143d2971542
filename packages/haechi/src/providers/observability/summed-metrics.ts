import AggregatorRegistry from "prom-client/lib/cluster.js";
import type { MetricsSnapshot } from "./prometheus-metrics.ts";

/** What several processes have counted, as one. */
export interface SummedMetrics {
  /** Takes what a process has counted until now, in place of what it had before. */
  note(process: number, snapshot: MetricsSnapshot): void;
  /** A process is gone. What it counted stays, so that no sum ever goes down; what it was is no more. */
  forget(process: number): void;
  render(): Promise<string>;
}

export function createSummedMetrics(): SummedMetrics {
  const latest = new Map<number, MetricsSnapshot>();
  let gone: MetricsSnapshot[] = [];
  return {
    note(process, snapshot) {
      latest.set(process, snapshot);
    },
    forget(process) {
      const last = latest.get(process);
      latest.delete(process);
      if (last !== undefined) gone.push(last.filter(({ type }) => type !== "gauge"));
    },
    async render() {
      if (gone.length > GONE_MAX) gone = [await sumOf(gone).getMetricsAsJSON()];
      return await sumOf([...gone, ...latest.values()]).metrics();
    },
  };
}

/** More are put together, so that a gateway whose processes end does not grow by it. */
const GONE_MAX = 8;

function sumOf(snapshots: readonly MetricsSnapshot[]) {
  return AggregatorRegistry.aggregate([...snapshots]);
}
