import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { createMemoryRateLimiter } from "./memory-rate-limiter.ts";

describe("memory rate limiter", () => {
  it("lets a caller make its requests at once, and the next one a minute later", () => {
    const { limiter, at } = limiterAt(0);
    assert.deepEqual(
      [1, 2, 3].map(() => limiter.allow("a", 2)),
      [true, true, false],
    );
    assert.equal(at(60_000).allow("a", 2), false);
    assert.equal(at(61_000).allow("a", 2), true);
  });

  it("does not let one caller spend another's budget", () => {
    const { limiter } = limiterAt(0);
    limiter.allow("a", 1);
    assert.equal(limiter.allow("a", 1), false);
    assert.equal(limiter.allow("b", 1), true);
  });

  it("does not give a new budget at the turn of a minute", () => {
    const { at } = limiterAt(0);
    for (let request = 0; request < 5; request++) assert.equal(at(59_900).allow("a", 5), true);
    for (let request = 0; request < 5; request++) assert.equal(at(60_100).allow("a", 5), false);
  });

  it("does not give a new budget to whoever sets the clock back", () => {
    const { at } = limiterAt(1_000_000);
    assert.equal(at(1_000_000).allow("a", 1), true);
    assert.equal(at(0).allow("a", 1), false);
  });

  it("goes on counting behind a clock that is set back by a day", () => {
    const { at } = limiterAt(90_000_000);
    assert.equal(at(90_000_000).allow("a", 1), true);
    assert.equal(at(3_600_000).allow("a", 1), false);
    assert.equal(at(3_659_000).allow("a", 1), false);
    assert.equal(at(3_661_000).allow("a", 1), true);
  });

  it("does not count refused requests", () => {
    const { at } = limiterAt(0);
    at(0).allow("a", 1);
    for (let second = 1; second < 60; second++) assert.equal(at(second * 1000).allow("a", 1), false);
    assert.equal(at(61_000).allow("a", 1), true);
  });

  it("never allows more than the limit in any sixty seconds, and always something a minute after", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 }),
        (limit, pauses) => {
          const { at } = limiterAt(0);
          const allowed: number[] = [];
          let now = 0;
          for (const pause of pauses) {
            now += pause;
            const quiet = allowed.length === 0 || now - allowed.at(-1)! >= 61_000;
            const passes = at(now).allow("a", limit) === true;
            if (quiet) assert.ok(passes);
            if (passes) allowed.push(now);
          }
          for (const start of allowed) {
            assert.ok(allowed.filter((time) => time >= start && time < start + 60_000).length <= limit);
          }
        },
      ),
    );
  });

  it("says what is left and when there is more", () => {
    const { at } = limiterAt(0);
    const quota = { limit: 10, windowS: 60 };
    const take = (time: number, amount: number) => at(time).take("a", quota, amount);
    assert.deepEqual(take(0, 4), { isAllowed: true, remaining: 6, resetS: 61 });
    assert.deepEqual(take(30_000, 6), { isAllowed: true, remaining: 0, resetS: 31 });
    assert.deepEqual(take(40_000, 4), { isAllowed: false, remaining: 0, resetS: 21 });
    assert.deepEqual(take(40_000, 5), { isAllowed: false, remaining: 0, resetS: 51 });
    assert.deepEqual(take(61_000, 4), { isAllowed: true, remaining: 0, resetS: 30 });
    assert.deepEqual(take(40_000, 11), { isAllowed: false, remaining: 0, resetS: 60 });
  });

  it("keeps windows of other lengths apart, and those of a day as exactly as of a minute", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000_000 }), fc.integer({ min: 0, max: 60 }))),
        (steps) => {
          const { at } = limiterAt(0);
          const quota = { limit: 100, windowS: 86_400 };
          const taken: [time: number, amount: number][] = [];
          let now = 0;
          for (const [pause, amount] of steps) {
            now += pause;
            at(now).allow("a", 1);
            const { isAllowed, resetS } = at(now).take("a", quota, amount);
            if (isAllowed) taken.push([now, amount]);
            // What it says is when it is so, and not sooner than it may be.
            else assert.ok(at(now + resetS * 1000).take("a", quota, amount).isAllowed);
            if (!isAllowed) break;
          }
          for (const [start] of taken) {
            const within = taken.filter(([time]) => time >= start && time < start + 86_400_000);
            assert.ok(within.reduce((sum, [, amount]) => sum + amount, 0) <= quota.limit);
          }
        },
      ),
    );
  });

  it("forgets no budget of a day however many callers come in a minute", () => {
    const { limiter } = limiterAt(0);
    const quota = { limit: 1, windowS: 86_400 };
    limiter.take("budget", quota, 1);
    for (let caller = 0; caller < 100_500; caller++) limiter.allow(`caller-${caller}`, 1);
    assert.equal(limiter.take("budget", quota, 1).isAllowed, false);
  });

  it("forgets quiet callers while others are served", () => {
    const { limiter, at } = limiterAt(0);
    for (let caller = 0; caller < 5000; caller++) limiter.allow(`caller-${caller}`, 10);
    assert.equal(limiter.size, 5000);
    const later = at(120_000);
    for (let request = 0; request < 40; request++) later.allow("other", 100);
    assert.ok(limiter.size <= 1024, `${limiter.size}`);
  });

  it("does not forget a caller who is still over the limit", () => {
    const { limiter } = limiterAt(0);
    limiter.allow("busy", 1);
    for (let caller = 0; caller < 5000; caller++) limiter.allow(`caller-${caller}`, 10);
    assert.equal(limiter.allow("busy", 1), false);
  });

  it("remembers a bounded number of callers", () => {
    const { limiter } = limiterAt(0);
    for (let caller = 0; caller < 100_500; caller++) limiter.allow(`caller-${caller}`, 1);
    assert.equal(limiter.size, 100_000);
  });
});

function limiterAt(start: number) {
  let now = start;
  const limiter = createMemoryRateLimiter({ now: () => now });
  const at = (time: number) => {
    now = time;
    return limiter;
  };
  return { limiter, at };
}
