import assert from "node:assert/strict";
import { it } from "node:test";
import { createBackOff } from "./back-off.ts";

it("the wait is none at first, grows to ten seconds, and is none again after a quiet minute", () => {
  let time = 0;
  const backOff = createBackOff(() => time);
  const waits = Array.from({ length: 10 }, () => {
    const wait = backOff.next();
    time += wait;
    return wait;
  });
  assert.deepEqual(waits, [0, 100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
  time += 60_001;
  assert.equal(backOff.next(), 0);
});
