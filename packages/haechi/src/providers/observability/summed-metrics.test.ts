import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { createPrometheusMetrics } from "./prometheus-metrics.ts";
import { createSummedMetrics } from "./summed-metrics.ts";

/** What happens in one of three processes. */
const event = fc.record({
  process: fc.integer({ min: 0, max: 2 }),
  what: fc.constantFrom("counts", "is asked", "ends"),
});

describe("metrics of several processes", () => {
  it("are the sum of what each counted, whichever end in between", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 60 }), async (events) => {
        const summed = createSummedMetrics();
        const processes = [0, 1, 2].map(() => createPrometheusMetrics());
        let ids = [0, 1, 2];
        let next = 3;
        let told = 0;
        const untold = [0, 0, 0];
        for (const { process, what } of events) {
          if (what === "counts") {
            processes[process]!.increment("haechi_blocks_total");
            processes[process]!.observe("haechi_request_duration_seconds", 1, { route: "chat" });
            untold[process]!++;
          } else if (what === "is asked") {
            // It comes through a pipe.
            summed.note(ids[process]!, structuredClone(await processes[process]!.snapshot()));
            told += untold[process]!;
            untold[process] = 0;
          } else {
            summed.forget(ids[process]!);
            processes[process] = createPrometheusMetrics();
            ids = ids.with(process, next++);
            untold[process] = 0;
          }
        }
        const text = await summed.render();
        assert.equal(Number(/^haechi_blocks_total (\d+)$/m.exec(text)?.[1] ?? 0), told);
        assert.equal(Number(/^haechi_request_duration_seconds_count\{[^}]*\} (\d+)$/m.exec(text)?.[1] ?? 0), told);
      }),
    );
  });

  it("say of a state the worst of those that are there, and of exchanges how many there are", async () => {
    const summed = createSummedMetrics();
    for (const [process, isAvailable] of [1, 0].entries()) {
      const metrics = createPrometheusMetrics();
      metrics.set?.("haechi_upstream_available", isAvailable, { upstream: "main" });
      metrics.set?.("haechi_in_flight", 2);
      summed.note(process, await metrics.snapshot());
    }
    const both = await summed.render();
    assert.match(both, /^haechi_upstream_available\{upstream="main"\} 0$/m);
    assert.match(both, /^haechi_in_flight 4$/m);
    summed.forget(1);
    const one = await summed.render();
    assert.match(one, /^haechi_upstream_available\{upstream="main"\} 1$/m);
    assert.match(one, /^haechi_in_flight 2$/m);
  });
});
