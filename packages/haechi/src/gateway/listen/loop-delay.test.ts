import assert from "node:assert/strict";
import { test } from "node:test";
import { createLoopDelay, TICK_MS } from "./loop-delay.ts";

test("the delay is how late the last tick came, or how late the next one is already", () => {
  let nowMs = 0;
  const delay = createLoopDelay(() => nowMs);
  const tickAt = (ms: number) => {
    nowMs = ms;
    delay.tick();
    return delay.currentMs;
  };
  assert.equal(tickAt(TICK_MS), 0);
  assert.equal(tickAt(2 * TICK_MS + 90), 90);
  nowMs += 10;
  assert.equal(delay.currentMs, 90);
  nowMs += TICK_MS + 200;
  assert.equal(delay.currentMs, 210);
  assert.equal(tickAt(nowMs), 210);
  assert.equal(tickAt(nowMs + TICK_MS), 0);
});
