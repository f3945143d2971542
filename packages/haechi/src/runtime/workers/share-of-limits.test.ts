import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { parseConfig } from "../../config/parse.ts";
import { shareOfLimits, workerCount } from "./share-of-limits.ts";

it("workers have together what the gateway may have, each at least one exchange, and no one many more", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 0, max: 500 }), (count, more) => {
      const config = parseConfig({ limits: { maxInFlight: count + more } });
      const shares = Array.from(
        { length: count },
        (_, slot) => shareOfLimits(config, { slot, count }).limits.maxInFlight,
      );
      assert.equal(
        shares.reduce((sum, share) => sum + share),
        count + more,
      );
      assert.ok(Math.min(...shares) >= 1 && Math.max(...shares) - Math.min(...shares) <= 1);
    }),
  );
});

it("no limit stays no limit", () => {
  assert.equal(shareOfLimits(parseConfig({}), { slot: 1, count: 3 }).limits.maxInFlight, 0);
});

it("auto is a worker for each core, as far as there are exchanges for them", () => {
  const automatic = (maxInFlight: number) => parseConfig({ proxy: { workers: "auto" }, limits: { maxInFlight } });
  assert.deepEqual(
    [workerCount(automatic(0), 8), workerCount(automatic(3), 8), workerCount(automatic(9), 8)],
    [8, 3, 8],
  );
  assert.deepEqual([workerCount(parseConfig({}), 8), workerCount(parseConfig({ proxy: { workers: 5 } }), 8)], [1, 5]);
});
