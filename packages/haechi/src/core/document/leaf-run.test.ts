import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { objectRuns } from "./leaf-run.ts";
import { leafPath } from "./path.ts";
import { tokenize } from "./tokenize.ts";

const utf8 = new TextEncoder();
const latin1 = new TextDecoder("latin1");

function read(text: string) {
  return tokenize(utf8.encode(text), { depthMax: 64 });
}

function runsOf(value: unknown, bytesMin = 1): string[] {
  const document = read(JSON.stringify(value));
  return objectRuns(document, bytesMin).map(({ start, end }) => latin1.decode(document.bytes.subarray(start, end)));
}

describe("runs of objects", () => {
  it("are the objects of the lists at the top", () => {
    assert.deepEqual(
      runsOf({ model: "m", tools: [{ name: "a" }], messages: [{ role: "user" }, { role: "tool", n: 1 }] }),
      ['name":"a', 'role":"user', 'role":"tool","n":1'],
    );
  });

  it("hold as many objects as make up the least size, and the last what is left", () => {
    const objects = Array.from({ length: 5 }, (_, at) => ({ a: `${at}`.repeat(10) }));
    assert.deepEqual(
      runsOf({ list: objects }, 20).map((run) =>
        run
          .match(/\d{10}/g)!
          .map((text) => text[0])
          .join(""),
      ),
      ["01", "23", "4"],
    );
  });

  it("leave out strings, numbers and lists in the list, and lists that are not at the top", () => {
    assert.deepEqual(runsOf({ list: ["a", { b: 1 }, 2, { c: 3 }], other: [[{ d: 4 }], { e: 5 }] }), ['b":1', 'c":3']);
    assert.deepEqual(runsOf([{ a: 1 }]), []);
    assert.deepEqual(runsOf({ a: { b: [{ c: 1 }] } }), []);
  });

  it("hold only leaves of objects in a list at the top, each leaf once and in order", () => {
    const value = fc.jsonValue({ maxDepth: 4 });
    const lists = fc.dictionary(
      fc.constantFrom("a", "b", "messages"),
      fc.oneof(value, fc.array(fc.object(), { maxLength: 6 })),
    );
    fc.assert(
      fc.property(lists, fc.nat({ max: 60 }), (of, bytesMin) => {
        const document = read(JSON.stringify(of));
        let last = 0;
        for (const { firstLeaf, pastLeaf, start, end } of objectRuns(document, bytesMin)) {
          assert.ok(firstLeaf >= last && pastLeaf > firstLeaf);
          assert.deepEqual([start, end], [document.leaves.start[firstLeaf], document.leaves.end[pastLeaf - 1]]);
          for (let leaf = firstLeaf; leaf < pastLeaf; leaf++) {
            const [, element, key] = leafPath(document, leaf);
            assert.equal(typeof element, "number");
            assert.equal(typeof key, "string");
          }
          last = pastLeaf;
        }
      }),
    );
  });
});
