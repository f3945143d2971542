import assert from "node:assert/strict";
import { test } from "node:test";
import { tokenize } from "../core/document/tokenize.ts";
import { type CallDigest, createAskedCalls } from "./asked-calls.ts";

const read = (text: string) => tokenize(new TextEncoder().encode(text), { depthMax: 64 });

function callsAt(now: { ms: number }) {
  let count = 0;
  const uuid = () => `00000000-0000-4000-8000-${String(count++).padStart(12, "0")}`;
  const means = { random: { bytes: (length: number) => new Uint8Array(length), uuid }, clock: { now: () => now.ms } };
  const calls = createAskedCalls();
  const digestOf = (params: string) => calls.digestOf(read(`{"method":"tools/call","params":${params}}`), means);
  return { calls, means, digestOf };
}

test("a call made again is the same call, and one with another parameter is not", () => {
  const { digestOf } = callsAt({ ms: 0 });
  const call = digestOf('{"name":"pay","arguments":{"to":1}}');
  assert.equal(
    digestOf('{"requestState":"s","name":"pay", "_meta":{"n":2},"arguments":{"to":1},"inputResponses":{}}'),
    call,
  );
  for (const other of ['{"name":"pay","arguments":{"to":2}}', '{"name":"pay","arguments":{"to":1},"task":{}}', "{}"]) {
    assert.notEqual(digestOf(other), call, other);
  }
  assert.equal(digestOf('{"name":"pay"},"Params":{}'), null);
});

test("a word counts once, for ten minutes, and for the newest calls only", () => {
  const now = { ms: 0 };
  const { calls, means, digestOf } = callsAt(now);
  const call = digestOf('{"name":"pay"}') as CallDigest; // read without a doubt
  const states = Array.from({ length: 257 }, () => calls.ask(call, means));
  assert.equal(calls.take(states[0]!, means), null);
  assert.equal(calls.take(states[1]!, means), call);
  assert.equal(calls.take(states[1]!, means), null);
  now.ms = 599_999;
  assert.equal(calls.take(states[2]!, means), call);
  now.ms = 600_000;
  assert.equal(calls.take(states[3]!, means), null);

  calls.expect(call, "s", means);
  assert.deepEqual([calls.goesOn(call, null, means), calls.goesOn(call, "s", means)], [false, true]);
  assert.equal(calls.goesOn(call, "s", means), false);
});
