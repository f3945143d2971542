import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { isHaechiError } from "../../core/errors.ts";
import { createInFlight, type InFlightLimits } from "./in-flight.ts";

describe("a gateway whose own work is bounded", () => {
  it("takes on a few at once, however long each may take, and then none until it is done with one", (test) => {
    const inFlight = inFlightWithin(test, { loopDelayMaxMs: 1 });
    const leave = Array.from({ length: 4 }, () => {
      assert.equal(inFlight.obstacle(), null);
      return inFlight.enter({});
    });
    assert.equal(inFlight.obstacle(), "loop_delay");
    leave[0]!();
    assert.equal(inFlight.obstacle(), null);
  });

  it("does not count who waits for the upstream", (test) => {
    const inFlight = inFlightWithin(test, { loopDelayMaxMs: 1 });
    for (let number = 0; number < 100; number++) {
      const exchange = {};
      inFlight.enter(exchange);
      inFlight.handOver(exchange);
      assert.equal(inFlight.obstacle(), null);
    }
    assert.equal(inFlight.count, 100);
  });

  it("takes in whose head it let in, up to twice as many", (test) => {
    const inFlight = inFlightWithin(test, { loopDelayMaxMs: 1 });
    for (let number = 0; number < 8; number++) inFlight.enter({});
    assert.throws(
      () => inFlight.enter({}),
      (error) => isHaechiError(error, "OVERLOADED") && error.reason === "loop_delay",
    );
    assert.equal(inFlight.count, 8);
  });

  it("forgets what was in hand when it is given other limits, and counts on", (test) => {
    const inFlight = inFlightWithin(test, { loopDelayMaxMs: 1 });
    const leave = Array.from({ length: 4 }, () => inFlight.enter({}));
    inFlight.limitTo({ exchangesMax: 0, loopDelayMaxMs: 2 });
    assert.equal(inFlight.obstacle(), null);
    for (const each of leave) each();
    assert.equal(inFlight.count, 0);
  });
});

function inFlightWithin(test: TestContext, limits: Partial<InFlightLimits>) {
  const inFlight = createInFlight({ exchangesMax: 0, loopDelayMaxMs: 0, ...limits });
  test.after(() => inFlight.limitTo({ exchangesMax: 0, loopDelayMaxMs: 0 }));
  return inFlight;
}
