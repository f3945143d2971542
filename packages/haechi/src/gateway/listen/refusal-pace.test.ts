import assert from "node:assert/strict";
import { test } from "node:test";
import { createRefusalPace } from "./refusal-pace.ts";

test("refusals go out one by one, none at once and none later than in a second, and further apart with their bodies", () => {
  let nowMs = 0;
  const { nextPauseMs } = createRefusalPace(() => nowMs);
  const together = Array.from({ length: 3000 }, () => nextPauseMs(0));
  assert.deepEqual(together.slice(0, 3), [100, 100.5, 101]);
  assert.deepEqual([...new Set(together.slice(1800))], [1000]);
  nowMs = 5000;
  assert.deepEqual([nextPauseMs(0), nextPauseMs(262_144), nextPauseMs(0)], [100, 104.5, 105]);
});
