import assert from "node:assert/strict";
import { test } from "node:test";
import { runWhenIdle } from "./run-when-idle.ts";

test("steps run in order, each in a pause of its own", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const ran: string[] = [];
  const steps = ["one", "two"].map((name) => () => void ran.push(name));
  runWhenIdle(steps, { isIdle: () => true });
  assert.deepEqual(ran, []);
  mock.timers.runAll();
  assert.deepEqual(ran, ["one"]);
  mock.timers.runAll();
  mock.timers.runAll();
  assert.deepEqual(ran, ["one", "two"]);
});

test("no step runs while somebody is being served, and it does afterwards", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let exchanges = 1;
  let runs = 0;
  runWhenIdle([() => runs++], { isIdle: () => exchanges === 0 });
  mock.timers.runAll();
  mock.timers.runAll();
  assert.equal(runs, 0);
  exchanges = 0;
  mock.timers.runAll();
  assert.equal(runs, 1);
});
