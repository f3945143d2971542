import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ACTION_STRENGTH, ACTIONS, type Action } from "./action.ts";
import { type DecidedSpan, resolveOverlaps } from "./resolve-overlaps.ts";

function span(ruleId: string, action: Action, start: number, end: number, leaf = 0): DecidedSpan {
  return { ruleId, action, start, end, leaf };
}

function outcome(...spans: DecidedSpan[]) {
  const { blocked, changes, supersededBy } = resolveOverlaps(spans);
  return {
    blocked,
    changes: changes.map(({ winner, start, end }) => [winner.ruleId, start, end]),
    superseded: [...supersededBy].map(([loser, winner]) => [loser.ruleId, winner]),
  };
}

test("an allowed e-mail address does not hide the key inside it", () => {
  assert.deepEqual(outcome(span("email", "allow", 0, 40), span("stripe", "block", 0, 28)), {
    blocked: true,
    changes: [["stripe", 0, 28]],
    superseded: [],
  });
});

test("the strongest action wins and changes the union", () => {
  assert.deepEqual(outcome(span("email", "redact", 0, 40), span("token", "tokenize", 30, 50)), {
    blocked: false,
    changes: [["token", 0, 50]],
    superseded: [["email", "token"]],
  });
});

test("among equals the longest wins, then the leftmost, then the first given", () => {
  assert.deepEqual(outcome(span("a", "redact", 0, 5), span("b", "redact", 2, 12)).changes, [["b", 0, 12]]);
  assert.deepEqual(outcome(span("b", "redact", 3, 8), span("a", "redact", 0, 5)).changes, [["a", 0, 8]]);
  assert.deepEqual(outcome(span("nir", "block", 0, 15), span("card", "block", 0, 15)).changes, [["nir", 0, 15]]);
});

test("redact wins over a longer mask, which would leave characters of it in clear", () => {
  assert.deepEqual(outcome(span("phone", "mask", 4, 40), span("email", "redact", 0, 9)).changes, [["email", 0, 40]]);
});

test("touching spans and spans in different leaves do not overlap", () => {
  assert.equal(outcome(span("a", "redact", 0, 5), span("b", "redact", 5, 9)).changes.length, 2);
  assert.equal(outcome(span("a", "redact", 0, 5, 0), span("b", "redact", 0, 5, 1)).changes.length, 2);
});

test("an allowed finding inside a changed stretch is superseded, one that reaches past it is not", () => {
  assert.deepEqual(
    outcome(span("in", "allow", 3, 7), span("out", "allow", 3, 12), span("r", "redact", 0, 10)).superseded,
    [["in", "r"]],
  );
});

test("nothing found changes nothing", () => {
  assert.deepEqual(outcome(), { blocked: false, changes: [], superseded: [] });
});

const anySpan = fc
  .record({
    ruleId: fc.constantFrom("a", "b", "c", "d"),
    action: fc.constantFrom(...ACTIONS),
    start: fc.nat(40),
    length: fc.integer({ min: 1, max: 15 }),
    leaf: fc.nat(2),
  })
  .map(({ length, ...rest }): DecidedSpan => ({ ...rest, end: rest.start + length }));
const anySpans = fc.array(anySpan, { maxLength: 14 });

test("no part of a changing finding stays in clear, and nothing else is touched", () => {
  fc.assert(
    fc.property(anySpans, (spans) => {
      const { changes } = resolveOverlaps(spans);
      for (let leaf = 0; leaf <= 2; leaf++) {
        for (let at = 0; at < 60; at++) {
          const covers = (place: { start: number; end: number }) => place.start <= at && at < place.end;
          const wanted = spans.some((s) => s.leaf === leaf && s.action !== "allow" && covers(s));
          const given = changes.filter((change) => change.winner.leaf === leaf && covers(change)).length;
          assert.equal(given, wanted ? 1 : 0);
        }
      }
    }),
  );
});

test("every changing finding is covered by a winner at least as strong", () => {
  fc.assert(
    fc.property(anySpans, (spans) => {
      const { changes, supersededBy } = resolveOverlaps(spans);
      for (const s of spans) {
        if (s.action === "allow") continue;
        const change = changes.find((c) => c.winner.leaf === s.leaf && c.start <= s.start && s.end <= c.end)!;
        assert.ok(ACTION_STRENGTH[change.winner.action] >= ACTION_STRENGTH[s.action]);
        assert.equal(supersededBy.get(s), change.winner === s ? undefined : change.winner.ruleId);
      }
    }),
  );
});

test("a block anywhere blocks, and only then", () => {
  fc.assert(
    fc.property(anySpans, (spans) => {
      assert.equal(
        resolveOverlaps(spans).blocked,
        spans.some((s) => s.action === "block"),
      );
    }),
  );
});

test("allowed findings change nothing about the result", () => {
  fc.assert(
    fc.property(anySpans, (spans) => {
      const without = resolveOverlaps(spans.filter((s) => s.action !== "allow"));
      assert.deepEqual(resolveOverlaps(spans).changes, without.changes);
    }),
  );
});

test("the changed text does not depend on the order of the findings", () => {
  fc.assert(
    fc.property(
      anySpans.chain((spans) => fc.tuple(fc.constant(spans), fc.shuffledSubarray(spans, { minLength: spans.length }))),
      ([spans, shuffled]) => {
        const extent = (of: readonly DecidedSpan[]) =>
          resolveOverlaps(of).changes.map(({ winner, start, end }) => [winner.leaf, start, end, winner.action]);
        const strength = (of: readonly DecidedSpan[]) =>
          extent(of).map(([leaf, start, end, action]) => [leaf, start, end, ACTION_STRENGTH[action as Action]]);
        assert.deepEqual(strength(shuffled), strength(spans));
      },
    ),
  );
});

test("an allowed finding is superseded exactly where it lies within a change", () => {
  fc.assert(
    fc.property(anySpans, (spans) => {
      const { changes, supersededBy } = resolveOverlaps(spans);
      for (const span of spans.filter(({ action }) => action === "allow")) {
        const change = changes.find(
          ({ winner, start, end }) => winner.leaf === span.leaf && start <= span.start && span.end <= end,
        );
        assert.equal(supersededBy.get(span), change?.winner.ruleId);
      }
    }),
  );
});
