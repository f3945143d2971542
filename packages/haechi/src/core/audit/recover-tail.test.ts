import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { canonicalJson } from "../crypto/canonical-json.ts";
import { type ChainHead, sealEntry } from "./entry-line.ts";
import { loggable } from "./loggable.ts";
import { recoverTail } from "./recover-tail.ts";
import { sampleDecisionEvent } from "./sample-events.oracle.ts";

const lines: string[] = [];
let head: ChainHead | null = null;
for (let index = 0; index < 5; index++) {
  const sealed = sealEntry(canonicalJson(loggable(sampleDecisionEvent(index))), head);
  lines.push(sealed.line);
  head = sealed.head;
}
const log = Buffer.from(`${lines.join("\n")}\n`);

/** What is left when the log ends at `length`, by counting lines. */
function whole(length: number): { keptBytes: number; lastLine: string | null } {
  let keptBytes = 0;
  let lastLine: string | null = null;
  for (const line of lines) {
    if (keptBytes + line.length + 1 > length) break;
    keptBytes += line.length + 1;
    lastLine = line;
  }
  return { keptBytes, lastLine };
}

describe("recoverTail", () => {
  it("keeps exactly the whole entries, wherever the log is cut", () => {
    for (let length = 0; length <= log.length; length++) {
      assert.deepEqual(recoverTail(log.subarray(0, length), true), whole(length), `cut at ${length}`);
    }
  });

  it("keeps what stands before blocks that read as zeros", () => {
    fc.assert(
      fc.property(fc.nat(log.length - 1), fc.integer({ min: 1, max: 600 }), (start, size) => {
        const holed = Buffer.from(log).fill(0, start, Math.min(start + size, log.length));
        assert.deepEqual(recoverTail(holed, true), whole(start));
      }),
    );
  });

  it("gives the same answer when it is asked again", () => {
    fc.assert(
      fc.property(fc.nat(log.length), fc.nat(log.length), (length, hole) => {
        const once = recoverTail(Buffer.from(log).fill(0, hole).subarray(0, length), true);
        assert.ok("keptBytes" in once);
        assert.deepEqual(recoverTail(log.subarray(0, once.keptBytes), true), once);
      }),
    );
  });

  it("drops half a line that something ended with a newline", () => {
    const torn = Buffer.concat([log, Buffer.from(`${lines[0]!.slice(0, 50)}\n`)]);
    assert.deepEqual(recoverTail(torn, true), { keptBytes: log.length, lastLine: lines.at(-1) });
  });

  it("leaves a last entry alone that was changed", () => {
    const changed = Buffer.from(log.toString().replace(/rate:60(?!.*rate:60)/s, "rate:61"));
    assert.deepEqual(recoverTail(changed, true), { fault: "last entry does not verify" });
  });

  it("leaves a file alone that is no audit log", () => {
    for (const text of ['{"version":1}', "notes\nmore notes", "\n\n\n", '{\n "a": 1\n}\n']) {
      assert.ok("fault" in recoverTail(Buffer.from(text), true), text);
    }
  });

  it("does not take the middle of a long line for a beginning", () => {
    assert.deepEqual(recoverTail(log.subarray(0, 40), false), { fault: "not an audit log" });
  });
});
