import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import { type EndableProcess, termination } from "./termination.ts";

/** A process that only notes how it was told to exit. */
class FakeProcess extends EventEmitter {
  readonly exits: number[] = [];

  exit(code: number): void {
    this.exits.push(code);
  }
}

function fakeProcess(): { readonly fake: FakeProcess; readonly ended: ReturnType<typeof termination> } {
  const fake = new FakeProcess();
  return { fake, ended: termination(fake as unknown as EndableProcess) };
}

test("the first signal asks for an orderly end", async () => {
  for (const signal of ["SIGINT", "SIGTERM"]) {
    const { fake, ended } = fakeProcess();
    fake.emit(signal);
    assert.deepEqual(await ended, { kind: "signal", signal });
    assert.deepEqual(fake.exits, []);
  }
});

test("a second signal ends the process at once, with its number", async () => {
  const { fake, ended } = fakeProcess();
  fake.emit("SIGTERM");
  fake.emit("SIGINT");
  assert.deepEqual(fake.exits, [130]);
  assert.deepEqual(await ended, { kind: "signal", signal: "SIGTERM" });
});

test("a failure that nobody handles ends in order too, told by its class only", async () => {
  for (const event of ["unhandledRejection", "uncaughtException"]) {
    const { fake, ended } = fakeProcess();
    fake.emit(event, new RangeError("a value that must not be told"));
    assert.deepEqual(await ended, { kind: "failure", errorName: "RangeError" });
  }
});

test("a rejection with something else than an error is told by its type", async () => {
  const { fake, ended } = fakeProcess();
  fake.emit("unhandledRejection", "a value that must not be told");
  assert.deepEqual(await ended, { kind: "failure", errorName: "string" });
});

test("a signal during the end of a failure ends at once", () => {
  const { fake } = fakeProcess();
  fake.emit("unhandledRejection", new Error());
  fake.emit("SIGTERM");
  assert.deepEqual(fake.exits, [143]);
});
