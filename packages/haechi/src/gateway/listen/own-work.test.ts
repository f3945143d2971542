import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createOwnWork } from "./own-work.ts";

describe("what waits for the gateway", () => {
  it("is what was begun and neither handed on nor over, each exchange once", () => {
    const { work } = workOnLoop();
    const [first, second] = [{}, {}];
    for (const exchange of [first, second]) work.begin(exchange);
    assert.equal(work.count, 2);
    work.end(first);
    work.end(first);
    assert.equal(work.count, 1);
    work.end(second);
    assert.equal(work.waitMs, 0);
  });

  it("takes as long as others took while the loop was busy", () => {
    const { work, spend } = workOnLoop();
    for (let tick = 0; tick < 100; tick++) {
      exchanges(work, 40);
      spend({ active: 20, turns: 0 });
    }
    exchanges(work, 10, false);
    assert.ok(Math.abs(work.waitMs - 10 * 0.5) < 0.01, `${work.waitMs}`);
  });

  it("does not take what the loop does for others while it idles too", () => {
    const { work, spend } = workOnLoop();
    for (let tick = 0; tick < 100; tick++) {
      exchanges(work, 1);
      spend({ active: 10, idle: 10, turns: 0 });
    }
    exchanges(work, 10, false);
    assert.equal(work.waitMs, 10);
  });

  it("takes less once it is seen that it does", () => {
    const { work, spend } = workOnLoop();
    for (let tick = 0; tick < 100; tick++) {
      exchanges(work, 10);
      spend({ active: 1, idle: 19, turns: 0 });
    }
    exchanges(work, 10, false);
    assert.ok(Math.abs(work.waitMs - 10 * 0.1) < 0.01, `${work.waitMs}`);
  });

  it("keeps the time in which no exchange came to its end for those that do", () => {
    const { work, spend } = workOnLoop();
    for (let tick = 0; tick < 100; tick++) {
      spend({ active: 10, turns: 0 });
      exchanges(work, 1);
      spend({ active: 10, turns: 0 });
    }
    exchanges(work, 1, false);
    assert.ok(Math.abs(work.waitMs - 20) < 0.01, `${work.waitMs}`);
  });

  it("waits a turn of the loop for each step after the first, as turns were for a while", () => {
    const { work, spend } = workOnLoop();
    for (const turns of [4, 4, 4, 1]) spend({ active: 20, turns });
    assert.equal(work.waitMs, 3 * 5);
    spend({ active: 1, turns: 10 });
    assert.equal(work.waitMs, 3 * 0.1);
  });

  it("is not what waits for a disk or a detector: the loop had time for it", () => {
    const { work, spend } = workOnLoop();
    const exchange = {};
    work.begin(exchange);
    spend({ active: 20, turns: 1 });
    assert.equal(work.count, 1);
    spend({ active: 10, idle: 10, turns: 1 });
    assert.equal(work.count, 0);
    work.end(exchange);
    assert.equal(work.count, 0);
  });

  it("does not take as long as it did while the process stood still", () => {
    const { work, spend } = workOnLoop();
    exchanges(work, 1);
    spend({ active: 2000, turns: 0 });
    exchanges(work, 10, false);
    assert.ok(Math.abs(work.waitMs - 10 * 1.6) < 0.01, `${work.waitMs}`);
  });
});

function exchanges(work: ReturnType<typeof createOwnWork>, count: number, isOver = true): void {
  for (let number = 0; number < count; number++) {
    const exchange = {};
    work.begin(exchange);
    if (isOver) work.end(exchange);
  }
}

/** A loop that the test turns, and a tick for each time that it does. */
function workOnLoop() {
  let use = { active: 0, idle: 0, turns: 0 };
  const work = createOwnWork(() => use);
  const spend = ({ active, idle = 0, turns }: { active: number; idle?: number; turns: number }) => {
    use = { active: use.active + active, idle: use.idle + idle, turns: use.turns + turns };
    work.tick();
  };
  return { work, spend };
}
