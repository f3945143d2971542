import assert from "node:assert/strict";
import { test } from "node:test";
import { createLoopDelay, TICK_MS } from "./loop-delay.ts";

test("the delay that stands is the least of three ticks in a row", () => {
  let nowMs = 0;
  const delay = createLoopDelay(() => nowMs);
  const tickLateBy = (ms: number) => {
    nowMs += TICK_MS + ms;
    delay.tick();
    return delay.standingMs;
  };
  assert.deepEqual([90, 30, 50].map(tickLateBy), [0, 0, 30]);
  assert.deepEqual([80, 90].map(tickLateBy), [30, 50]);
  assert.deepEqual([0, 90, 90, 90].map(tickLateBy), [0, 0, 0, 90]);
});
