import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { describe, it } from "node:test";
import { HaechiError } from "../../core/errors.ts";
import { ChannelError, openChannel, type Pipe } from "./channel.ts";

type Doubling = { readonly double: { readonly asks: number; readonly answer: number } };

type None = Readonly<Record<never, never>>;

/** Two ends of a pipe that clones what goes through it. */
function pipes(): readonly [Pipe & EventEmitter, Pipe & EventEmitter] {
  const ends = [new EventEmitter(), new EventEmitter()] as const;
  const end = (own: EventEmitter, other: EventEmitter) =>
    Object.assign(own, {
      send(message: object) {
        const copy = structuredClone(message);
        queueMicrotask(() => other.emit("message", copy));
      },
    }) as Pipe & EventEmitter;
  return [end(ends[0], ends[1]), end(ends[1], ends[0])];
}

function asking(double: (number: number) => number | Promise<number>) {
  const [here, there] = pipes();
  openChannel<None, Doubling>(there, { double });
  return { here, ask: openChannel<Doubling, None>(here, {}) };
}

describe("a channel", () => {
  it("gives everybody the answer to what they asked, in whatever order the answers come", async () => {
    const waiting: (() => void)[] = [];
    const { ask } = asking((number) => new Promise((resolve) => waiting.push(() => resolve(number * 2))));
    const answers = Promise.all([1, 2, 3].map((number) => ask("double", number, 60_000)));
    while (waiting.length < 3) await Promise.resolve();
    for (const answer of waiting.reverse()) answer();
    assert.deepEqual(await answers, [2, 4, 6]);
  });

  it("carries our own errors with their code and reason, and of others the class alone", async () => {
    const full = asking(() => {
      throw new HaechiError("AUDIT_UNWRITABLE", "The audit log cannot be written", { reason: "audit_write_failed" });
    });
    await assert.rejects(full.ask("double", 1, 60_000), {
      code: "AUDIT_UNWRITABLE",
      message: "The audit log cannot be written",
      reason: "audit_write_failed",
    });
    const other = asking(() => {
      throw new RangeError("a value that must not be told");
    });
    await assert.rejects(other.ask("double", 1, 60_000), { name: "ChannelError", message: "RangeError" });
  });

  it("rejects what is not answered in time, and hears no late answer", async (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const late = Promise.withResolvers<number>();
    const { ask } = asking(() => late.promise);
    const asked = ask("double", 1, 1000);
    test.mock.timers.tick(1000);
    await assert.rejects(asked, { name: "ChannelError", isClosed: false, wasSent: true });
    late.resolve(2);
    await late.promise;
  });

  it("says when the other side is gone whether it may have heard the question", async () => {
    const { here, ask } = asking(() => new Promise(() => {}));
    const heard = ask("double", 1, 60_000);
    here.emit("disconnect");
    await assert.rejects(heard, { isClosed: true, wasSent: true });
    const unheard = await ask("double", 1, 60_000).catch((error: unknown) => error);
    assert.ok(unheard instanceof ChannelError && unheard.isClosed && !unheard.wasSent);
  });
});
