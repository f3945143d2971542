import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { scriptedUpstream } from "../../test/support/scripted-upstream.ts";
import { HaechiError } from "../core/errors.ts";
import type { DurableReceipt } from "../ports/audit-sink.ts";
import type { ChosenUpstream, Upstream } from "../ports/upstream.ts";
import { createUpstreamGroup, type GroupMember } from "./upstream-group.ts";

// The receipt is proof for the compiler only; nobody looks at it.
const receipt = { eventId: "e" } as unknown as DurableReceipt;
const request = { method: "POST", path: "/", headers: [], body: null } as const;
const health = { failuresMax: 2, coolDownMs: 100 };

describe("upstream group", () => {
  it("asks the first priority, each by its weight", () => {
    const { group } = groupOf([member("a", { weight: 3 }), member("b"), member("spare", { priority: 1 })]);
    const turns = Array.from({ length: 8 }, () => group.choose().name).join("");
    assert.equal(turns, "aabaaaba");
  });

  it("gives everybody their share, to the request, over one round of all weights", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }), (weights) => {
        const { group } = groupOf(weights.map((weight, at) => member(`u${at}`, { weight })));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const names = Array.from({ length: total }, () => group.choose().name);
        weights.forEach((weight, at) => {
          assert.equal(names.filter((name) => name === `u${at}`).length, weight);
        });
      }),
    );
  });

  it("names the others in order of priority, each once", () => {
    const { group } = groupOf([member("c", { priority: 2 }), member("b", { priority: 1 }), member("a")]);
    assert.deepEqual(namesFrom(group.choose()), ["a", "b", "c"]);
  });

  it("leaves out who failed several times in a row, and lets one request try after a while", async () => {
    const first = failing("connection_refused");
    const { group, clock, gauge } = groupOf([member("a", { upstream: first.upstream }), member("b", { priority: 1 })]);
    for (let round = 0; round < 2; round++) {
      assert.equal(group.choose().name, "a");
      await assert.rejects(group.choose().send(request, receipt, never()));
    }
    assert.deepEqual(namesFrom(group.choose()), ["b", "a"]);
    assert.deepEqual(group.states(), [
      { name: "a", isAvailable: false },
      { name: "b", isAvailable: true },
    ]);
    assert.equal(gauge("a"), 0);
    clock.time += 100;
    const trial = group.choose();
    assert.equal(trial.name, "a");
    const tried = trial.send(request, receipt, never());
    assert.equal(group.choose().name, "b");
    await assert.rejects(tried);
    assert.equal(group.choose().name, "b");
    clock.time += 100;
    first.recovers();
    await group.choose().send(request, receipt, never());
    assert.equal(group.choose().name, "a");
    assert.equal(gauge("a"), 1);
  });

  it("asks all the same when everybody failed, as nothing can be lost by it", async () => {
    const { group } = groupOf([
      member("a", { upstream: failing("connection_refused").upstream }),
      member("b", { upstream: failing("connection_refused").upstream }),
    ]);
    for (let round = 0; round < 4; round++) await assert.rejects(group.choose().send(request, receipt, never()));
    assert.ok(group.states().every(({ isAvailable }) => !isAvailable));
    assert.deepEqual(namesFrom(group.choose()).toSorted(), ["a", "b"]);
  });

  it("counts the statuses of an upstream that cannot serve as failures where there is another one, and no other ones", async () => {
    for (const [status, counts] of [
      [502, true],
      [503, true],
      [504, true],
      [529, true],
      [500, false],
      [429, false],
      [401, false],
    ] as const) {
      const upstream = scriptedUpstream();
      upstream.answerWith({ status, headers: [], pieces: [] });
      const { group } = groupOf([member("a", { upstream }), member("b", { priority: 1 })]);
      for (let round = 0; round < 2; round++) await group.choose().send(request, receipt, never());
      assert.equal(group.states()[0]!.isAvailable, !counts, `${status}`);
      const { group: alone } = groupOf([member("a", { upstream })]);
      for (let round = 0; round < 2; round++) await alone.choose().send(request, receipt, never());
      assert.ok(alone.states()[0]!.isAvailable, `${status}`);
    }
  });

  it("holds nothing against an upstream that it did not cause", async () => {
    const left = new AbortController();
    left.abort();
    for (const [error, signal] of [
      [new HaechiError("OVERLOADED", "", { reason: "pool_full" }), never()],
      [new HaechiError("UPSTREAM_TIMEOUT", "", { reason: "pool_timeout" }), never()],
      [new HaechiError("HEADER_INVALID", ""), never()],
      [new HaechiError("UPSTREAM_UNREACHABLE", "", { reason: "connection_broken" }), left.signal],
      [new TypeError("ours"), never()],
    ] as const) {
      const { group } = groupOf([member("a", { upstream: failingWith(error) })]);
      for (let round = 0; round < 5; round++) await assert.rejects(group.choose().send(request, receipt, signal));
      assert.ok(group.states()[0]!.isAvailable, String(error));
    }
  });

  it("believes a check of its health", async () => {
    const members = [member("a"), member("b", { priority: 1 })];
    const { group, logged } = groupOf(members);
    for (let round = 0; round < 2; round++) group.noteProbe(members[0]!, new Error("timed out"));
    assert.equal(group.choose().name, "b");
    group.noteProbe(members[0]!, null);
    assert.equal(group.choose().name, "a");
    assert.deepEqual(logged, ["upstream_unavailable a probe_failed", "upstream_available a"]);
  });
});

function namesFrom(first: ChosenUpstream): (string | null)[] {
  const names: (string | null)[] = [];
  for (let one: ChosenUpstream | null = first; one !== null; one = one.next()) names.push(one.name);
  return names;
}

function groupOf(members: readonly GroupMember[]) {
  const clock = { time: 1000, now: () => clock.time };
  const gauges = new Map<string, number>();
  const logged: string[] = [];
  const log = (event: string, fields: object = {}) => logged.push([event, ...Object.values(fields)].join(" "));
  const group = createUpstreamGroup({
    members,
    health,
    clock,
    metrics: {
      increment: () => {},
      observe: () => {},
      set: (_name, value, labels) => gauges.set(String(labels?.upstream), value),
      render: () => "",
    },
    logger: { info: log, warn: log, error: log },
  });
  return { group, clock, logged, gauge: (name: string) => gauges.get(name) };
}

function member(name: string, options: Partial<GroupMember> = {}): GroupMember {
  return { name, upstream: scriptedUpstream(), priority: 0, weight: 1, ...options };
}

function failing(reason: string) {
  let answers = false;
  const good = scriptedUpstream();
  const bad = failingWith(new HaechiError("UPSTREAM_UNREACHABLE", "", { reason }));
  const upstream: Upstream = { ...good, send: (...given) => (answers ? good : bad).send(...given) };
  return {
    upstream,
    recovers: () => {
      answers = true;
    },
  };
}

function failingWith(error: Error): Upstream {
  return { send: () => Promise.reject(error), close: async () => {} };
}

function never(): AbortSignal {
  return new AbortController().signal;
}
