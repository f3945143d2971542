import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";

const BENCH = join(import.meta.dirname, "../../bench/throughput.ts");

describe("the bench of throughput", () => {
  it("serves what its knobs say in both modes, refuses what is too much of a burst, and ends with its figures as JSON", () => {
    const run = bench([], { HAECHI_BENCH_REQUESTS: "40", HAECHI_BENCH_CONCURRENCY: "4", HAECHI_BENCH_WARMUP: "4" });
    assert.equal(run.status, 0, run.stderr);
    const { knobs, enforce, dryRun, burst } = JSON.parse(run.stdout.trimEnd().split("\n").at(-1)!);
    assert.deepEqual(knobs, { requests: 40, concurrency: 4, warmUp: 4, payloadKb: 1, maxInFlight: 4 });
    for (const { requestsPerSecond, p50, p95, p99, max } of [enforce, dryRun]) {
      assert.ok(requestsPerSecond > 0 && p50 > 0 && p50 <= p95 && p95 <= p99 && p99 <= max);
    }
    assert.deepEqual(burst, { requests: 24, served: 4, refused: 20, withRetryAfter: 20, broken: 0 });
  });

  it("names each knob that is not what it must be", () => {
    const { status, stderr } = bench([], { HAECHI_BENCH_REQUESTS: "0", HAECHI_BENCH_PAYLOAD_KB: "1e3" });
    assert.equal(status, 2);
    assert.deepEqual(stderr.trimEnd().split("\n"), [
      "HAECHI_BENCH_REQUESTS must be a whole number, 1 or more",
      "HAECHI_BENCH_PAYLOAD_KB must be a whole number, 1 or more",
    ]);
  });

  it("explains itself, and takes no words that it does not know", () => {
    assert.match(bench(["--help"]).stdout, /HAECHI_BENCH_MAXINFLIGHT .*\(4\)/);
    assert.equal(bench(["--fast"]).status, 2);
  });
});

function bench(argv: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, [BENCH, ...argv], { encoding: "utf8", env: { ...process.env, ...environment } });
}
