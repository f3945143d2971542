import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { SegmentLink } from "./event.ts";
import type { RecordedExpiry } from "./segments.ts";
import type { LogVerdict } from "./verify-log.ts";
import { createSegmentsVerifier } from "./verify-segments.ts";

/** A segment whose last entry has the hash `h<number>`. */
interface Segment {
  readonly number: number;
  readonly records?: number;
  readonly link?: SegmentLink | null;
  readonly expiry?: RecordedExpiry;
  /** The number in the name of its file, where that is another one; null for an open one. */
  readonly named?: number | null;
  readonly reason?: string;
}

const AT = "2030-01-01T00:00:00.000Z";
const linkOf = (number: number): SegmentLink => ({ number, previousHash: `h${number - 1}`, previousRecords: 3 });
const expiredUpTo = (link: SegmentLink): RecordedExpiry => ({ link, at: AT });

function verdictOn(
  segments: readonly Segment[],
  first: number | null = null,
  published: readonly number[] = [],
): LogVerdict {
  const verifier = createSegmentsVerifier(first, new Set(published));
  for (const { number, records = 3, link = linkOf(number), expiry = null, named = number, reason } of segments) {
    const place = { segment: number, link: number === 1 ? null : link };
    const verdict: LogVerdict =
      reason === undefined ? { valid: true, records, headHash: `h${number}` } : { valid: false, records, reason };
    verifier.addSegment({ place: () => place, expiry: () => expiry }, verdict, named);
  }
  return verifier.finish();
}

function reasonOf(...given: Parameters<typeof verdictOn>): string {
  const verdict = verdictOn(...given);
  assert.ok(!verdict.valid);
  return verdict.reason;
}

describe("a log of several segments", () => {
  it("is one log where each says what it goes on from", () => {
    const verdict = verdictOn([{ number: 1 }, { number: 2 }, { number: 3, records: 1, named: null }]);
    assert.deepEqual(verdict, { valid: true, records: 7, headHash: "h3", segments: 3 });
    assert.deepEqual(verdictOn([{ number: 1, named: null }]), { valid: true, records: 3, headHash: "h1" });
    assert.deepEqual(verdictOn([{ number: 1, records: 0, named: null }]).valid, true);
  });

  it("is none where one goes on from something else, is missing or is another one", () => {
    const second = (link: SegmentLink | null) => reasonOf([{ number: 1 }, { number: 2, link }]);
    assert.equal(second({ ...linkOf(2), previousHash: "other" }), "segment 2: does not continue segment 1");
    assert.equal(second({ ...linkOf(2), previousRecords: 2 }), "segment 2: does not continue segment 1");
    assert.equal(second(null), "segment 2: does not continue segment 1");
    assert.equal(reasonOf([{ number: 1 }, { number: 3 }]), "segment 2 missing");
    assert.equal(reasonOf([{ number: 1 }, { number: 3, named: 2 }]), "segment 2: the entries are those of segment 3");
    assert.equal(
      reasonOf([{ number: 1 }, { number: 1, named: null }]),
      "segment 1: the entries are those of segment 1",
    );
    assert.equal(reasonOf([{ number: 1 }, { number: 2, records: 0, named: 2 }]), "segment 2: no entries");
    assert.equal(reasonOf([{ number: 1 }, { number: 2, reason: "not JSON" }]), "segment 2: not JSON");
    assert.equal(reasonOf([{ number: 1, named: null, reason: "not JSON" }]), "not JSON");
  });

  it("does not end before what was published of it", () => {
    assert.ok(verdictOn([{ number: 1 }, { number: 2 }], null, [1, 2]).valid);
    assert.match(
      reasonOf([{ number: 1 }, { number: 2 }], null, [3]),
      /anchored up to segment 3, the log ends in segment 2/,
    );
  });

  it("begins where it is said to begin", () => {
    assert.ok(verdictOn([{ number: 2 }], 2).valid);
    assert.equal(reasonOf([{ number: 3 }], 2), "segment 2 missing");
    assert.equal(reasonOf([{ number: 3 }]), "segment 1 missing");
  });

  it("begins later where an entry says what expired, and only with the segment that follows it", () => {
    const beginning = (link: SegmentLink) => [{ number: 3, expiry: expiredUpTo(link) }];
    assert.deepEqual(verdictOn(beginning(linkOf(3))), {
      valid: true,
      records: 3,
      headHash: "h3",
      segments: 1,
      expired: { segments: 2, at: AT },
    });
    const other = "segment 3: does not continue what expired";
    assert.equal(reasonOf(beginning({ ...linkOf(3), previousHash: "other" })), other);
    assert.equal(reasonOf(beginning({ ...linkOf(3), previousRecords: 2 })), other);
    assert.equal(reasonOf(beginning(linkOf(2))), "segment 2 missing");
    // A crash in the middle of an expiry has left segments that were to go.
    assert.ok(verdictOn(beginning(linkOf(4))).valid);
  });

  it("goes by the newest of what its segments say of expiry", () => {
    const [old, late] = [expiredUpTo(linkOf(2)), expiredUpTo(linkOf(3))];
    assert.ok(
      verdictOn([
        { number: 3, expiry: old },
        { number: 4, expiry: late },
      ]).valid,
    );
    assert.equal(
      reasonOf([
        { number: 3, expiry: late },
        { number: 4, expiry: old },
      ]),
      "segment 2 missing",
    );
    assert.ok(verdictOn([{ number: 3, expiry: late }, { number: 4 }]).valid);
  });
});
