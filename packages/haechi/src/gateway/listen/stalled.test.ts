import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hasStalled, type Progress, progressOf, type Traffic } from "./stalled.ts";

/** One look at a connection: when, what it has carried, and its exchanges. */
interface Look extends Partial<Traffic> {
  readonly at: number;
  readonly open?: number;
  readonly begun?: number;
}

describe("stalled connections", () => {
  it("are those that never become an exchange", () => {
    assert.equal(stalledAfter([{ at: 0 }, { at: 19_999 }]), false);
    assert.equal(stalledAfter([{ at: 0 }, { at: 10_000, bytesRead: 50 }, { at: 20_000, bytesRead: 60 }]), true);
  });

  it("are those that trickle another head", () => {
    const kept = { begun: 1, bytesRead: 100 };
    const looks = [
      { at: 0, ...kept },
      { at: 5000, ...kept, bytesRead: 110 },
      { at: 24_999, ...kept, bytesRead: 110 },
    ];
    assert.equal(stalledAfter(looks), false);
    assert.equal(stalledAfter([...looks, { at: 25_000, ...kept, bytesRead: 111 }]), true);
    // Once the head is complete it is an exchange, and time begins anew.
    assert.equal(stalledAfter([...looks, { at: 25_000, begun: 2, open: 1, bytesRead: 200 }]), false);
    assert.equal(stalledAfter([...looks, { at: 25_000, begun: 2, bytesRead: 200 }]), false);
  });

  it("are those whose client takes in nothing", () => {
    const sending = { open: 1, begun: 1, bytesWritten: 1000, writableLength: 600 };
    assert.equal(
      stalledAfter([
        { at: 0, ...sending },
        { at: 20_000, ...sending },
      ]),
      true,
    );
    // More to send is no progress of the client.
    assert.equal(
      stalledAfter([
        { at: 0, ...sending },
        { at: 20_000, ...sending, bytesWritten: 2000, writableLength: 1600 },
      ]),
      true,
    );
    assert.equal(
      stalledAfter([
        { at: 0, ...sending },
        { at: 20_000, ...sending, writableLength: 599 },
      ]),
      false,
    );
  });

  it("are not those that wait for the upstream or are kept for later", () => {
    assert.equal(
      stalledAfter([
        { at: 0, open: 1, begun: 1 },
        { at: 1e9, open: 1, begun: 1 },
      ]),
      false,
    );
    assert.equal(
      stalledAfter([
        { at: 0, begun: 1, bytesRead: 9 },
        { at: 1e9, begun: 1, bytesRead: 9 },
      ]),
      false,
    );
  });

  it("are none without a limit for heads", () => {
    assert.equal(stalledAfter([{ at: 0 }, { at: 1e9 }], Number.POSITIVE_INFINITY), false);
  });
});

function stalledAfter(looks: readonly Look[], headMs = 20_000): boolean {
  let progress: Progress | null = null;
  let stalled = false;
  for (const { at, open = 0, begun = 0, bytesRead = 0, bytesWritten = 0, writableLength = 0 } of looks) {
    progress = progressOf({ bytesRead, bytesWritten, writableLength }, { open, begun }, progress, at);
    stalled = hasStalled(progress, at, headMs);
  }
  return stalled;
}
